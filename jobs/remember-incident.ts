import { z } from 'zod';
import { circleOf } from '../src/domain/circle.ts';
import type { Vote } from '../src/domain/feedback.ts';
import type { Incident } from '../src/domain/incident.ts';
import type { IncidentStore } from '../src/ports/incident-store.ts';
import type { JobDefinition, Processor } from '../src/ports/job-queue.ts';
import type { IncidentMemory } from '../src/ports/knowledge.ts';
import type { TriageStore } from '../src/ports/triage-store.ts';
import type { VoteStore } from '../src/ports/vote-store.ts';
import { clean } from '../src/safety/index.ts';
import { corrected, withoutAddresses } from '../src/triage/index.ts';

const payloadSchema = z.object({ incidentId: z.string().min(1) });
type Payload = z.infer<typeof payloadSchema>;

/** A resolved incident becomes knowledge; one that was opened again is past no longer. */
export const rememberIncidentJob: JobDefinition<Payload> = {
  name: 'remember-incident',
  payload: payloadSchema,
  concurrency: 2,
  retry: { attempts: 8, firstMs: 1_000, mostMs: 60_000 },
};

export function createRememberIncidentProcessor(deps: {
  incidents: IncidentStore;
  triages: TriageStore;
  votes: VoteStore;
  memory: IncidentMemory;
  /** Whether everybody of the workspace may read along; fails when that cannot be told for the moment. */
  isOpen: (incident: Incident) => Promise<boolean>;
  /** Opens the incident's thread, where the platform has such an address. */
  linkTo: (incident: Incident) => string | undefined;
}): Processor<Payload> {
  return async ({ incidentId }) => {
    const incident = await deps.incidents.byId(incidentId);
    // The state decides, not the job: a late or repeated one does what is right now.
    if (!incident?.resolution) return deps.memory.forget(incidentId);
    const triage = await deps.triages.latest(incidentId);
    if (!triage) return;
    const { cause, fix, at } = incident.resolution;
    const votes = await deps.votes.ofIncident(incidentId);
    const right = corrected(triage, votes);
    const href = deps.linkTo(incident);
    await deps.memory.remember({
      id: incidentId,
      text: clean(withoutAddresses(incident.text)),
      category: right.category,
      confirmed: votes.some(({ correction }) => correction !== undefined) || isConfirmed(votes),
      severity: right.severity,
      ...(cause === undefined ? {} : { cause: clean(cause) }),
      ...(fix === undefined ? {} : { fix: clean(fix) }),
      ...(href === undefined ? {} : { href }),
      circle: circleOf(incident.where, await deps.isOpen(incident)),
      resolvedAt: at,
    });
  };
}

/** More people say that the verdict was right than that it was wrong. */
function isConfirmed(votes: readonly Vote[]): boolean {
  return votes.reduce((sum, { value }) => sum + (value === 'up' ? 1 : -1), 0) > 0;
}
