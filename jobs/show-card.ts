import { z } from 'zod';
import { type ShowCard, turnOf } from '../src/delivery/index.ts';
import type { Ids } from '../src/ports/ids.ts';
import type { JobDefinition, JobQueue, Processor } from '../src/ports/job-queue.ts';

const payloadSchema = z.object({
  incidentId: z.string().min(1),
  /** Draw it also when its incident has no new revision. */
  anyway: z.boolean().optional(),
});
type Payload = z.infer<typeof payloadSchema>;

/** Brings a card up to date after a vote, a correction or a change of status, or when it is its channel's turn. */
export const showCardJob: JobDefinition<Payload> = {
  name: 'show-card',
  payload: payloadSchema,
  concurrency: 8,
  retry: { attempts: 12, firstMs: 250, mostMs: 60_000 },
};

export function createShowCardProcessor(deps: { showCard: ShowCard }): Processor<Payload> {
  return ({ incidentId, anyway }) => deps.showCard(incidentId, anyway ? { anyway } : {});
}

/**
 * Shows the card at once, or leaves it to a job of its own when its channel is busy: who judges incidents should
 * neither wait for a turn nor judge again. The card is drawn when its turn comes, with what is true by then.
 */
export function createShowInTurn(deps: {
  showCard: ShowCard;
  queue: JobQueue;
  ids: Ids;
}): ShowCard {
  return async (incidentId, how) => {
    try {
      await deps.showCard(incidentId, how);
    } catch (error) {
      const delayMs = turnOf(error);
      if (delayMs === undefined) throw error;
      // An id of its own: a job that is done would swallow a twin, which may have news to show.
      await deps.queue.enqueue(
        showCardJob,
        { incidentId, ...how },
        { id: deps.ids.next('turn'), delayMs },
      );
    }
  };
}
