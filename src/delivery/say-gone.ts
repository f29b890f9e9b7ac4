import type { Card } from '../domain/card.ts';
import type { Incident } from '../domain/incident.ts';
import type { ThreadRef } from '../domain/thread-ref.ts';
import type { PostOnce } from './post-once.ts';
import { reportWords } from './report-words.ts';

/** The card itself, or the message whose thread it belongs in. */
export type Gone = 'card' | 'thread';

/** Tells the channel of an open incident, once, that something of it was deleted. */
export type SayGone = (incident: Incident, what: Gone) => Promise<void>;

export function createSayGone(deps: {
  postOnce: PostOnce;
  /** Opens a place for people, where that is known. */
  linkTo?: (where: ThreadRef) => string | undefined;
}): SayGone {
  return async (incident, what) => {
    const { id, status, where } = incident;
    if (status === 'resolved') return;
    const { thread: _, ...channel } = where;
    const href = where.thread === undefined ? undefined : deps.linkTo?.(where);
    // Once for each incident, however it was found out and whatever is deleted again.
    await deps.postOnce(channel, goneCard(incident, what, href), `deleted-${id}`);
  };
}

function goneCard({ text }: Incident, what: Gone, href: string | undefined): Card {
  const about = reportWords(text);
  const sentence =
    what === 'card'
      ? `The card of ${about} was deleted.`
      : `The message that the thread about ${about} hangs on was deleted.`;
  const rest = 'The incident stays open: /triage status lists it, and its thread is still read.';
  const way = href === undefined ? [] : [' ', { text: 'To the thread', href }];
  return {
    summary: `${sentence} ${rest}`,
    elements: [{ kind: 'text', text: [`${sentence} ${rest}`, ...way] }],
  };
}
