import { randomBytes } from 'node:crypto';
import type { Store } from '../../adapters/store/index.ts';
import type { Vote } from '../../src/domain/feedback.ts';
import type { Incident } from '../../src/domain/incident.ts';
import type { NewIncident } from '../../src/ports/incident-store.ts';
import type { NewTriage } from '../../src/ports/triage-store.ts';

export const unique = (prefix: string): string => `${prefix}_${randomBytes(6).toString('hex')}`;

/** The n-th second of the day on which these tests play. */
export const second = (n: number): Date => new Date(Date.UTC(2026, 4, 4, 10, 0, n, 250));

export const anna = { id: 'U1', name: 'Anna', isBot: false };

export function newIncident(change: Partial<NewIncident> = {}): NewIncident {
  return {
    id: unique('inc'),
    eventKey: unique('event'),
    where: { platform: 'console', workspace: 'local', channel: 'inc-checkout' },
    reporter: anna,
    text: 'checkout is timing out since 10:05',
    at: second(0),
    ...change,
  };
}

export async function recorded(store: Store, change: Partial<NewIncident> = {}): Promise<Incident> {
  return (await store.incidents.record(newIncident(change))).incident;
}

export async function revisionOf(store: Store, id: string): Promise<number | undefined> {
  return (await store.incidents.byId(id))?.revision;
}

export function newTriage(incidentId: string, change: Partial<NewTriage> = {}): NewTriage {
  return {
    id: unique('tri'),
    incidentId,
    rung: 'fast',
    evidenceKey: unique('evidence'),
    category: 'Performance',
    severity: 'high',
    action: 'scale',
    confidence: 0.8125,
    probabilities: {
      Network: 0.05,
      Database: 0.05,
      Application: 0.05,
      Security: 0.0125,
      Hardware: 0.025,
      Performance: 0.8125,
    },
    uncertainty: { mc_dropout: 0.125, margin: 0.5, entropy: 0.25, should_escalate: false },
    because: ['timing', 'out'],
    despite: ['slow'],
    modelVersion: 'keywords-1',
    sure: false,
    degraded: [],
    detail: { by: 'the local model', citations: [], similar: [], steps: [] },
    createdAt: second(5),
    ...change,
  };
}

export function newVote(incidentId: string, change: Partial<Vote> = {}): Vote {
  return {
    incidentId,
    triageVersion: 1,
    voterKey: 'local/U1',
    voterName: 'Anna',
    value: 'up',
    at: second(10),
    ...change,
  };
}
