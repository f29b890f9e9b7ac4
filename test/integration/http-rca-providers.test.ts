import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Behaviour,
  type ProviderCall,
  type ProviderDouble,
  settingsFor,
  startProviderDouble,
} from '../fakes/providers/index.ts';
import { CONTRACT_EXPLANATION, PAYMENTS } from '../unit/rca/examples.ts';
import { ask } from './http-harness.ts';
import { explainOver, startExplaining } from './rca-harness.ts';

const DIALECTS = ['openai', 'anthropic', 'huggingface', 'ollama'] as const;
const KEY = 'planted-key-0123456789';
const good = { text: CONTRACT_EXPLANATION };
const LIE = 'Its severity was rated 35%.';
const TRUTH = 'Its severity was rated 85%.';
const soon = { 'retry-after-ms': '1' };

describe.each(DIALECTS)('explaining with %s', (dialect) => {
  const cleanups: (() => Promise<unknown>)[] = [];
  let double: ProviderDouble;
  beforeEach(async () => {
    double = await startProviderDouble(dialect);
    cleanups.push(double.close);
  });
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });

  async function start(timeout = 5_000) {
    const server = await startExplaining({
      settings: settingsFor([{ dialect, url: double.url, apiKey: KEY }], { timeout }),
    });
    cleanups.push(server.close);
    return server;
  }

  it('answers with the seven fields of the contract, each true', async () => {
    const server = await start();
    double.say(good);
    const before = Date.now();
    const { status, json } = await explainOver(server, PAYMENTS);
    const after = Date.now();
    expect([status, json.status]).toEqual([200, 'success']);
    const { data } = json;
    const [call] = double.calls as [ProviderCall];
    expect(data).toMatchObject({
      explanation: CONTRACT_EXPLANATION,
      // What the double counted and said.
      tokensUsed: quarter(call.prompt) + quarter(CONTRACT_EXPLANATION),
      provider: dialect,
      model: 'model-1',
      cached: false,
      verified: true,
      dropped: [],
    });
    expect(data).not.toHaveProperty('degraded');
    expect(Date.parse(data.generatedAt)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(data.generatedAt)).toBeLessThanOrEqual(after);
    expect(new Date(data.generatedAt).toISOString()).toBe(data.generatedAt);
    expect(Number.isInteger(data.generationTimeMs)).toBe(true);
    expect(data.generationTimeMs).toBeGreaterThanOrEqual(0);
    expect(data.generationTimeMs).toBeLessThanOrEqual(after - before);
    const text = await server.metricsText();
    expect(text).toContain(
      `mira_rca_analyze_requests_total{provider="${dialect}",status="success"} 1`,
    );
    expect(text).toContain(`mira_rca_analyze_cache_misses_total{provider="${dialect}"} 1`);
    expect(text).toContain(`mira_rca_analyze_ai_latency_seconds_count{provider="${dialect}"} 1`);
    expect(text).toContain(
      `mira_rca_analyze_ai_tokens_used_total{provider="${dialect}",model="model-1"} ${data.tokensUsed}`,
    );
    expect(text).not.toMatch(/^mira_rca_analyze_ai_errors_total\{/m);
    expect(text).not.toMatch(/^mira_rca_analyze_requests_total\{.*status="error"/m);
  });

  it.each<[string, Behaviour, string, number | undefined]>([
    // How often it is asked in the time that it is given depends on the machine.
    ['never answers', 'hang', 'timeout', undefined],
    [
      'has too many requests',
      { status: 429, headers: { 'retry-after': '7' }, message: KEY },
      'rate_limit',
      3,
    ],
    [
      'wants to be left alone',
      { status: 429, headers: { 'retry-after': '99' }, message: KEY },
      'rate_limit',
      1,
    ],
    ['fails', { status: 500, headers: soon, message: KEY }, 'unavailable', 3],
    ['refuses the key', { status: 401, message: `Incorrect API key: ${KEY}` }, 'config', 1],
    ['breaks off', 'cut', 'unavailable', 3],
    ['hangs up', 'reset', 'unavailable', 3],
    ['answers in no shape of its own', 'garbage', 'unavailable', 3],
    ['declines', 'refusal', 'bad_request', 1],
    ['says nothing', 'empty', 'unavailable', 3],
  ])('tells it from the data alone, and says so, when it %s', async (_, behaviour, type, calls) => {
    const server = await start(behaviour === 'hang' ? 250 : 5_000);
    double.say(behaviour);
    const { status, text, json } = await explainOver(server, PAYMENTS);
    expect([status, json.status]).toEqual([200, 'success']);
    expect(json.data).toMatchObject({
      explanation: expect.stringContaining('authentication service'),
      tokensUsed: 0,
      provider: 'local',
      model: 'narrator',
      cached: false,
      verified: true,
      degraded: expect.stringContaining('from the data alone'),
    });
    if (calls !== undefined) expect(double.calls).toHaveLength(calls);
    const metrics = await server.metricsText();
    expect(metrics).toContain(
      `mira_rca_analyze_ai_errors_total{provider="${dialect}",error_type="${type}"} 1`,
    );
    expect(metrics).toContain(
      `mira_rca_analyze_requests_total{provider="${dialect}",status="error"} 1`,
    );
    // One request counts once.
    expect(metrics.match(/^mira_rca_analyze_requests_total\{/gm)).toHaveLength(1);
    expect(double.calls[0]?.key).toBe(KEY);
    const said = [text, metrics, ...server.lines, JSON.stringify(server.kept)].join('\n');
    expect(said).not.toContain(KEY);
  });

  it('waits as long as it is asked to, and then says who told it', async () => {
    const server = await start();
    double.say({ status: 429, headers: { 'retry-after': '7' } }, good);
    const { json } = await explainOver(server, PAYMENTS);
    expect(json.data).toMatchObject({ provider: dialect, explanation: CONTRACT_EXPLANATION });
    expect(server.pauses).toEqual([7_000]);
    expect(double.calls).toHaveLength(2);
  });

  it('is asked anew after it was away: what stood in for it is not cached', async () => {
    const server = await start();
    double.say({ status: 400 }, good);
    expect((await explainOver(server, PAYMENTS)).json.data.provider).toBe('local');
    const { json } = await explainOver(server, PAYMENTS);
    expect(json.data).toMatchObject({ provider: dialect, cached: false });
    expect(json.data).not.toHaveProperty('degraded');
  });

  it('is asked once by a hundred equal requests at once', async () => {
    const server = await start();
    double.say({ ...good, slowMs: 50 });
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => explainOver(server, PAYMENTS)),
    );
    expect(double.calls).toHaveLength(1);
    expect(answers.map(({ status }) => status)).toEqual(Array(100).fill(200));
    expect(new Set(answers.map(({ json }) => json.data.explanation))).toEqual(
      new Set([CONTRACT_EXPLANATION]),
    );
    expect(answers.filter(({ json }) => !json.data.cached)).toHaveLength(1);
    const metrics = await server.metricsText();
    expect(metrics).toContain(`mira_rca_analyze_cache_misses_total{provider="${dialect}"} 1`);
    expect(metrics).toContain(`mira_rca_analyze_cache_hits_total{provider="${dialect}"} 99`);
    expect(metrics).toContain(
      `mira_rca_analyze_requests_total{provider="${dialect}",status="success"} 100`,
    );
  });
});

describe.each(DIALECTS)('what %s makes up', (dialect) => {
  let double: ProviderDouble;
  let server: Awaited<ReturnType<typeof startExplaining>>;
  beforeAll(async () => {
    double = await startProviderDouble(dialect);
    server = await startExplaining({ settings: settingsFor([{ dialect, url: double.url }]) });
  });
  afterAll(async () => {
    await server.close();
    await double.close();
  });
  beforeEach(async () => {
    await ask(server, '/api/v1/mira/cache', { method: 'DELETE' });
    double.calls.length = 0;
  });

  const among = (sentence: string) =>
    CONTRACT_EXPLANATION.replace('\n\nKey evidence', ` ${sentence}\n\nKey evidence`);
  const sentences = (...texts: string[]) => ({
    value: { sentences: texts.map((text, i) => ({ number: i + 1, text })) },
  });

  it.each([
    ['another root cause', 'The root cause was in the payment service.'],
    ['a service', 'A failure in the billing gateway made things worse.'],
    ['a number', 'Its severity was rated 35%.'],
    ['an effect before its cause', 'The payment service took the auth service down with it.'],
  ])('is taken out and marked, however it insists: %s', async (_, lie) => {
    double.say({ text: among(lie) }, sentences(lie));
    const { status, json } = await explainOver(server, PAYMENTS);
    expect(status).toBe(200);
    expect(json.data).toMatchObject({ provider: dialect, verified: true });
    expect(json.data.explanation).not.toContain(lie);
    expect(json.data.dropped).toEqual([{ sentence: lie, reason: expect.any(String) }]);
    expect(double.calls).toHaveLength(2);
  });

  it.each<[string, Behaviour]>([
    ['in a wrong shape', { value: { lines: 'none' } }],
    ['with a refusal', 'refusal'],
    ['not at all', { status: 400 }],
  ])('is taken out when it is mended %s', async (_, mending) => {
    double.say({ text: among(LIE) }, mending);
    const { status, json } = await explainOver(server, PAYMENTS);
    expect(status).toBe(200);
    expect(json.data).toMatchObject({ provider: dialect, verified: true });
    expect(json.data.explanation).toBe(CONTRACT_EXPLANATION);
    expect(json.data.dropped).toEqual([{ sentence: LIE, reason: expect.any(String) }]);
  });

  it('is mended once where the data have what it should say', async () => {
    double.say({ text: among(LIE) }, sentences(TRUTH));
    const { json } = await explainOver(server, PAYMENTS);
    expect(json.data).toMatchObject({
      explanation: among(TRUTH),
      dropped: [],
      verified: true,
      provider: dialect,
    });
  });

  it('leaves the word to the narrator when nothing else was said', async () => {
    double.say({ text: LIE }, sentences(LIE));
    const { json } = await explainOver(server, PAYMENTS);
    expect(json.data).toMatchObject({
      provider: 'local',
      model: 'narrator',
      verified: true,
      degraded: expect.stringContaining('could not be traced'),
      dropped: [{ sentence: LIE, reason: expect.any(String) }],
    });
    // The words that were thrown away were paid for.
    expect(json.data.tokensUsed).toBeGreaterThan(0);
    expect(json.data.explanation).not.toContain(LIE);
  });
});

describe('a budget', () => {
  it('that is used up is named, before anybody is asked', async () => {
    const double = await startProviderDouble('openai');
    const settings = settingsFor([{ dialect: 'openai', url: double.url }], {
      budget: { dailyTokens: 100 },
    });
    const server = await startExplaining({ settings });
    const { status, json } = await explainOver(server, PAYMENTS);
    const metrics = await server.metricsText();
    await server.close();
    await double.close();
    expect(status).toBe(200);
    expect(json.data).toMatchObject({ provider: 'local', verified: true });
    expect(json.data.degraded).toMatch(
      /^The daily budget for language models is used up, 0 of 100 tokens .* next day \(UTC\)\. So this was told/,
    );
    expect(double.calls).toHaveLength(0);
    expect(metrics).toContain(
      'mira_rca_analyze_requests_total{provider="openai",status="error"} 1',
    );
  });
});

/** The doubles count four characters as a token. */
function quarter(text: string): number {
  return Math.ceil(text.length / 4);
}
