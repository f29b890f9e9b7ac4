import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attempt } from '../../adapters/queue/attempt.ts';
import { judge, reasonOf } from '../../adapters/queue/rules.ts';
import { AppError } from '../../src/domain/errors.ts';
import { noteJob } from '../fixtures/queue/note-job.ts';

const DAY = 86_400_000;
const retry = { attempts: 10, firstMs: 100, mostMs: 5_000 };
const busy = new AppError('busy', 'Busy.');
const tried = (attempt: number, ageMs = 0) => ({ attempt, attempts: 10, ageMs });

describe('the wait before another try', () => {
  it('lies between half of the doubled wait and all of it, and never beyond the most', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (number, chance) => {
          const verdict = judge(busy, tried(number), retry, () => chance);
          const full = Math.min(5_000, 100 * 2 ** (number - 1));
          expect(verdict).toMatchObject({ outcome: 'retry' });
          const waitMs = verdict.outcome === 'retry' ? verdict.waitMs : 0;
          expect(waitMs).toBeGreaterThanOrEqual(full / 2);
          expect(waitMs).toBeLessThanOrEqual(full);
        },
      ),
    );
  });

  it('is never shorter than the other side asked for, also beyond our most', () => {
    const asked = new AppError('rate_limited', 'Later.', { retryAfterMs: 60_000 });
    for (const verdict of [
      judge(asked, tried(1), retry, () => 0),
      judge(asked, tried(1, DAY), retry, () => 0),
    ]) {
      expect(verdict).toMatchObject({ waitMs: 60_000 });
    }
  });

  it('costs no attempt while it is merely not the turn of the job, for an hour at most', () => {
    const turn = new AppError('busy', 'Not yet.', { retryAfterMs: 1_000 });
    expect(judge(turn, tried(10), retry, () => 0)).toEqual({ outcome: 'postponed', waitMs: 1_000 });
    expect(judge(turn, tried(9, DAY), retry, () => 0)).toMatchObject({ outcome: 'retry' });
    expect(judge(turn, tried(10, DAY), retry, () => 0)).toMatchObject({ outcome: 'dead' });
  });
});

describe('the end of a job', () => {
  it.each([
    ['a final failure', new AppError('not_found', 'Gone.'), 1],
    ['the last attempt', busy, 10],
    ['an attempt beyond the last', busy, 11],
  ])('comes with %s', (_, error, number) => {
    expect(judge(error, tried(number), retry, () => 0)).toMatchObject({ outcome: 'dead' });
  });

  it('comes when process after process died on it', async () => {
    const poisoned = {
      id: 'poison',
      data: { text: '' },
      opts: { attempts: 3 },
      attemptsMade: 0,
      timestamp: 0,
    };
    const run = async (attemptsStarted: number, progress: unknown = 0) => {
      let ran = false;
      const result = await attempt(
        noteJob('note'),
        async () => {
          ran = true;
        },
        { ...poisoned, attemptsStarted, progress },
        new AbortController().signal,
        { random: () => 0, clock: { now: () => new Date(0) } },
      );
      return { ran, verdict: result?.verdict };
    };
    expect(await run(31)).toEqual({ ran: true, verdict: { outcome: 'done' } });
    const { ran, verdict } = await run(32);
    expect(ran).toBe(false);
    expect(verdict).toMatchObject({ outcome: 'dead', reason: expect.stringMatching(/31 times/) });
    // Starts that ended with being sent away are no deaths.
    expect(await run(100, { postponed: 80 })).toMatchObject({ ran: true });
  });
});

describe('the reason that is kept', () => {
  it('never holds what a foreign error says', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 3 }), (secret) => {
        expect(reasonOf(new RangeError(`!${secret}!`))).toBe('internal: RangeError');
      }),
    );
    expect(reasonOf('thrown text')).toBe('internal: string');
  });

  it('is short and printable, so that every database takes it', () => {
    const reason = reasonOf(new AppError('internal', `a\u0000b\n${'x'.repeat(2_000)}`));
    expect(reason).toMatch(/^internal: a b x+$/);
    expect(reason).toHaveLength(500);
  });
});
