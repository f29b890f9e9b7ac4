import type { ThreadRef } from '../domain/thread-ref.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { PostOnce, Unwanted } from './post-once.ts';
import { channelKey, type Refusals } from './refusals.ts';

/** Gives the answer to whoever asked for it, in a direct message; where nobody can be written to, it fails. */
export function createAnswerDirectly(deps: {
  refusals: Refusals;
  postOnce: PostOnce;
  /** Where one person alone can be told something; undefined where the platform has no such place. */
  directTo: (where: ThreadRef, person: string) => ThreadRef | undefined;
  metrics: Metrics;
}): (unwanted: Unwanted) => Promise<void> {
  return async ({ where, card, key, asker, error }) => {
    const { platform } = where;
    deps.metrics.count('sitrep_deliveries_total', { platform, outcome: 'refused' });
    await deps.refusals.note(channelKey(where), error.message);
    const direct = asker && !asker.isBot ? deps.directTo(where, asker.id) : undefined;
    if (direct === undefined || error.code !== 'forbidden') throw error;
    const notice = {
      kind: 'notice' as const,
      tone: 'info' as const,
      text: `You get this here because I may not write where you asked. ${error.message}`,
    };
    await deps.postOnce(direct, { ...card, elements: [notice, ...card.elements] }, `${key}-direct`);
  };
}
