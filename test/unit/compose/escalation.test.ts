import { describe, expect, it } from 'vitest';
import { escalateIncidentJob } from '../../../jobs/escalate-incident.ts';
import { buildEscalation, type EscalationParts } from '../../../src/compose/escalation.ts';
import { AppError } from '../../../src/domain/errors.ts';
import type { Incident } from '../../../src/domain/incident.ts';
import type { Triage } from '../../../src/domain/triage.ts';
import { CONTRACT_LADDER } from '../../../src/triage/index.ts';

const where = { platform: 'slack', workspace: 'T1', channel: 'C1', thread: '1.1' } as const;
const request = {
  incidentId: 'inc_1',
  where,
  evidenceKey: 'key_1',
  reason: 'low_confidence' as const,
};
const signal = new AbortController().signal;
const at = new Date('2026-03-01T10:00:00Z');
const never = () => Promise.reject(new AppError('internal', 'Nobody should ask this.'));
const nothing = () => undefined;

const incident: Incident = {
  id: 'inc_1',
  eventKey: 'key',
  where,
  reporter: { id: 'U1', name: 'Ada', isBot: false },
  text: 'checkout is odd',
  status: 'open',
  revision: 1,
  shownRevision: 0,
  createdAt: at,
  updatedAt: at,
};
const triage: Triage = {
  id: 'tri_1',
  incidentId: 'inc_1',
  version: 1,
  rung: 'retrieval',
  sure: false,
  evidenceKey: 'key_1',
  category: 'Network',
  severity: 'high',
  action: 'investigate',
  confidence: 0.4,
  probabilities: {
    Database: 0.1,
    Network: 0.5,
    Application: 0.1,
    Security: 0.1,
    Hardware: 0.1,
    Performance: 0.1,
  },
  uncertainty: { mc_dropout: 0, margin: 0, entropy: 0, should_escalate: true },
  because: [],
  despite: [],
  modelVersion: 'm',
  degraded: [],
  detail: { by: 'm', citations: [], similar: [], steps: [] },
  createdAt: at,
};

function start(onCall: string | undefined, pagers: EscalationParts['brain']['pagers'] = []) {
  const looked: string[] = [];
  const enqueued: unknown[] = [];
  const mentioned: unknown[] = [];
  const clock = { now: () => at };
  const metrics = { count: nothing, gauge: nothing, observe: nothing };
  const logger = { debug: nothing, info: nothing, warn: nothing, error: nothing };
  const parts: EscalationParts = {
    tools: { clock, metrics, logger, ids: { next: (kind) => `${kind}_1` } },
    store: {
      incidents: {
        byId: async () => incident,
        record: never,
        byThread: never,
        list: never,
        countOpen: never,
        setStatus: never,
        markShown: never,
        listBehind: never,
      },
      timeline: { add: never, ofIncident: async () => [] },
      triages: {
        history: async () => [triage],
        latest: never,
        picture: never,
        add: async (added) => ({ triage: { ...added, version: 2 }, created: true }),
      },
    },
    brain: {
      ladder: {
        thresholds: CONTRACT_LADDER,
        readsSlowly: false,
        fast: () => {
          throw new AppError('internal', 'Nobody should judge this.');
        },
        furnish: never,
        retrieve: never,
      },
      secondOpinion: undefined,
      pagers,
      deadlineMs: 1_000,
    },
    queue: {
      enqueue: async (_job, payload) =>
        void enqueued.push(escalateIncidentJob.payload.parse(payload)),
    },
    postOnce: async (_where, card) => void mentioned.push(card.elements[0]),
    onCallAt: async ({ channel }) => {
      looked.push(channel);
      return onCall;
    },
    learnLinks: async () => undefined,
    linkTo: nothing,
  };
  return { ...buildEscalation(parts), looked, enqueued, mentioned };
}

describe('an incident that we are unsure about', () => {
  it('has its on-call looked up once, for the job too', async () => {
    const { enqueue, escalate, looked, enqueued, mentioned } = start('U0ONCALL');
    await enqueue(request);
    expect(enqueued).toEqual([
      { incidentId: 'inc_1', evidenceKey: 'key_1', reason: 'low_confidence', onCall: 'U0ONCALL' },
    ]);
    await escalate(escalateIncidentJob.payload.parse(enqueued[0]), signal);
    expect(JSON.stringify(mentioned)).toContain('U0ONCALL');
    expect(looked).toEqual(['C1']);
  });

  it('is left as it is where nobody can be asked or called', async () => {
    const { enqueue, enqueued } = start(undefined);
    await enqueue(request);
    expect(enqueued).toEqual([]);
  });

  it('leaves the look-up to its job where somebody is paged anyway', async () => {
    const pages: string[] = [];
    const pager = {
      name: 'the pager',
      page: async ({ incidentId }: { incidentId: string }) => void pages.push(incidentId),
    };
    const { enqueue, escalate, looked, enqueued } = start('U0ONCALL', [pager]);
    await enqueue(request);
    expect(looked).toEqual([]);
    await escalate(escalateIncidentJob.payload.parse(enqueued[0]), signal);
    expect(looked).toEqual(['C1']);
    expect(pages).toEqual(['inc_1']);
  });
});
