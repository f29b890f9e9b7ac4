import { textCard } from '../domain/card.ts';
import { type ThreadRef, threadKey } from '../domain/thread-ref.ts';
import type { IncidentStore } from '../ports/incident-store.ts';
import type { PostOnce } from './post-once.ts';
import type { SayGone } from './say-gone.ts';

/** Tells the channel, once for each thread, that what was to be said in it has no place any more. */
export type TellGone = (where: ThreadRef) => Promise<void>;

export function createTellGone(deps: {
  incidents: IncidentStore;
  sayGone: SayGone;
  postOnce: PostOnce;
}): TellGone {
  return async (where) => {
    const incident = await deps.incidents.byThread(where);
    if (incident) return deps.sayGone(incident, 'thread');
    const { thread: _, ...channel } = where;
    const sentence =
      'I wanted to answer in a thread here, but the message that it hangs on was deleted. Ask again in the channel or in another thread.';
    await deps.postOnce(channel, textCard(sentence), `deleted-${threadKey(where)}`);
  };
}
