import { describe, expect, it } from 'vitest';
import { createCaller } from '../../../adapters/llm/caller.ts';
import { AppError } from '../../../src/domain/errors.ts';

function open(isLast = true) {
  const state = { now: 0 };
  const pauses: number[] = [];
  const caller = createCaller({
    name: 'openai',
    timeoutMs: 60_000,
    isLast,
    clock: { now: () => new Date(state.now) },
    random: () => 1,
    pause: async (ms) => void pauses.push(ms),
  });
  return { caller, state, pauses };
}

const going = new AbortController().signal;
const failing = (code: 'unavailable' | 'timeout' | 'bad_request') => {
  let calls = 0;
  return {
    count: () => calls,
    work: async () => {
      calls += 1;
      throw new AppError(code, 'It went wrong.');
    },
  };
};

describe('calling a provider', () => {
  it('tries three times where nobody stands behind it, and waits longer each time', async () => {
    const { caller, pauses } = open();
    const { work, count } = failing('unavailable');
    await expect(caller.call(going, work)).rejects.toThrow('It went wrong.');
    expect(count()).toBe(3);
    expect(pauses).toEqual([500, 1_000]);
  });

  it('tries twice where another stands behind it, and not again after it hung', async () => {
    const unavailable = failing('unavailable');
    await expect(open(false).caller.call(going, unavailable.work)).rejects.toBeDefined();
    expect(unavailable.count()).toBe(2);
    const hung = failing('timeout');
    await expect(open(false).caller.call(going, hung.work)).rejects.toMatchObject({
      code: 'timeout',
      retryable: true,
    });
    expect(hung.count()).toBe(1);
  });

  it('does not repeat what was asked wrongly', async () => {
    const { work, count } = failing('bad_request');
    await expect(open().caller.call(going, work)).rejects.toMatchObject({ code: 'bad_request' });
    expect(count()).toBe(1);
  });

  it('learns from those who waited long and left, not from those who changed their mind', async () => {
    const { caller, state } = open();
    const leave = async (afterMs: number) => {
      const leaving = new AbortController();
      const asked = caller.call(leaving.signal, () => new Promise(() => undefined));
      state.now += afterMs;
      leaving.abort(new Error('I left.'));
      await expect(asked).rejects.toThrow('I left.');
    };
    for (let time = 0; time < 6; time++) await leave(100);
    expect(caller.state()).toBe('closed');
    for (let time = 0; time < 5; time++) await leave(12_000);
    expect(caller.state()).toBe('open');
  });
});
