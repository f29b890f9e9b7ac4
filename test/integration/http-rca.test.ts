import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMemoryCache } from '../../adapters/cache/memory-cache.ts';
import { createMemoryRateLimiter } from '../../adapters/cache/memory-rate-limiter.ts';
import { createCallback } from '../../adapters/callback/index.ts';
import { createExplainRcaProcessor, explainRcaJob } from '../../jobs/explain-rca.ts';
import { createExplain, type Explain } from '../../src/rca/index.ts';
import { createIds } from '../../src/system.ts';
import { createMemoryQueue } from '../fakes/memory-queue.ts';
import { createMemoryTasks } from '../fakes/memory-tasks.ts';
import { CONTRACT_EXPLANATION, PAYMENTS } from '../unit/rca/examples.ts';
import { createWriter } from '../unit/rca/writer.ts';
import { ask, OTHER_TOKEN, startServer, type TestServer, TOKEN } from './http-harness.ts';

const PATH = '/api/v1/mira/rca_analyze';
const NOON = new Date('2026-01-02T12:00:00Z');
const clock = { now: () => NOON };
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** The app with all that explaining needs, and a worker beside it. */
async function start(options: { explain?: Explain; limit?: number; tokens?: string[] } = {}) {
  const writer = createWriter({ write: () => CONTRACT_EXPLANATION });
  const ids = createIds(clock);
  const metrics = { count: () => {}, gauge: () => {}, observe: () => {} };
  const explain =
    options.explain ??
    createExplain({
      model: writer.model,
      cache: createMemoryCache({ clock }),
      cacheTtlMs: 3_600_000,
      clock,
      ids,
      logger: silent,
      metrics,
    });
  const tasks = createMemoryTasks();
  const callback = createCallback({
    secret: 'a-secret-of-enough-letters',
    allowLoopback: false,
    clock,
  });
  const memory = createMemoryQueue();
  const { queue, workers } = memory.open();
  await workers.work(
    explainRcaJob,
    createExplainRcaProcessor({
      explain,
      tasks,
      sendCallback: callback.send,
      clock,
      logger: silent,
    }),
  );
  const server = await startServer({
    tokens: options.tokens ?? [],
    limiter: createMemoryRateLimiter({ clock }),
    rca: {
      explain,
      explanations: { vote: never, votesByPrompt: never },
      tasks,
      enqueueExplanation: (taskId) => queue.enqueue(explainRcaJob, { taskId }, { id: taskId }),
      refuseCallback: callback.refuse,
      rateLimit:
        options.limit === undefined ? undefined : { limit: options.limit, windowMs: 60_000 },
    },
  });
  const close = async () => {
    memory.close();
    await server.close();
  };
  return { ...server, writer, close };
}

async function never(): Promise<never> {
  throw new Error('Nobody votes here.');
}

const body = (value: unknown) => JSON.stringify(value);
const asked = body({ rcaData: { status: 'success', data: PAYMENTS } });

function post(
  server: { port: number },
  text: string,
  headers: Record<string, string> = {},
  query = '',
) {
  return ask(server, PATH + query, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: text,
  });
}

describe('explaining a root cause over HTTP', () => {
  let server: Awaited<ReturnType<typeof start>>;
  beforeEach(async () => {
    server = await start();
    return () => server.close();
  });

  it('answers with every field of the contract, then from the cache', async () => {
    const first = await post(server, asked);
    expect(first.status).toBe(200);
    const { status, data } = JSON.parse(first.text);
    expect(status).toBe('success');
    expect(data).toMatchObject({
      explanation: CONTRACT_EXPLANATION,
      tokensUsed: 400,
      provider: 'openai',
      model: 'gpt-4',
      generatedAt: '2026-01-02T12:00:00.000Z',
      cached: false,
      generationTimeMs: expect.any(Number),
      verified: true,
      dropped: [],
    });
    expect(JSON.parse((await post(server, asked)).text).data.cached).toBe(true);
  });

  it('takes what curl sends without a type, and the analysis without its envelope', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await post(server, body({ rcaData: PAYMENTS }), form);
    expect(answer.status).toBe(200);
  });

  it('tells it for the audience that is asked for', async () => {
    const answer = await post(server, body({ rcaData: PAYMENTS, audience: 'engineer' }));
    expect(JSON.parse(answer.text).data.audience).toBe('engineer');
  });

  it.each([
    ['no JSON', '{"rcaData": {', /rcaData/],
    ['nothing', '', /rcaData/],
    ['no object', '[]', /rcaData/],
    ['no rcaData', '{}', /rcaData/],
    ['an analysis of nothing', body({ rcaData: {} }), /single service/],
    ['a wrong structure', body({ rcaData: { data: { impact: 7 } } }), /^data\.impact must be/],
    ['an unknown audience', body({ rcaData: PAYMENTS, audience: 'cats' }), /rcaData/],
    [
      'a callback that nobody waits for',
      body({ rcaData: PAYMENTS, callbackUrl: 'https://a.example/' }),
      /async=true/,
    ],
  ])('refuses %s in the words of the contract', async (_, text, reason) => {
    const answer = await post(server, text);
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.text)).toEqual({ status: 'error', error: 'invalid_json_payload' });
    expect(answer.headers['x-sitrep-problem']).toMatch(reason);
  });

  it('refuses more than two megabytes', async () => {
    const answer = await post(server, body({ rcaData: 'x'.repeat(2_200_000) }));
    expect(answer.status).toBe(413);
  });

  it('answers only POST', async () => {
    const answer = await ask(server, PATH);
    expect([answer.status, answer.headers.allow]).toEqual([405, 'POST']);
  });

  it('forgets every cached explanation when it is told to', async () => {
    await post(server, asked);
    const flushed = await ask(server, '/api/v1/mira/cache', { method: 'DELETE' });
    expect(JSON.parse(flushed.text)).toEqual({ status: 'success', data: { flushed: true } });
    expect(JSON.parse((await post(server, asked)).text).data.cached).toBe(false);
    expect(server.writer.written).toHaveLength(2);
  });

  it('makes one call for a hundred equal requests at once', async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, () => post(server, asked)));
    expect(answers.map(({ status }) => status)).toEqual(Array(100).fill(200));
    expect(server.writer.written).toHaveLength(1);
  });
});

describe('a fault of our own', () => {
  it('is answered in the words of the contract, and logged without its message', async () => {
    const explain = Object.assign(() => Promise.reject(new Error('secret inside')), {
      flush: async () => undefined,
    });
    const server = await start({ explain });
    const answer = await post(server, asked);
    await server.close();
    expect(answer.status).toBe(500);
    expect(JSON.parse(answer.text)).toEqual({ status: 'error', error: 'mira_generation_failed' });
    expect(JSON.stringify(server.lines)).toContain('A root cause could not be explained');
    expect(JSON.stringify(server.lines)).not.toContain('secret inside');
  });
});

describe('the limit of requests', () => {
  let server: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    server = await start({ limit: 3, tokens: [TOKEN, OTHER_TOKEN] });
  });
  afterAll(() => server.close());

  it('counts each client apart, and says on every answer how many are left', async () => {
    const mine = { authorization: `Bearer ${TOKEN}` };
    const left: unknown[] = [];
    for (const text of [asked, '{', asked]) {
      const { headers } = await post(server, text, mine);
      expect(headers['x-ratelimit-limit']).toBe('3');
      expect(headers['x-ratelimit-reset']).toBe(String(NOON.getTime() / 1_000 + 60));
      left.push(headers['x-ratelimit-remaining']);
    }
    expect(left).toEqual(['2', '1', '0']);
    const refused = await post(server, asked, mine);
    expect(refused.status).toBe(429);
    expect(JSON.parse(refused.text)).toEqual({
      status: 'error',
      error: 'rate_limit_exceeded',
      retryAfter: 60,
    });
    expect(refused.headers).toMatchObject({ 'retry-after': '60', 'x-ratelimit-remaining': '0' });
    const other = await post(server, asked, { authorization: `Bearer ${OTHER_TOKEN}` });
    expect(other.status).toBe(200);
  });

  it('is behind the guard: who may not come in is not counted', async () => {
    const answer = await post(server, asked);
    expect(answer.status).toBe(401);
    expect(answer.headers['x-ratelimit-limit']).toBeUndefined();
  });
});

describe('an explanation that nobody waits for', () => {
  let server: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server.close());

  async function finished(url: string) {
    for (;;) {
      const { data } = JSON.parse((await ask(server, url)).text);
      if (data.state === 'done' || data.state === 'failed') return data;
    }
  }

  it('is a task to poll', async () => {
    const answer = await post(server, asked, {}, '?async=true');
    expect(answer.status).toBe(202);
    const { status, data } = JSON.parse(answer.text);
    expect(status).toBe('accepted');
    expect(data).toEqual({
      taskId: expect.stringMatching(/^task_/),
      state: 'waiting',
      url: `/api/v1/tasks/${data.taskId}`,
    });
    expect(answer.headers.location).toBe(data.url);
    expect(await finished(data.url)).toMatchObject({
      id: data.taskId,
      kind: 'explain-rca',
      state: 'done',
      progress: 1,
      result: { explanation: CONTRACT_EXPLANATION, verified: true },
    });
  });

  it('calls back nobody on this machine or its network', async () => {
    const inside = body({ rcaData: PAYMENTS, callbackUrl: 'http://169.254.169.254/' });
    const answer = await post(server, inside, {}, '?async=true');
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.text)).toMatchObject({ error: 'bad_request' });
  });

  it('is not there under another id', async () => {
    expect((await ask(server, '/api/v1/tasks/task_none')).status).toBe(404);
  });
});

it('is not there where explanations are switched off', async () => {
  const server: TestServer = await startServer();
  const answer = await post(server, asked);
  await server.close();
  expect(answer.status).toBe(404);
});
