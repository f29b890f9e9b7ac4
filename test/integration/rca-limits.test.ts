import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCache } from '../../adapters/cache/index.ts';
import { redisUrl } from '../fixtures/offered.ts';
import { PAYMENTS } from '../unit/rca/examples.ts';
import { type Answer, ask } from './http-harness.ts';
import { PATH, startExplaining } from './rca-harness.ts';

const CLIENTS = 20;
/** That two processes of their own count to the digit is shown in test/e2e/rca.test.ts. */
const REQUESTS = 200;
const LIMIT = 7;
/** More would only wait in the client. */
const AT_ONCE = 50;
const NOON = new Date('2026-01-02T12:00:00Z');
const NOON_SECONDS = NOON.getTime() / 1_000;
/** Stands still, so that what a window has left can be told from the headers alone. */
const clock = { now: () => NOON };

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const tokens = Array.from({ length: CLIENTS }, (_, i) => `token-of-client-${i}-${randomUUID()}`);
const body = JSON.stringify({ rcaData: PAYMENTS });

/** One process of several that share a Redis. */
async function startInstance(url: string, prefix: string) {
  const cache = await createCache({ redisUrl: url, prefix, clock, logger: silent });
  const server = await startExplaining({
    app: { limiter: cache.limiter, clock, tokens },
    rateLimit: { limit: LIMIT, windowMs: 60_000 },
  });
  const close = async () => {
    await server.close();
    await cache.close();
  };
  return { ...server, cache, close };
}

describe.skipIf(!redisUrl)(
  'two instances that share a Redis (skipped without redis-server)',
  () => {
    const url = redisUrl ?? '';
    const prefix = randomUUID();
    let instances: Awaited<ReturnType<typeof startInstance>>[];
    let answers: Answer[];

    beforeAll(async () => {
      instances = await Promise.all([startInstance(url, prefix), startInstance(url, prefix)]);
      answers = [];
      let next = 0;
      await Promise.all(
        Array.from({ length: AT_ONCE }, async () => {
          while (next < REQUESTS) {
            const i = next++;
            const client = i % CLIENTS;
            // Every client comes to both of them.
            const instance = instances[Math.floor(i / CLIENTS) % instances.length];
            if (!instance) throw new Error('There is no such instance.');
            const authorization = `Bearer ${tokens[client]}`;
            const headers = { 'content-type': 'application/json', authorization };
            answers.push(await ask(instance, PATH, { method: 'POST', headers, body }));
          }
        }),
      );
    });
    afterAll(async () => {
      for (const instance of instances) await instance.close();
    });

    it('say on every answer when the window ends, in seconds of the epoch', () => {
      for (const { headers } of answers) {
        expect(headers['x-ratelimit-limit']).toBe(String(LIMIT));
        const reset = headers['x-ratelimit-reset'];
        expect(reset).toMatch(/^\d{10}$/);
        expect(Number(reset)).toBeGreaterThan(NOON_SECONDS);
        expect(Number(reset)).toBeLessThanOrEqual(NOON_SECONDS + 60);
      }
    });

    it('say to whoever is refused how long that lasts, alike in both places', () => {
      for (const { status, headers, text } of answers) {
        if (status === 200) {
          expect(headers['retry-after']).toBeUndefined();
          continue;
        }
        const retryAfter = Number(headers['x-ratelimit-reset']) - NOON_SECONDS;
        expect(headers['retry-after']).toBe(String(retryAfter));
        expect(JSON.parse(text).retryAfter).toBe(retryAfter);
      }
    });

    it('leave no token in Redis, and one counter for each client', async () => {
      const redis = new Redis(url);
      const keys = await redis.keys(`${prefix}:*`);
      await redis.quit();
      expect(keys.filter((key) => key.startsWith(`${prefix}:rate:`))).toHaveLength(CLIENTS);
      for (const token of tokens) expect(keys.join('\n')).not.toContain(token);
    });
  },
);

describe('what the limiter is told of a client', () => {
  async function namesOf(headers: Record<string, string>[]): Promise<string[]> {
    const names: string[] = [];
    const server = await startExplaining({
      app: {
        tokens: tokens.slice(0, 2),
        limiter: {
          async take(client, { limit }) {
            names.push(client);
            return { allowed: true, limit, remaining: limit, resetAt: NOON };
          },
        },
      },
      rateLimit: { limit: LIMIT, windowMs: 60_000 },
    });
    for (const one of headers) {
      const type = { 'content-type': 'application/json' };
      await ask(server, PATH, { method: 'POST', headers: { ...type, ...one }, body });
    }
    await server.close();
    return names;
  }

  it('is the same for the same token, another for another, and never the token', async () => {
    const [one = '', other = ''] = tokens;
    const names = await namesOf([
      { authorization: `Bearer ${one}` },
      { authorization: `bearer  ${one}` },
      { authorization: `Bearer ${other}` },
    ]);
    expect(names).toHaveLength(3);
    expect(names[0]).toBe(names[1]);
    expect(names[0]).not.toBe(names[2]);
    for (const name of names) {
      expect(name).toMatch(/^mira token [\w-]{22}$/);
      expect(name).not.toContain(one.slice(0, 15));
    }
  });
});
