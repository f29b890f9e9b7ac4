import { z } from 'zod';
import { cardKey, type SayGone } from '../src/delivery/index.ts';
import { AppError } from '../src/domain/errors.ts';
import type { DeliveryStore } from '../src/ports/delivery-store.ts';
import type { IncidentStore } from '../src/ports/incident-store.ts';
import type { JobDefinition, Processor } from '../src/ports/job-queue.ts';

const payloadSchema = z.object({
  incidentId: z.string().min(1),
  messageId: z.string().min(1).optional(),
  /** The thread of the incident hangs on this message. */
  isRoot: z.boolean().default(true),
});
type Payload = z.output<typeof payloadSchema>;

/** Tells a channel that the card of an open incident was deleted, or the message that its thread hangs on. */
export const reportDeletedJob: JobDefinition<Payload> = {
  name: 'report-deleted',
  payload: payloadSchema,
  concurrency: 2,
  retry: { attempts: 6, firstMs: 500, mostMs: 30_000 },
};

export function createReportDeletedProcessor(deps: {
  incidents: IncidentStore;
  deliveries: Pick<DeliveryStore, 'find'>;
  sayGone: SayGone;
}): Processor<Payload> {
  return async ({ incidentId, messageId, isRoot }) => {
    const [incident, card] = await Promise.all([
      deps.incidents.byId(incidentId),
      deps.deliveries.find(cardKey(incidentId)),
    ]);
    if (!incident) return;
    if (messageId !== undefined && card?.message?.message === messageId) {
      return deps.sayGone(incident, 'card');
    }
    if (isRoot) return deps.sayGone(incident, 'thread');
    // Somebody was faster than we are at writing down which message the card is.
    if (card && !card.message) {
      throw new AppError('unavailable', 'Which message shows the card is not known yet.');
    }
  };
}
