import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ShowCard } from '../src/delivery/index.ts';
import { ESCALATION_REASONS } from '../src/ports/escalation.ts';
import type { JobDefinition, Processor } from '../src/ports/job-queue.ts';
import type { EscalationRequest } from '../src/triage/index.ts';

const payloadSchema = z.object({
  incidentId: z.string().min(1),
  /** Absent when somebody asked: then it is about what stands by then. */
  evidenceKey: z.string().min(1).optional(),
  reason: z.enum(ESCALATION_REASONS),
  /** Whom to mention in the channel, when that was looked up already. */
  onCall: z.string().min(1).optional(),
});
type Payload = z.infer<typeof payloadSchema>;

/** Gets a second opinion or a person for an incident that we are unsure about, and shows what came of it. */
export const escalateIncidentJob: JobDefinition<Payload> = {
  name: 'escalate-incident',
  payload: payloadSchema,
  // Each waits for others most of its time.
  concurrency: 4,
  retry: { attempts: 8, firstMs: 2_000, mostMs: 60_000 },
};

/** One job for each incident and evidence, however often its triage is repeated. */
export function escalationJobId({
  incidentId,
  evidenceKey,
}: Pick<EscalationRequest, 'incidentId' | 'evidenceKey'>): string {
  const hash = createHash('sha256').update(`${incidentId}\n${evidenceKey}`).digest('hex');
  return `escalate-${hash.slice(0, 32)}`;
}

export function createEscalateIncidentProcessor(deps: {
  escalateIncident: (payload: Payload, signal: AbortSignal) => Promise<void>;
  showCard: ShowCard;
}): Processor<Payload> {
  return async (payload, { signal }) => {
    await deps.escalateIncident(payload, signal);
    await deps.showCard(payload.incidentId);
  };
}
