import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPace } from '../../../adapters/slack/api/pace.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

function start() {
  const pace = createPace({ clock: { now: () => new Date() }, gapMs: 1_000, patienceMs: 2_000 });
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
