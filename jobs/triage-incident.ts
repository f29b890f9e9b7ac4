import { z } from 'zod';
import type { ShowCard } from '../src/delivery/index.ts';
import type { JobDefinition, Processor } from '../src/ports/job-queue.ts';
import type { AnnounceChange, EscalationRequest, TriageIncident } from '../src/triage/index.ts';

const payloadSchema = z.object({
  incidentId: z.string().min(1),
  /** Say in the thread when the verdict is another one now. */
  announce: z.boolean().optional(),
});
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
  /** Queues the third rung, which may take half a minute: the card is up meanwhile. */
  enqueueEscalation: (request: EscalationRequest) => Promise<void>;
  announceChange: AnnounceChange;
}): Processor<Payload> {
  return async ({ incidentId, announce }, { signal }) => {
    const showCard = () => deps.showCard(incidentId);
    const { escalate } = await deps.triageIncident(incidentId, { showSoFar: showCard, signal });
    try {
      await showCard();
    } finally {
      // Also when the platform is away: people can be called past it.
      if (escalate) await deps.enqueueEscalation(escalate);
    }
    if (announce) await deps.announceChange(incidentId);
  };
}
