import { describe, expect, it } from 'vitest';
import { createMemoryCache } from '../../../adapters/cache/memory-cache.ts';
import type { Explanation } from '../../../src/rca/index.ts';
import { createSingleFlight } from '../../../src/rca/single-flight.ts';
import { payments } from './examples.ts';
import { startExplain } from './writer.ts';

/** Processes that share a cache; time passes only while somebody waits. */
async function start() {
  const time = { now: Date.UTC(2026, 0, 2) };
  const cache = createMemoryCache({ clock: { now: () => new Date(time.now) } });
  const lines: string[] = [];
  const log = (line: string) => void lines.push(line);
  const logger = { debug: log, info: log, warn: log, error: log };
  let made = 0;
  const ids = { next: (prefix: string) => `${prefix}_${++made}` };
  const pause = async (ms: number) => {
    time.now += ms;
    await new Promise(setImmediate);
  };
  const open = (own = cache) => createSingleFlight({ cache: own, ids, logger, pause });
  const explanation = await startExplain().explain(payments());
  return { cache, open, lines, time, explanation };
}

const nothing = async () => undefined;

/** Work that ends when it is told to. */
function slow(explanation: Explanation) {
  const calls: (() => void)[] = [];
  const work = () => new Promise<Explanation>((resolve) => calls.push(() => resolve(explanation)));
  return { calls, work };
}

const turns = async (count: number) => {
  for (let i = 0; i < count; i++) await new Promise(setImmediate);
};

describe('equal work in several processes', () => {
  it('is done by one, and the others get what it made, also when that is not kept', async () => {
    const { open, explanation } = await start();
    const { calls, work } = slow(explanation);
    const [one, other] = [open(), open()];
    const flying = [one, other, one, other].map((fly) => fly('key', { stored: nothing, work }));
    await turns(10);
    expect(calls).toHaveLength(1);
    calls[0]?.();
    const ended = await Promise.all(flying);
    expect(ended.map((end) => end.explanation)).toEqual(Array(4).fill(explanation));
    expect(ended.filter(({ isFirst }) => isFirst)).toHaveLength(1);
    expect(calls).toHaveLength(1);
  });

  it('is done anew by who comes after it ended', async () => {
    const { open, explanation } = await start();
    let calls = 0;
    const work = async () => {
      calls++;
      return explanation;
    };
    await open()('key', { stored: nothing, work });
    await open()('key', { stored: nothing, work });
    expect(calls).toBe(2);
  });

  it('is not begun when another finished it between the look and the lease', async () => {
    const { open, explanation } = await start();
    const { calls, work } = slow(explanation);
    const ended = await open()('key', { stored: async () => explanation, work });
    expect(ended).toEqual({ explanation, isFirst: false });
    expect(calls).toHaveLength(0);
  });

  it('is taken over when its holder dies', async () => {
    const { cache, open, explanation, time } = await start();
    await cache.add('mira:working:key', 'work_of_the_dead', 5_000);
    const before = time.now;
    const ended = await open()('key', { stored: nothing, work: async () => explanation });
    expect(ended).toEqual({ explanation, isFirst: true });
    expect(time.now - before).toBe(5_000);
  });

  it('is tried by the next when the first fails', async () => {
    const { open, explanation } = await start();
    const failing = open()('key', {
      stored: nothing,
      work: async () => {
        await turns(5);
        throw new Error('A fault.');
      },
    });
    const next = open()('key', { stored: nothing, work: async () => explanation });
    await expect(failing).rejects.toThrow('A fault.');
    expect(await next).toEqual({ explanation, isFirst: true });
  });

  it('is done by each for itself while the cache is away', async () => {
    const { open, explanation, lines } = await start();
    const away = () => Promise.reject(new Error('away'));
    const broken = { get: away, set: away, delete: away, add: away, replace: away, clear() {} };
    const ended = await open(broken)('key', { stored: nothing, work: async () => explanation });
    expect(ended).toEqual({ explanation, isFirst: true });
    expect(lines).toContain('The lease of an explanation could not be used');
  });
});
