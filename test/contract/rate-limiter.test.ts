import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCache } from '../../adapters/cache/index.ts';
import { createMemoryRateLimiter } from '../../adapters/cache/memory-rate-limiter.ts';
import type { RateLimiter } from '../../src/ports/rate-limiter.ts';
import { redisUrl } from '../fixtures/offered.ts';

type Subject = {
  limiter: RateLimiter;
  now(): number;
  pass(ms: number): Promise<void>;
  close(): Promise<void>;
};

const MINUTE = 60_000;

function rateLimiterContract(open: () => Promise<Subject>): void {
  let subject: Subject;
  let limiter: RateLimiter;
  beforeAll(async () => {
    subject = await open();
    limiter = subject.limiter;
  });
  afterAll(() => subject.close());

  it('allows exactly as many as the limit, and counts down what remains', async () => {
    const client = randomUUID();
    const decisions = [];
    for (let i = 0; i < 5; i++) {
      decisions.push(await limiter.take(client, { limit: 3, windowMs: MINUTE }));
    }
    expect(decisions.map((decision) => decision.allowed)).toEqual([true, true, true, false, false]);
    expect(decisions.map((decision) => decision.remaining)).toEqual([2, 1, 0, 0, 0]);
    expect(decisions.map((decision) => decision.limit)).toEqual([3, 3, 3, 3, 3]);
  });

  it('allows exactly as many as the limit when they come at once', async () => {
    const client = randomUUID();
    const decisions = await Promise.all(
      Array.from({ length: 100 }, () => limiter.take(client, { limit: 37, windowMs: MINUTE })),
    );
    expect(decisions.filter((decision) => decision.allowed)).toHaveLength(37);
    const remaining = decisions.filter(({ allowed }) => allowed).map((each) => each.remaining);
    expect(remaining.sort((a, b) => a - b)).toEqual(Array.from({ length: 37 }, (_, i) => i));
  });

  it('counts each client for itself', async () => {
    const [one, other] = [randomUUID(), randomUUID()];
    await limiter.take(one, { limit: 1, windowMs: MINUTE });
    expect((await limiter.take(one, { limit: 1, windowMs: MINUTE })).allowed).toBe(false);
    expect((await limiter.take(other, { limit: 1, windowMs: MINUTE })).allowed).toBe(true);
  });

  it('allows nothing with a limit of nought', async () => {
    const decision = await limiter.take(randomUUID(), { limit: 0, windowMs: MINUTE });
    expect(decision).toMatchObject({ allowed: false, remaining: 0 });
  });

  it('ends the window so long after its first request, whatever comes later', async () => {
    const client = randomUUID();
    const before = subject.now();
    const first = await limiter.take(client, { limit: 9, windowMs: MINUTE });
    const after = subject.now();
    // A server that counts whole milliseconds may be one off.
    expect(first.resetAt.getTime()).toBeGreaterThanOrEqual(before + MINUTE - 1);
    expect(first.resetAt.getTime()).toBeLessThanOrEqual(after + MINUTE + 1);
    await subject.pass(50);
    const second = await limiter.take(client, { limit: 9, windowMs: MINUTE });
    expect(second.resetAt.getTime()).toBeLessThanOrEqual(subject.now() + MINUTE - 50 + 2);
  });

  it('starts a new window after the end, also for one who kept asking', async () => {
    const client = randomUUID();
    const rate = { limit: 2, windowMs: 60 };
    await limiter.take(client, rate);
    await expect
      .poll(
        async () => {
          const decision = await limiter.take(client, rate);
          await subject.pass(10);
          return decision.remaining;
        },
        { timeout: 5_000, interval: 2 },
      )
      .toBe(0);
    await expect
      .poll(
        async () => {
          await subject.pass(10);
          return limiter.take(client, rate);
        },
        { timeout: 5_000, interval: 2 },
      )
      .toMatchObject({ allowed: true, remaining: 1 });
  });
}

describe('the rate limiter in memory', () => {
  rateLimiterContract(async () => {
    let time = Date.UTC(2026, 0, 1);
    return {
      limiter: createMemoryRateLimiter({ clock: { now: () => new Date(time) } }),
      now: () => time,
      pass: async (ms) => {
        time += ms;
      },
      close: async () => undefined,
    };
  });
});

describe.skipIf(!redisUrl)(
  'the rate limiter in Redis (skipped where there is no redis-server)',
  () => {
    rateLimiterContract(async () => {
      const quiet = () => undefined;
      const opened = await createCache({
        redisUrl: redisUrl ?? '',
        prefix: `rate-contract-${randomUUID()}`,
        clock: { now: () => new Date() },
        logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
      });
      // Memory would pass the same suite.
      expect(await opened.part.health()).toEqual({ status: 'up', detail: 'Redis' });
      return {
        limiter: opened.limiter,
        now: () => Date.now(),
        pass: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
        close: opened.close,
      };
    });
  },
);
