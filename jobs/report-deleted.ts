import { z } from 'zod';
import type { SayGone } from '../src/delivery/index.ts';
import type { IncidentStore } from '../src/ports/incident-store.ts';
import type { JobDefinition, Processor } from '../src/ports/job-queue.ts';

const payloadSchema = z.object({
  incidentId: z.string().min(1),
  what: z.enum(['card', 'thread']).default('thread'),
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
  sayGone: SayGone;
}): Processor<Payload> {
  return async ({ incidentId, what }) => {
    const incident = await deps.incidents.byId(incidentId);
    if (incident) await deps.sayGone(incident, what);
  };
}
