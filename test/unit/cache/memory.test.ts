import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryCache } from '../../../adapters/cache/memory-cache.ts';
import { createMemoryRateLimiter } from '../../../adapters/cache/memory-rate-limiter.ts';

function handClock(start = 1_000_000) {
  let time = start;
  return {
    now: () => new Date(time),
    pass: (ms: number) => {
      time += ms;
    },
  };
}

describe('the cache in memory', () => {
  it('lets the entry that was used least recently make room', async () => {
    const cache = createMemoryCache({ clock: handClock(), maxEntries: 2 });
    await cache.set('a', 1, 1_000);
    await cache.set('b', 2, 1_000);
    await cache.get('a');
    await cache.set('c', 3, 1_000);
    expect([await cache.get('a'), await cache.get('b'), await cache.get('c')]).toEqual([
      1,
      undefined,
      3,
    ]);
  });

  it('keeps a value until the last millisecond of its time, and not longer', async () => {
    const clock = handClock();
    const cache = createMemoryCache({ clock });
    await cache.set('a', 1, 100);
    clock.pass(99);
    expect(await cache.get('a')).toBe(1);
    clock.pass(1);
    expect(await cache.get('a')).toBeUndefined();
  });

  it('does not keep a value for longer because the clock was set back', async () => {
    const clock = handClock();
    const cache = createMemoryCache({ clock });
    await cache.set('a', 1, 100);
    clock.pass(-3_600_000);
    expect(await cache.get('a')).toBeUndefined();
  });

  it('gives any JSON back as JSON has it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const cache = createMemoryCache({ clock: handClock() });
        await cache.set('a', value, 100);
        expect(await cache.get('a')).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe('the rate limiter in memory', () => {
  it('starts a new window exactly at the end of the old one', async () => {
    const clock = handClock();
    const limiter = createMemoryRateLimiter({ clock });
    const rate = { limit: 1, windowMs: 100 };
    const first = await limiter.take('a', rate);
    expect(first.resetAt).toEqual(new Date(1_000_100));
    clock.pass(99);
    expect((await limiter.take('a', rate)).allowed).toBe(false);
    clock.pass(1);
    const next = await limiter.take('a', rate);
    expect(next).toMatchObject({ allowed: true, resetAt: new Date(1_000_200) });
  });

  it('does not shut a client out because the clock was set back', async () => {
    const clock = handClock();
    const limiter = createMemoryRateLimiter({ clock });
    await limiter.take('a', { limit: 1, windowMs: 100 });
    clock.pass(-3_600_000);
    expect((await limiter.take('a', { limit: 1, windowMs: 100 })).allowed).toBe(true);
  });

  it('forgets the oldest window when there are too many clients', async () => {
    const limiter = createMemoryRateLimiter({ clock: handClock(), maxClients: 2 });
    const rate = { limit: 1, windowMs: 100 };
    for (const client of ['a', 'b', 'c']) await limiter.take(client, rate);
    expect((await limiter.take('c', rate)).allowed).toBe(false);
    expect((await limiter.take('b', rate)).allowed).toBe(false);
    expect((await limiter.take('a', rate)).allowed).toBe(true);
  });

  it('allows at most the limit in any window, however requests are spread', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 5 }),
        fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 60 }),
        async (limit, gaps) => {
          const clock = handClock();
          const limiter = createMemoryRateLimiter({ clock });
          const allowed = new Map<number, number>();
          for (const gap of gaps) {
            clock.pass(gap);
            const decision = await limiter.take('a', { limit, windowMs: 100 });
            const window = decision.resetAt.getTime();
            expect(window).toBeGreaterThan(clock.now().getTime());
            if (decision.allowed) allowed.set(window, (allowed.get(window) ?? 0) + 1);
          }
          for (const count of allowed.values()) expect(count).toBeLessThanOrEqual(limit);
        },
      ),
    );
  });
});
