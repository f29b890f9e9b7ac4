import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createRetrievalRecorder } from '../../../knowledge/search/index.ts';
import { AppError } from '../../../src/domain/errors.ts';
import type { Metrics } from '../../../src/ports/metrics.ts';
import type { Retrieval } from '../../../src/ports/retrieval-log.ts';
import { clean } from '../../../src/safety/index.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const silent = () => undefined;
const logger = { debug: silent, info: silent, warn: silent, error: silent };

function recorderOn(add: (retrievals: readonly Retrieval[]) => Promise<void>) {
  const dropped: number[] = [];
  const metrics: Metrics = {
    count: (name, _, by = 1) => {
      if (name === 'sitrep_retrievals_unlogged_total') dropped.push(by);
    },
    gauge: silent,
    observe: silent,
  };
  return { ...createRetrievalRecorder({ log: { add }, metrics, logger }), dropped };
}

const asked = (question: string): Retrieval => ({
  at: new Date(0),
  question: clean(question),
  results: [],
  fits: false,
  degraded: false,
  ms: 1,
});

describe('recording what was asked', () => {
  it('writes together what came together, after the searches', async () => {
    const written: string[][] = [];
    const recorder = recorderOn(async (some) => {
      written.push(some.map(({ question }) => question));
    });
    recorder.record(asked('a'));
    recorder.record(asked('b'));
    expect(written).toEqual([]);
    await vi.advanceTimersByTimeAsync(2_000);
    recorder.record(asked('c'));
    await recorder.close();
    await recorder.close();
    expect(written).toEqual([['a', 'b'], ['c']]);
    expect(recorder.dropped).toEqual([]);
  });

  it('lets go of what the store does not take, counts it, and goes on', async () => {
    let away = true;
    const written: number[] = [];
    const recorder = recorderOn(async (some) => {
      if (away) throw new AppError('unavailable', 'The store is away.');
      written.push(some.length);
    });
    recorder.record(asked('a'));
    recorder.record(asked('b'));
    await vi.advanceTimersByTimeAsync(2_000);
    away = false;
    recorder.record(asked('c'));
    await vi.advanceTimersByTimeAsync(2_000);
    expect([recorder.dropped, written]).toEqual([[2], [1]]);
  });

  it('keeps no more than a few hundred while the store is slow', async () => {
    let done: () => void = silent;
    const written: number[] = [];
    const recorder = recorderOn(async (some) => {
      written.push(some.length);
      await new Promise<void>((resolve) => {
        done = resolve;
      });
    });
    recorder.record(asked('first'));
    await vi.advanceTimersByTimeAsync(2_000);
    for (let i = 0; i < 510; i++) recorder.record(asked(`${i}`));
    expect(recorder.dropped).toHaveLength(10);
    const closing = recorder.close();
    done();
    await vi.advanceTimersByTimeAsync(0);
    done();
    await closing;
    expect(written).toEqual([1, 500]);
  });
});
