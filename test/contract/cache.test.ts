import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCache } from '../../adapters/cache/index.ts';
import { createMemoryCache } from '../../adapters/cache/memory-cache.ts';
import type { Cache } from '../../src/ports/cache.ts';
import { redisUrl } from '../fixtures/offered.ts';

type Subject = {
  cache: Cache;
  /** Lets the time of the cache pass: at once where the clock is ours, else by waiting for a while. */
  pass(ms: number): Promise<void>;
  close(): Promise<void>;
};

function cacheContract(open: () => Promise<Subject>): void {
  let subject: Subject;
  let cache: Cache;
  beforeAll(async () => {
    subject = await open();
    cache = subject.cache;
  });
  afterAll(() => subject.close());

  const key = () => `key ${randomUUID()}`;

  it('has nothing under a key that nobody set', async () => {
    expect(await cache.get(key())).toBeUndefined();
  });

  it.each([
    ['a text', 'Zürich: 5 °C\n'],
    ['an empty text', ''],
    ['a number', 0],
    ['false', false],
    ['null', null],
    ['a list', [1, 'two', [3]]],
    ['an object', { a: { b: ['c'] }, d: null }],
  ])('gives %s back as it was', async (_name, value) => {
    const name = key();
    await cache.set(name, value, 60_000);
    expect(await cache.get(name)).toEqual(value);
  });

  it('keeps what was set last', async () => {
    const name = key();
    await cache.set(name, 'first', 60_000);
    await cache.set(name, 'second', 60_000);
    expect(await cache.get(name)).toBe('second');
  });

  it('keeps copies: changing a value changes nothing for others', async () => {
    const name = key();
    const mine = { list: ['a'] };
    await cache.set(name, mine, 60_000);
    mine.list.push('after set');
    const theirs = (await cache.get(name)) as typeof mine;
    theirs.list.push('after get');
    expect(await cache.get(name)).toEqual({ list: ['a'] });
  });

  it('forgets what was deleted', async () => {
    const name = key();
    await cache.set(name, 'value', 60_000);
    await cache.delete(name);
    await cache.delete(name);
    expect(await cache.get(name)).toBeUndefined();
  });

  it('forgets a value when its time is up, and no other', async () => {
    const [short, long] = [key(), key()];
    await cache.set(long, 'long', 60_000);
    await cache.set(short, 'short', 40);
    await expect
      .poll(
        async () => {
          await subject.pass(20);
          return cache.get(short);
        },
        { timeout: 5_000, interval: 5 },
      )
      .toBeUndefined();
    expect(await cache.get(long)).toBe('long');
  });

  it('takes a new time to live with a new value', async () => {
    const name = key();
    await cache.set(name, 'short', 30);
    await cache.set(name, 'long', 60_000);
    await subject.pass(60);
    expect(await cache.get(name)).toBe('long');
  });

  it.each([0, -1, Number.NaN])('keeps nothing for %s milliseconds', async (ttl) => {
    const name = key();
    await cache.set(name, 'before', 60_000);
    await cache.set(name, 'value', ttl);
    expect(await cache.get(name)).toBeUndefined();
  });

  it('keeps a value without an end', async () => {
    const name = key();
    await cache.set(name, 'value', Number.POSITIVE_INFINITY);
    expect(await cache.get(name)).toBe('value');
  });

  it('forgets the key when it is set to undefined', async () => {
    const name = key();
    await cache.set(name, 'before', 60_000);
    await cache.set(name, undefined, 60_000);
    expect(await cache.get(name)).toBeUndefined();
  });

  it('lets one of many add what is not there', async () => {
    const name = key();
    const heard = await Promise.all(
      Array.from({ length: 20 }, (_, i) => cache.add(name, { holder: i }, 60_000)),
    );
    expect(heard.filter(Boolean)).toHaveLength(1);
    expect(await cache.get(name)).toEqual({ holder: heard.indexOf(true) });
  });

  it('lets it be added again when its time is up, or it was deleted', async () => {
    const name = key();
    expect(await cache.add(name, 'first', 40)).toBe(true);
    expect(await cache.add(name, 'second', 60_000)).toBe(false);
    await expect
      .poll(
        async () => {
          await subject.pass(20);
          return cache.add(name, 'third', 60_000);
        },
        { timeout: 5_000, interval: 5 },
      )
      .toBe(true);
    await cache.delete(name);
    expect(await cache.add(name, 'fourth', 60_000)).toBe(true);
    expect(await cache.get(name)).toBe('fourth');
  });

  it('adds nothing that would not live', async () => {
    const name = key();
    expect(await cache.add(name, 'value', 0)).toBe(false);
    expect(await cache.add(name, undefined, 60_000)).toBe(false);
    expect(await cache.get(name)).toBeUndefined();
  });

  it('replaces what still is as expected, and nothing else', async () => {
    const name = key();
    expect(await cache.replace(name, 'mine', 'other', 60_000)).toBe(false);
    await cache.set(name, { holder: 'me' }, 40);
    expect(await cache.replace(name, { holder: 'you' }, 'other', 60_000)).toBe(false);
    expect(await cache.replace(name, { holder: 'me' }, { holder: 'me' }, 60_000)).toBe(true);
    await subject.pass(60);
    expect(await cache.get(name)).toEqual({ holder: 'me' });
    expect(await cache.replace(name, { holder: 'me' }, undefined, 0)).toBe(true);
    expect(await cache.get(name)).toBeUndefined();
  });

  it('refuses what is not JSON, and keeps what was there', async () => {
    const name = key();
    await cache.set(name, 'before', 60_000);
    await expect(cache.set(name, 1n, 60_000)).rejects.toThrow(TypeError);
    expect(await cache.get(name)).toBe('before');
  });
}

describe('the cache in memory', () => {
  cacheContract(async () => {
    let time = Date.UTC(2026, 0, 1);
    return {
      cache: createMemoryCache({ clock: { now: () => new Date(time) } }),
      pass: async (ms) => {
        time += ms;
      },
      close: async () => undefined,
    };
  });
});

describe.skipIf(!redisUrl)('the cache in Redis (skipped where there is no redis-server)', () => {
  cacheContract(async () => {
    const quiet = () => undefined;
    const opened = await createCache({
      redisUrl: redisUrl ?? '',
      prefix: `cache-contract-${randomUUID()}`,
      clock: { now: () => new Date() },
      logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    });
    // Memory would pass the same suite.
    expect(await opened.part.health()).toEqual({ status: 'up', detail: 'Redis' });
    return {
      cache: opened.cache,
      pass: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      close: opened.close,
    };
  });
});
