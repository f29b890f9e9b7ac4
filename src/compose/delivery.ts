import { createShowInTurn } from '../../jobs/show-card.ts';
import {
  channelKey,
  createAnswerDirectly,
  createOnRefused,
  createPostOnce,
  createRefusals,
  createSayGone,
  createShowCard,
  createTellGone,
  type PostOnce,
} from '../delivery/index.ts';
import type { Vote, VoteTally } from '../domain/feedback.ts';
import type { ThreadRef } from '../domain/thread-ref.ts';
import { incidentCard } from '../triage/index.ts';
import type { Brain } from './brain.ts';
import type { Parts } from './parts.ts';
import type { Connected } from './platforms.ts';

/** Everything that puts cards where people talk. */
export function buildDelivery(
  { tools, store, jobs, cache }: Parts,
  brain: Brain,
  connected: readonly Connected[],
) {
  const placeOf = (name: string) => connected.find(({ platform }) => platform.name === name);
  const deps = { ...tools, ...store, platformOf: (name: string) => placeOf(name)?.platform };
  const refusals = createRefusals({ cache: cache.cache, clock: tools.clock });
  const post = createPostOnce(deps);
  const sayGone = createSayGone({
    postOnce: post,
    linkTo: (where) => placeOf(where.platform)?.linkTo(where),
  });
  const tellGone = createTellGone({ ...store, sayGone, postOnce: post });
  /** Whoever is called must hear of it, with a thread or without. */
  const inChannel: PostOnce = ({ thread: _, ...channel }, card, key) => post(channel, card, key);
  const direct = {
    ...tools,
    refusals,
    postOnce: post,
    directTo: (where: ThreadRef, person: string) =>
      placeOf(where.platform)?.directTo?.(where, person),
  };
  const showCard = createShowCard({
    ...deps,
    sayGone,
    onRefused: createOnRefused(direct),
    onTaken: (where) => refusals.clear(channelKey(where)),
    draw: async (incident) => {
      const [triages, votes, entries] = await Promise.all([
        store.triages.history(incident.id),
        store.votes.ofIncident(incident.id),
        store.timeline.ofIncident(incident.id),
      ]);
      return incidentCard(incident, triages, tallyOf(votes), brain.trackRecords, {
        votes,
        entries,
      });
    },
  });
  return {
    refusals,
    sayGone,
    showCard,
    showInTurn: createShowInTurn({ showCard, queue: jobs.queue, ids: tools.ids }),
    /** Where the thread is gone, its channel is told so; where we may not write, whoever asked gets it directly. */
    postOnce: createPostOnce({
      ...deps,
      whenGone: tellGone,
      whenRefused: createAnswerDirectly(direct),
    }),
    /** In a thread that is gone, it is said in the channel itself. */
    callOnce: createPostOnce({ ...deps, whenGone: inChannel }),
  };
}

function tallyOf(votes: readonly Vote[]): VoteTally {
  const up = votes.filter(({ value }) => value === 'up').length;
  return { up, down: votes.length - up };
}
