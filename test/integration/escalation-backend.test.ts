import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createEscalationBackend,
  createPagerDutyPager,
  createWebhookPager,
} from '../../adapters/escalation/index.ts';
import type { EscalationQuestion, Page } from '../../src/ports/escalation.ts';
import { clean } from '../../src/safety/index.ts';
import { type HttpDouble, startHttpDouble } from '../fakes/backends/http-double.ts';

const question: EscalationQuestion = {
  incident: {
    title: clean('Intermittent 500 errors'),
    description: clean(
      'Users report occasional errors, token=ghp_abcdefghijklmnopqrstuvwxyz0123456789',
    ),
    source: 'console',
    at: new Date('2026-03-01T10:00:00Z'),
  },
  verdict: {
    category: 'Application',
    severity: 'medium',
    action: 'investigate',
    confidence: 0.65,
    probabilities: {
      Application: 0.65,
      Performance: 0.2,
      Hardware: 0.1,
      Network: 0.03,
      Database: 0.01,
      Security: 0.01,
    },
    uncertainty: { mc_dropout: 0.35, margin: 0.15, entropy: 1.2, should_escalate: true },
    because: ['errors'],
    despite: [],
    modelVersion: 'local-1',
  },
  reason: 'high_uncertainty',
  sight: 'everything',
};

const agreed = {
  workflow_id: 'wf_abc123',
  category: 'Performance',
  confidence: 0.92,
  severity: 'high',
  probabilities: { Performance: 0.92, Infrastructure: 0.05, Hardware: 0.02, Weather: 0.01 },
  reasoning: 'It degrades under load.',
  recommendations: ['Check the slow queries'],
  analysis: 'Long text.',
};

let double: HttpDouble;
let now: number;
beforeEach(async () => {
  double = await startHttpDouble();
  now = 0;
});
afterEach(() => double.close());

const backend = (timeoutMs = 2_000) =>
  createEscalationBackend({
    url: double.url,
    timeoutMs,
    clock: { now: () => new Date(now) },
    random: () => 0,
  });

describe('asking the multi-agent backend', () => {
  it('sends what the contract names, without secrets', async () => {
    double.behave({ json: agreed });
    await backend().ask(question);
    const [{ method, path, body } = { method: '', path: '', body: {} }] = double.received;
    expect(`${method} ${path}`).toBe('POST /api/workflows/classify');
    expect(body).toEqual({
      incident: {
        title: 'Intermittent 500 errors',
        description: expect.stringMatching(/^Users report occasional errors, token=\[secret:/),
        source: 'console',
        timestamp: '2026-03-01T10:00:00.000Z',
      },
      ml_classification: {
        category: 'Application',
        confidence: 0.65,
        severity: 'medium',
        probabilities: question.verdict.probabilities,
        uncertainty: question.verdict.uncertainty,
      },
      escalation_reason: 'high_uncertainty',
    });
  });

  it('reads the answer; Infrastructure is our Hardware, unknown names are left out', async () => {
    double.behave({ json: agreed });
    const opinion = await backend().ask(question);
    expect(opinion).toMatchObject({
      by: 'the multi-agent backend',
      workflowId: 'wf_abc123',
      category: 'Performance',
      severity: 'high',
      confidence: 0.92,
      recommendations: ['Check the slow queries'],
    });
    expect(opinion.probabilities).toMatchObject({ Performance: 0.92, Network: 0 });
    expect(opinion.probabilities?.Hardware).toBeCloseTo(0.07);

    double.behave({ json: { category: 'Infrastructure', confidence: 0.5, severity: 'High' } });
    expect(await backend().ask(question)).toMatchObject({ category: 'Hardware', severity: 'high' });
  });

  it.each([
    ['no JSON', { text: '<html>Bad gateway</html>' }],
    ['another shape', { json: { answer: 'Network' } }],
    ['an unknown category', { json: { ...agreed, category: 'Weather' } }],
    ['an unknown severity', { json: { ...agreed, severity: 'apocalyptic' } }],
    ['a confidence of 98', { json: { ...agreed, confidence: 98 } }],
  ])('refuses %s without asking again', async (_, behaviour) => {
    double.behave(behaviour);
    await expect(backend().ask(question)).rejects.toMatchObject({
      code: 'bad_request',
      retryable: false,
    });
    expect(double.received).toHaveLength(1);
  });

  it.each([
    ['an error of the server', { status: 500 }, 'unavailable'],
    ['a reset connection', 'reset', 'unavailable'],
    ['half a body', 'half a body', 'unavailable'],
    ['too many requests', { status: 429, headers: { 'retry-after': '0' } }, 'rate_limited'],
  ] as const)('tries twice more after %s', async (_, behaviour, code) => {
    double.behave(behaviour);
    await expect(backend().ask(question)).rejects.toMatchObject({ code });
    expect(double.received).toHaveLength(3);

    double.received.length = 0;
    double.behave(behaviour, { json: agreed });
    expect(await backend().ask(question)).toMatchObject({ category: 'Performance' });
    expect(double.received).toHaveLength(2);
  });

  it('gives up a slow one at its own limit, and everything at the caller’s', async () => {
    double.behave('never');
    await expect(backend(60).ask(question)).rejects.toMatchObject({ code: 'timeout' });
    expect(double.received).toHaveLength(3);

    const giveUp = AbortSignal.timeout(80);
    const asked = backend(60_000).ask({ ...question, signal: giveUp });
    await expect(asked).rejects.toThrow();
    expect(double.received).toHaveLength(4);
  });

  it('is unavailable when nobody listens, and when it answers far too much', async () => {
    const nobody = createEscalationBackend({
      url: 'http://127.0.0.1:1',
      timeoutMs: 500,
      clock: { now: () => new Date(now) },
      random: () => 0,
    });
    await expect(nobody.ask(question)).rejects.toMatchObject({ code: 'unavailable' });
    double.behave({ text: 'x'.repeat(1_100_000) });
    await expect(backend().ask(question)).rejects.toMatchObject({ code: 'too_large' });
  });

  it('follows no redirect', async () => {
    const other = await startHttpDouble();
    double.behave({ status: 307, headers: { location: `${other.url}/elsewhere` } });
    await expect(backend().ask(question)).rejects.toMatchObject({ code: 'unavailable' });
    expect(other.received).toEqual([]);
    await other.close();
  });

  it('is left alone for a while after failing again and again, then asked once more', async () => {
    double.behave({ status: 500 });
    const asked = backend();
    await expect(asked.ask(question)).rejects.toMatchObject({ code: 'unavailable' });
    await expect(asked.ask(question)).rejects.toMatchObject({ code: 'unavailable' });
    const before = double.received.length;
    await expect(asked.ask(question)).rejects.toThrow(/left alone/);
    expect(double.received.length).toBe(before);

    now += 31_000;
    double.behave({ json: agreed });
    expect(await asked.ask(question)).toMatchObject({ category: 'Performance' });
  });
});

const page: Page = {
  dedupeKey: 'page-inc_1',
  incidentId: 'inc_1',
  title: clean('Checkout is down'),
  category: 'Database',
  severity: 'critical',
  confidence: 0.44,
  reason: clean('I am unsure and there is no second opinion to be had.'),
  href: 'https://chat.example.com/1',
};

describe('calling somebody', () => {
  it('posts the page to the webhook', async () => {
    double.behave({ status: 202 });
    await createWebhookPager({ url: `${double.url}/page?team=1` }).page(page);
    expect(double.received).toMatchObject([
      {
        path: '/page?team=1',
        body: {
          event: 'sitrep.page',
          dedupe_key: 'page-inc_1',
          incident_id: 'inc_1',
          title: 'Checkout is down',
          severity: 'critical',
          link: 'https://chat.example.com/1',
        },
      },
    ]);
  });

  it('speaks the Events API of PagerDuty', async () => {
    double.behave({ status: 202, json: { status: 'success' } });
    const routingKey = 'R0123456789abcdef';
    await createPagerDutyPager({ url: double.url, routingKey }).page(page);
    expect(double.received).toMatchObject([
      {
        path: '/v2/enqueue',
        body: {
          routing_key: routingKey,
          event_action: 'trigger',
          dedup_key: 'page-inc_1',
          payload: { summary: 'Checkout is down', source: 'sitrep', severity: 'critical' },
          links: [{ href: 'https://chat.example.com/1' }],
        },
      },
    ]);
  });

  it('tries again under the same dedupe key, and never after a refusal', async () => {
    double.behave({ status: 500 }, { status: 202 });
    const pager = createWebhookPager({ url: double.url, random: () => 0 });
    await pager.page(page);
    expect(double.received.map(({ body }) => (body as { dedupe_key: string }).dedupe_key)).toEqual([
      'page-inc_1',
      'page-inc_1',
    ]);
    double.received.length = 0;
    double.behave({ status: 400 });
    await expect(pager.page(page)).rejects.toMatchObject({ code: 'bad_request' });
    expect(double.received).toHaveLength(1);
  });

  it('never says the key in an error', async () => {
    double.behave({ status: 401 });
    const pager = createPagerDutyPager({ url: double.url, routingKey: 'R0123456789abcdef' });
    const error: unknown = await pager.page(page).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'config' });
    expect(String(error) + JSON.stringify(error)).not.toContain('R0123456789abcdef');
  });
});
