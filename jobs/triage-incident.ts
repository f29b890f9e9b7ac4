import { z } from 'zod';
import type { ShowCard } from '../src/delivery/index.ts';
import type { JobDefinition, Processor } from '../src/ports/job-queue.ts';
import type { TriageIncident } from '../src/triage/index.ts';

const payloadSchema = z.object({ incidentId: z.string().min(1) });
type Payload = z.infer<typeof payloadSchema>;

/** Judges an incident and shows the verdict. Enqueued for the report and for every message in its thread. */
export const triageIncidentJob: JobDefinition<Payload> = {
  name: 'triage-incident',
  payload: payloadSchema,
  concurrency: 8,
  retry: { attempts: 12, firstMs: 250, mostMs: 60_000 },
};

export function createTriageIncidentProcessor(deps: {
  triageIncident: TriageIncident;
  showCard: ShowCard;
}): Processor<Payload> {
  return async ({ incidentId }) => {
    await deps.triageIncident(incidentId);
    await deps.showCard(incidentId);
  };
}
