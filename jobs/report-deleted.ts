import { z } from 'zod';
import type { SayGone } from '../src/delivery/index.ts';
import type { IncidentStore } from '../src/ports/incident-store.ts';
import type { JobDefinition, Processor } from '../src/ports/job-queue.ts';

const payloadSchema = z.object({ incidentId: z.string().min(1) });
type Payload = z.infer<typeof payloadSchema>;

/** Tells a channel that the thread of an open incident lost the message it hangs on. */
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
  return async ({ incidentId }) => {
    const incident = await deps.incidents.byId(incidentId);
    if (incident) await deps.sayGone(incident);
  };
}
