import { textCard } from '../domain/card.ts';
import type { AppError, ErrorCode } from '../domain/errors.ts';
import type { Incident } from '../domain/incident.ts';
import type { ThreadRef } from '../domain/thread-ref.ts';
import type { Logger } from '../ports/logger.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { PostOnce } from './post-once.ts';
import { channelKey, type Refusals } from './refusals.ts';
import { reportWords } from './report-words.ts';

/** A platform will not have the card of an incident, however often it is tried. */
export type OnRefused = (incident: Incident, error: AppError, hasCard: boolean) => Promise<void>;

/** The channel or the workspace is what is wrong, not this card. */
const OF_THE_PLACE: ReadonlySet<ErrorCode> = new Set(['config', 'forbidden', 'unauthorized']);

/**
 * The card waits in the store until the channel lets us in, or its next try is due. Whoever asked hears of it in
 * a direct message, once; operators see it in the log, the metrics and the health of the platform.
 */
export function createOnRefused(deps: {
  refusals: Refusals;
  postOnce: PostOnce;
  /** Where one person alone can be told something; undefined where the platform has no such place. */
  directTo: (where: ThreadRef, person: string) => ThreadRef | undefined;
  logger: Logger;
  metrics: Metrics;
}): OnRefused {
  const { logger, metrics } = deps;
  return async (incident, error, hasCard) => {
    const { id, where, reporter } = incident;
    const { platform } = where;
    metrics.count('sitrep_deliveries_total', { platform, outcome: 'refused' });
    if (!OF_THE_PLACE.has(error.code)) {
      await deps.refusals.note(id, error.message);
      throw error;
    }
    const times = await deps.refusals.note(channelKey(where), error.message);
    const fields = { incidentId: id, platform, attempt: times };
    if (times === 1) logger.warn('A channel refuses our cards; they wait.', fields, error);
    else logger.info('A channel still refuses our cards.', fields, error);
    const direct = deps.directTo(where, reporter.id);
    if (hasCard || reporter.isBot || direct === undefined || error.code !== 'forbidden') return;
    const sentence = `I noted ${reportWords(incident.text)}, but cannot show its card where you reported it. ${error.message} The card comes as soon as I may write there.`;
    await deps.postOnce(direct, textCard(sentence), `refused-${id}`);
  };
}
