import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ProviderDouble, startProviderDouble } from '../fakes/providers/index.ts';
import { redisUrl } from '../fixtures/offered.ts';
import { type RunningProduct, runSitrep, startSitrep, usedFolder } from '../fixtures/product.ts';
import { CONTRACT_EXPLANATION, PAYMENTS } from '../unit/rca/examples.ts';

const CLIENTS = 20;
const REQUESTS = 1_000;
const LIMIT = 7;
/** More would only wait in the client. */
const AT_ONCE = 50;
const MINUTE_SECONDS = 60;

const tokensOf = (count: number) => Array.from({ length: count }, () => `token-${randomUUID()}`);
const limited = tokensOf(CLIENTS);
/** Twenty that ask five times each: no one of them too often. */
const equal = tokensOf(CLIENTS);
const [single = ''] = tokensOf(1);

const agent = new http.Agent({ keepAlive: true, maxSockets: AT_ONCE * 2 });

type Answer = {
  status: number;
  headers: http.IncomingHttpHeaders;
  text: string;
  sentAt: number;
  receivedAt: number;
};

function explain(product: RunningProduct, token: string, rcaData: unknown): Promise<Answer> {
  const sentAt = Date.now();
  return new Promise((resolve, reject) => {
    const request = http.request(
      `${product.address}/api/v1/mira/rca_analyze`,
      {
        agent,
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => {
          const { statusCode: status = 0, headers } = response;
          resolve({ status, headers, text, sentAt, receivedAt: Date.now() });
        });
        response.on('error', reject);
      },
    );
    request.on('error', reject);
    request.end(JSON.stringify({ rcaData }));
  });
}

/** Another analysis for every run: the Redis is shared with others. */
const someAnalysis = () => ({
  ...PAYMENTS,
  rootCause: {
    ...PAYMENTS.rootCause,
    evidence: [...PAYMENTS.rootCause.evidence, { type: 'run', details: `run ${randomUUID()}` }],
  },
});

/** The id of the explanation that a card of the console shows. */
async function explanationShown(address: string): Promise<string> {
  const { body } = await fetch(`${address}/console/stream?since=0`, {
    headers: { authorization: `Bearer ${single}` },
  });
  let seen = '';
  const decoder = new TextDecoder();
  for await (const chunk of body ?? []) {
    seen += decoder.decode(chunk, { stream: true });
    const [, id] = /"incidentId":"(exp_\w+)"/.exec(seen) ?? [];
    // Leaving the loop hangs up.
    if (id !== undefined) return id;
  }
  throw new Error('The stream ended without an explanation.');
}

describe.skipIf(!redisUrl)(
  'two processes that share a Redis (skipped without redis-server)',
  () => {
    const folders = [usedFolder(), usedFolder()];
    let products: RunningProduct[] = [];
    let double: ProviderDouble;
    beforeAll(async () => {
      double = await startProviderDouble('openai');
      products = await Promise.all(
        folders.map(({ path: cwd }) => startSitrep({ cwd, env: env() })),
      );
    });
    const env = () => ({
      REDIS_URL: redisUrl ?? '',
      // Each has its own store, so each has its own queue.
      SITREP_QUEUE: 'postgres',
      SITREP_LOG_LEVEL: 'error',
      SITREP_API_TOKENS: [...limited, ...equal, single].join(','),
      RAG_ENABLED: 'false',
      MIRA_PROVIDER: 'openai',
      MIRA_REQUESTS_PER_MINUTE: String(LIMIT),
      OPENAI_API_KEY: 'a-key-of-the-tests',
      OPENAI_BASE_URL: double.url,
    });
    afterAll(async () => {
      agent.destroy();
      await Promise.all(products.map((product) => product.stop()));
      await double.close();
      for (const folder of folders) folder.remove();
    });
    const productOf = (i: number): RunningProduct => {
      const product = products[i % products.length];
      if (!product) throw new Error('There is no such product.');
      return product;
    };

    it('ask a provider once for a hundred equal requests at once', async () => {
      const rca = someAnalysis();
      double.say({ text: CONTRACT_EXPLANATION, slowMs: 300 });
      // What a process reads in for its first explanation keeps it busy for a while.
      await Promise.all(products.map((product) => explain(product, single, someAnalysis())));
      const before = double.calls.length;
      const answers = await Promise.all(
        Array.from({ length: 100 }, (_, i) => explain(productOf(i), equal[i % CLIENTS] ?? '', rca)),
      );
      expect(double.calls.length - before).toBe(1);
      expect(answers.map(({ status }) => status)).toEqual(Array(100).fill(200));
      const told = answers.map(({ text }) => JSON.parse(text).data);
      expect(new Set(told.map(({ explanation }) => explanation))).toEqual(
        new Set([CONTRACT_EXPLANATION]),
      );
      expect(told.filter(({ cached }) => !cached)).toHaveLength(1);
    });

    it('allow to the digit what one alone would, and say so on every answer', async () => {
      const rca = someAnalysis();
      double.say({ text: CONTRACT_EXPLANATION });
      const answers: (Answer & { client: number })[] = [];
      let next = 0;
      await Promise.all(
        Array.from({ length: AT_ONCE }, async () => {
          while (next < REQUESTS) {
            const i = next++;
            const client = i % CLIENTS;
            // Every client comes to both of them.
            const product = productOf(Math.floor(i / CLIENTS));
            answers.push({ ...(await explain(product, limited[client] ?? '', rca)), client });
          }
        }),
      );
      expect(answers).toHaveLength(REQUESTS);
      for (const client of limited.keys()) {
        const own = answers.filter((answer) => answer.client === client);
        const allowed = own.filter(({ status }) => status === 200);
        const refused = own.filter(({ status }) => status === 429);
        expect([allowed.length, refused.length]).toEqual([LIMIT, REQUESTS / CLIENTS - LIMIT]);
        // Counted down together, each number once.
        const left = allowed.map(({ headers }) => Number(headers['x-ratelimit-remaining']));
        expect(left.sort((a, b) => a - b)).toEqual(Array.from({ length: LIMIT }, (_, i) => i));
        expect(new Set(own.map(({ headers }) => headers['x-ratelimit-limit']))).toEqual(
          new Set([String(LIMIT)]),
        );
        const ends = new Set(own.map(({ headers }) => headers['x-ratelimit-reset']));
        expect(ends.size).toBe(1);
        const [end = ''] = ends;
        expect(end).toMatch(/^\d{10}$/);
        const first = Math.min(...own.map(({ sentAt }) => sentAt));
        expect(Number(end)).toBeGreaterThanOrEqual(Math.floor(first / 1_000) + MINUTE_SECONDS);
        expect(allowed.every(({ headers }) => headers['retry-after'] === undefined)).toBe(true);
        for (const { headers, text, sentAt, receivedAt } of refused) {
          const retryAfter = Number(headers['retry-after']);
          // The end lies within the second that is named.
          expect(retryAfter).toBeLessThanOrEqual(Math.ceil(Number(end) - sentAt / 1_000));
          expect(retryAfter).toBeGreaterThanOrEqual(
            Math.ceil(Number(end) - 1 - receivedAt / 1_000),
          );
          expect(headers['x-ratelimit-remaining']).toBe('0');
          expect(JSON.parse(text)).toEqual({
            status: 'error',
            error: 'rate_limit_exceeded',
            retryAfter,
          });
        }
      }
    });

    it('answer the command line, which cannot open the store that one of them has', async () => {
      const [{ path: cwd }, product] = [folders[0] ?? usedFolder(), productOf(0)];
      const commandLine = (...args: string[]) =>
        runSitrep(args, {
          cwd,
          env: { ...env(), PORT: new URL(product.address).port, SITREP_API_TOKENS: single },
        });
      writeFileSync(join(cwd, 'analysis.json'), JSON.stringify(someAnalysis()));
      double.say({ text: CONTRACT_EXPLANATION });
      const before = double.calls.length;
      const told = await commandLine('rca', 'analysis.json');
      expect(told).toEqual({ code: 0, stdout: `${CONTRACT_EXPLANATION}\n`, stderr: '' });
      expect(double.calls.length).toBe(before + 1);
      const compared = await commandLine('prompts', 'compare');
      expect(compared.code).toBe(0);
      expect(compared.stdout).toMatch(/^prompt +version +hash .*\nexplanation +1 +[0-9a-f]{8} /);
      expect(compared.stdout).toContain('For executive: It cannot be told yet: nobody has voted.');
    });

    it('take votes on the card in a channel', async () => {
      const { address } = productOf(1);
      const say = (path: string, content: object) =>
        fetch(`${address}/console/${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${single}` },
          body: JSON.stringify({
            id: randomUUID(),
            channel: 'general',
            actor: { id: 'ada', name: 'Ada' },
            ...content,
          }),
        });
      double.say({ text: CONTRACT_EXPLANATION });
      await say('commands', { text: `rca ${JSON.stringify(someAnalysis())}` });
      const incidentId = await explanationShown(address);
      const rate = (value: string, id?: string) =>
        say('actions', { incidentId, action: 'rate-explanation', value, ...(id ? { id } : {}) });
      expect(await (await rate('down', 'click-1')).json()).toMatchObject({
        reply: { card: { summary: 'Noted: this was not well told.' } },
      });
      await rate('up');
      // The first click again, late.
      await rate('down', 'click-1');
      const response = await fetch(`${address}/api/v1/mira/prompts`, {
        headers: { authorization: `Bearer ${single}` },
      });
      const { data } = (await response.json()) as { data: { prompts: object[] } };
      expect(data.prompts).toMatchObject([{ promptId: 'explanation', up: 1, down: 0, share: 1 }]);
    });

    it('let the other explain when the one that asks the provider dies', async () => {
      const rca = someAnalysis();
      const before = double.calls.length;
      double.say('hang', { text: CONTRACT_EXPLANATION });
      const [dying, living] = [productOf(0), productOf(1)];
      const lost = explain(dying, single, rca).catch((error: unknown) => error);
      await expect.poll(() => double.calls.length, { timeout: 10_000 }).toBe(before + 1);
      const waiting = explain(living, single, rca);
      await dying.kill();
      expect(await lost).toBeInstanceOf(Error);
      const { status, text } = await waiting;
      expect(status).toBe(200);
      expect(JSON.parse(text).data).toMatchObject({ provider: 'openai', cached: false });
      expect(double.calls.length).toBe(before + 2);
    });
  },
);
