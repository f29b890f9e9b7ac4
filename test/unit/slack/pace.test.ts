import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPace, type SharedLanes } from '../../../adapters/slack/api/pace.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

function start(shared?: { lanes: SharedLanes; owner: string }) {
  const clock = { now: () => new Date() };
  const pace = createPace({ clock, gapMs: 1_000, patienceMs: 2_000, shared });
  const acted: [name: string, second: number][] = [];
  const act =
    (name: string, takesMs = 0) =>
    async () => {
      acted.push([name, (Date.now() - 1_000_000) / 1000]);
      if (takesMs > 0) await new Promise((resolve) => setTimeout(resolve, takesMs));
      return name;
    };
  return { pace, acted, act };
}

describe('the pace of a channel', () => {
  it('is kept from the end of one call to the beginning of the next', async () => {
    const { pace, acted, act } = start();
    const all = Promise.all([
      pace.inTurn('C1', act('a', 500)),
      pace.inTurn('C1', act('b')),
      pace.inTurn('C2', act('c')),
    ]);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await all).toEqual(['a', 'b', 'c']);
    expect(acted).toEqual([
      ['a', 0],
      ['c', 0],
      ['b', 1.5],
    ]);
  });

  it('sends away who would wait too long, each a little later', async () => {
    const { pace, act } = start();
    const outcomes = Promise.allSettled(
      ['a', 'b', 'c', 'd', 'e'].map((name) => pace.inTurn('C1', act(name))),
    );
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await outcomes).toMatchObject([
      { value: 'a' },
      { value: 'b' },
      { value: 'c' },
      { reason: { code: 'busy', retryable: true, retryAfterMs: 3_000 } },
      { reason: { retryAfterMs: 4_000 } },
    ]);
  });

  it('lets go of who waited longer than they should, because of a slow one before', async () => {
    const { pace, acted, act } = start();
    const slow = pace.inTurn('C1', act('slow', 9_000));
    const next = pace.inTurn('C1', act('next')).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(12_000);
    await slow;
    expect(await next).toMatchObject({ code: 'busy' });
    expect(acted.map(([name]) => name)).toEqual(['slow']);
  });

  it('goes on after a failure', async () => {
    const { pace, act } = start();
    const failed = pace.inTurn('C1', () => Promise.reject(new Error('no'))).catch(() => 'failed');
    const next = pace.inTurn('C1', act('next'));
    await vi.advanceTimersByTimeAsync(2_000);
    expect([await failed, await next]).toEqual(['failed', 'next']);
  });

  it('is silent while Slack asks for it; only what can wait waits', async () => {
    const { pace, acted, act } = start();
    pace.hold('C1', 7_000);
    await expect(pace.inTurn('C1', act('a'))).rejects.toMatchObject({ retryAfterMs: 7_000 });
    const late = pace.atLast('C1', act('b'));
    await vi.advanceTimersByTimeAsync(8_000);
    await late;
    expect(acted).toEqual([['b', 7]]);
  });
});

/** A channel belongs to whoever took it last, until their time is over. */
function createLanes(): SharedLanes & { held: Map<string, { owner: string; until: number }> } {
  const held = new Map<string, { owner: string; until: number }>();
  return {
    held,
    async take(lane, owner, ms) {
      const holder = held.get(lane);
      if (holder && holder.owner !== owner && holder.until > Date.now()) return false;
      held.set(lane, { owner, until: Date.now() + ms });
      return true;
    },
  };
}

describe('a channel that several processes post to', () => {
  it('is kept at its pace by all of them together', async () => {
    const lanes = createLanes();
    const one = start({ lanes, owner: 'one' });
    const other = start({ lanes, owner: 'other' });
    const all = Promise.all([
      one.pace.inTurn('C1', one.act('a', 300)),
      other.pace.inTurn('C1', other.act('b')),
      other.pace.inTurn('C2', other.act('c')),
    ]);
    await vi.advanceTimersByTimeAsync(3_000);
    await all;
    const [, b] = [...one.acted, ...other.acted].filter(([name]) => name !== 'c');
    expect(b?.[1]).toBeGreaterThanOrEqual(1.3);
    expect(other.acted[0]).toEqual(['c', 0]);
  });

  it('sends away whoever does not get it in time, and is free a while after a kill', async () => {
    const lanes = createLanes();
    lanes.held.set('C1', { owner: 'killed', until: Date.now() + 5_000 });
    const { pace, act } = start({ lanes, owner: 'one' });
    const first = pace.inTurn('C1', act('a')).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(2_500);
    expect(await first).toMatchObject({ code: 'busy', retryAfterMs: 1_000 });
    await vi.advanceTimersByTimeAsync(2_500);
    expect(await pace.inTurn('C1', act('a'))).toBe('a');
  });

  it('is paced by each alone while what they share is away', async () => {
    const lanes: SharedLanes = { take: () => Promise.reject(new Error('away')) };
    const { pace, acted, act } = start({ lanes, owner: 'one' });
    const all = Promise.all([pace.inTurn('C1', act('a')), pace.inTurn('C1', act('b'))]);
    await vi.advanceTimersByTimeAsync(2_000);
    await all;
    expect(acted).toEqual([
      ['a', 0],
      ['b', 1],
    ]);
  });

  it('stays silent for all while Slack asks one of them for it', async () => {
    const lanes = createLanes();
    const one = start({ lanes, owner: 'one' });
    const other = start({ lanes, owner: 'other' });
    await one.pace.inTurn('C1', async () => one.pace.hold('C1', 30_000));
    const late = other.pace.inTurn('C1', other.act('b')).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(await late).toMatchObject({ code: 'busy' });
    expect(other.acted).toEqual([]);
  });
});
