import { describe, expect, it } from 'vitest';
import { createCircuit } from '../../../src/domain/circuit.ts';
import { AppError } from '../../../src/domain/errors.ts';
import { withRetries } from '../../../src/domain/retry.ts';

const fails = () => Promise.reject(new AppError('unavailable', 'away'));
const works = () => Promise.resolve('fine');

describe('a circuit', () => {
  it('opens after failures in a row, not after failures among successes', async () => {
    let now = 0;
    const circuit = createCircuit({ name: 'It', now: () => now, failures: 2, restMs: 100 });
    await circuit.run(fails).catch(() => undefined);
    await circuit.run(works);
    await circuit.run(fails).catch(() => undefined);
    expect(circuit.state()).toBe('closed');
    await circuit.run(fails).catch(() => undefined);
    expect(circuit.state()).toBe('open');
    await expect(circuit.run(works)).rejects.toMatchObject({
      code: 'unavailable',
      retryAfterMs: 100,
    });
    now = 100;
    expect(circuit.state()).toBe('half open');
    expect(await circuit.run(works)).toBe('fine');
    expect(circuit.state()).toBe('closed');
  });

  it('lets one call find out, refuses the others meanwhile, and opens again when that fails', async () => {
    let now = 0;
    const circuit = createCircuit({ name: 'It', now: () => now, failures: 1, restMs: 100 });
    await circuit.run(fails).catch(() => undefined);
    now = 100;
    let failNow: (error: Error) => void = () => undefined;
    const probe = circuit.run(() => new Promise((_, reject) => (failNow = reject)));
    await expect(circuit.run(works)).rejects.toMatchObject({ code: 'unavailable' });
    failNow(new AppError('timeout', 'slow'));
    await expect(probe).rejects.toMatchObject({ code: 'timeout' });
    expect(circuit.state()).toBe('open');
  });

  it('learns nothing from a call that the caller gave up', async () => {
    let now = 0;
    const circuit = createCircuit({ name: 'It', now: () => now, failures: 2, restMs: 100 });
    const isOurs = () => true;
    await circuit.run(fails).catch(() => undefined);
    // Not a success: the failure before it still counts.
    await expect(circuit.run(fails, isOurs)).rejects.toMatchObject({ code: 'unavailable' });
    expect(circuit.state()).toBe('closed');
    await circuit.run(fails).catch(() => undefined);
    expect(circuit.state()).toBe('open');
    now = 100;
    // Nor a failure: the next one may find out at once.
    await expect(circuit.run(fails, isOurs)).rejects.toMatchObject({ code: 'unavailable' });
    expect(circuit.state()).toBe('half open');
    expect(await circuit.run(works)).toBe('fine');
    expect(circuit.state()).toBe('closed');
  });

  it('does not count what was asked wrongly', async () => {
    const circuit = createCircuit({ name: 'It', now: () => 0, failures: 1 });
    const wrong = () => Promise.reject(new AppError('bad_request', 'no'));
    await expect(circuit.run(wrong)).rejects.toMatchObject({ code: 'bad_request' });
    expect(circuit.state()).toBe('closed');
  });
});

describe('trying again', () => {
  const options = (waited: number[]) => ({
    attempts: 4,
    firstMs: 100,
    mostMs: 300,
    pause: async (ms: number) => void waited.push(ms),
    random: () => 1,
  });

  it('waits longer each time, up to a limit, and gives the last failure', async () => {
    const waited: number[] = [];
    await expect(withRetries(fails, options(waited))).rejects.toMatchObject({
      code: 'unavailable',
    });
    expect(waited).toEqual([100, 200, 300]);
  });

  it('waits as long as it was asked to, within the limit', async () => {
    const waited: number[] = [];
    const asks = [50, 9_999];
    const call = () => {
      const retryAfterMs = asks.shift();
      if (retryAfterMs === undefined) return works();
      return Promise.reject(new AppError('rate_limited', 'slower', { retryAfterMs }));
    };
    expect(await withRetries(call, options(waited))).toBe('fine');
    expect(waited).toEqual([50, 300]);
  });

  it('stops at once when it is not worth it', async () => {
    const waited: number[] = [];
    const call = () => Promise.reject(new AppError('config', 'wrong key'));
    await expect(withRetries(call, options(waited))).rejects.toMatchObject({ code: 'config' });
    expect(waited).toEqual([]);
  });
});
