import { textCard } from '../domain/card.ts';
import type { Incident } from '../domain/incident.ts';
import type { PostOnce } from './post-once.ts';

/** Tells the channel of an open incident, once, that the message which its thread hangs on is gone. */
export type SayGone = (incident: Incident) => Promise<void>;

export function createSayGone({ postOnce }: { postOnce: PostOnce }): SayGone {
  return async ({ id, status, where }) => {
    if (status === 'resolved') return;
    const { thread: _, ...channel } = where;
    const sentence = `The message that the thread of ${id} hangs on was deleted. The incident stays open; /triage status lists it, and what is said in the thread is still read.`;
    // Once for each incident, however it was found out and whatever is deleted again.
    await postOnce(channel, textCard(sentence), `deleted-${id}`);
  };
}
