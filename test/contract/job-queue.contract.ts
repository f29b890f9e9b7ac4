import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { AppError } from '../../src/domain/errors.ts';
import type { JobContext, JobDefinition, JobQueue, JobWorkers } from '../../src/ports/job-queue.ts';
import { type Note, noteJob } from '../fixtures/queue/note-job.ts';

/** One process's end of the queue. */
export type OpenQueue = { queue: JobQueue; workers: JobWorkers; close(): Promise<void> };

/** A queue that was started for these tests. `open` is like one more process on it. */
export type QueueUnderTest = {
  open(): Promise<OpenQueue>;
  stop(): Promise<void>;
};

/** Slower machines than ours must pass, so the deadline is far beyond what anything here takes. */
const soon = { timeout: 20_000, interval: 10 };

/** What every job queue does, wherever it keeps its jobs. */
export function jobQueueContract(start: () => Promise<QueueUnderTest>): void {
  let under: QueueUnderTest;
  const open: OpenQueue[] = [];
  let count = 0;

  beforeAll(async () => {
    under = await start();
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((each) => each.close()));
  });
  afterAll(async () => {
    await under?.stop();
  });

  const another = async () => {
    const opened = await under.open();
    open.push(opened);
    return opened;
  };

  /** Every test has job names of its own, so that they can share one backend. */
  const define = (changes: Partial<JobDefinition<Note>> = {}) =>
    noteJob(`note-${process.pid}-${++count}`, changes);

  /** A job that stays in its processor until it is let go. */
  const gate = () => {
    let open = () => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    return { open, opened };
  };

  describe('enqueue', () => {
    it('has a job processed once, with its payload, id and attempt', async () => {
      const { queue, workers } = await another();
      const job = define();
      const seen: { payload: Note; id: string; attempt: number }[] = [];
      await workers.work(job, async (payload, { id, attempt }) => {
        seen.push({ payload, id, attempt });
      });
      await queue.enqueue(job, { text: 'disk full — 磁盘已满' }, { id: 'one' });
      await queue.enqueue(job, { text: 'last' }, { id: 'last' });
      await vi.waitFor(() => expect(seen.map((each) => each.id)).toContain('last'), soon);
      expect(seen.filter((each) => each.id === 'one')).toEqual([
        { payload: { text: 'disk full — 磁盘已满' }, id: 'one', attempt: 1 },
      ]);
    });

    it('keeps a job until somebody works on its name', async () => {
      const { queue, workers } = await another();
      const job = define();
      await queue.enqueue(job, { text: 'early' }, { id: 'early' });
      const seen: string[] = [];
      await workers.work(job, async ({ text }) => {
        seen.push(text);
      });
      await vi.waitFor(() => expect(seen).toEqual(['early']), soon);
    });

    it('takes equal ids for one job, while it waits and after it is done', async () => {
      const { queue, workers } = await another();
      const job = define({ concurrency: 1 });
      const seen: string[] = [];
      await queue.enqueue(job, { text: 'first' }, { id: 'same' });
      await queue.enqueue(job, { text: 'second' }, { id: 'same' });
      await workers.work(job, async ({ text }) => {
        seen.push(text);
      });
      await vi.waitFor(() => expect(seen).toEqual(['first']), soon);
      await queue.enqueue(job, { text: 'third' }, { id: 'same' });
      await queue.enqueue(job, { text: 'end' }, { id: 'end' });
      await vi.waitFor(() => expect(seen).toContain('end'), soon);
      expect(seen).toEqual(['first', 'end']);
    });

    it('takes equal ids for one job when they arrive together', async () => {
      const [one, two] = [await another(), await another()];
      const job = define({ concurrency: 1 });
      await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          (i % 2 ? one : two).queue.enqueue(job, { text: 'x' }, { id: 'together' }),
        ),
      );
      await one.queue.enqueue(job, { text: 'end' }, { id: 'end' });
      const seen: string[] = [];
      await one.workers.work(job, async (_, { id }) => {
        seen.push(id);
      });
      await vi.waitFor(() => expect(seen).toContain('end'), soon);
      expect(seen).toEqual(['together', 'end']);
    });

    it('lets a delayed job wait while others pass', async () => {
      const { queue, workers } = await another();
      const job = define();
      const seen: string[] = [];
      let startedAt = 0;
      await workers.work(job, async (_, { id }) => {
        if (id === 'later') startedAt = Date.now();
        seen.push(id);
      });
      const askedAt = Date.now();
      await queue.enqueue(job, { text: '' }, { id: 'later', delayMs: 1_500 });
      await queue.enqueue(job, { text: '' }, { id: 'now' });
      await vi.waitFor(() => expect(seen).toHaveLength(2), soon);
      expect(seen).toEqual(['now', 'later']);
      // Timers and clocks may differ by a millisecond.
      expect(startedAt - askedAt).toBeGreaterThanOrEqual(1_499);
    });

    it.each(['12', '-5', '', 'a:b', 'a b', 'ümlaut', 'x'.repeat(201)])(
      'refuses the id %j',
      async (id) => {
        const { queue } = await another();
        await expect(queue.enqueue(define(), { text: '' }, { id })).rejects.toMatchObject({
          name: 'AppError',
          code: 'bad_request',
        });
      },
    );

    it('refuses a name that is not kebab-case', async () => {
      const { queue, workers } = await another();
      const job = define({ name: 'Not:This' });
      const refused = { name: 'AppError', code: 'bad_request' };
      await expect(queue.enqueue(job, { text: '' }, { id: 'a' })).rejects.toMatchObject(refused);
      await expect(workers.work(job, async () => {})).rejects.toMatchObject(refused);
    });

    it('refuses a payload that does not fit, without repeating it', async () => {
      const { queue } = await another();
      const job = define();
      const wrong = { text: 42, secret: 'hunter2' } as unknown as Note;
      const refusal = queue.enqueue(job, wrong, { id: 'wrong' });
      await expect(refusal).rejects.toMatchObject({ name: 'AppError', code: 'bad_request' });
      await expect(refusal).rejects.toThrow(/at text/);
      await expect(refusal).rejects.not.toThrow(/42|hunter2/);
    });
  });

  describe('failures', () => {
    it('tries a retryable failure again, with growing waits, until it works', async () => {
      const { queue, workers } = await another();
      const job = define({ retry: { attempts: 5, firstMs: 100, mostMs: 200 } });
      const tries: { attempt: number; at: number }[] = [];
      await workers.work(job, async (_, { attempt }) => {
        tries.push({ attempt, at: Date.now() });
        if (attempt < 4) throw new AppError('unavailable', 'Not now.');
      });
      await queue.enqueue(job, { text: '' }, { id: 'shaky' });
      await vi.waitFor(() => expect(tries.map((each) => each.attempt)).toEqual([1, 2, 3, 4]), soon);
      const waits = tries.slice(1).map((each, i) => each.at - (tries[i]?.at ?? 0));
      // At least half of 100, 200 and 200 ms; the other half is chance.
      expect(waits.map((wait, i) => wait >= ([49, 99, 99][i] ?? 0))).toEqual([true, true, true]);
      expect((await queue.listDead(100)).map((dead) => dead.job)).not.toContain(job.name);
    });

    it('waits at least as long as the other side asked', async () => {
      const { queue, workers } = await another();
      const job = define({ retry: { attempts: 2, firstMs: 1, mostMs: 1 } });
      const at: number[] = [];
      await workers.work(job, async () => {
        at.push(Date.now());
        if (at.length === 1) {
          throw new AppError('rate_limited', 'Too fast.', { retryAfterMs: 500 });
        }
      });
      await queue.enqueue(job, { text: '' }, { id: 'limited' });
      await vi.waitFor(() => expect(at).toHaveLength(2), soon);
      expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(499);
    });

    it('lets a job wait for its turn at no cost of an attempt', async () => {
      const { queue, workers } = await another();
      const job = define({ retry: { attempts: 2, firstMs: 1, mostMs: 1 } });
      const attempts: number[] = [];
      await workers.work(job, async (_, { attempt }) => {
        attempts.push(attempt);
        if (attempts.length < 5) throw new AppError('busy', 'Not yet.', { retryAfterMs: 20 });
        if (attempts.length === 5) throw new AppError('unavailable', 'Away.');
      });
      await queue.enqueue(job, { text: '' }, { id: 'patient' });
      await vi.waitFor(() => expect(attempts).toEqual([1, 1, 1, 1, 1, 2]), soon);
      expect((await queue.listDead(100)).map((dead) => dead.job)).not.toContain(job.name);
    });

    it('gives a final failure up at once and keeps code and sentence', async () => {
      const { queue, workers } = await another();
      const job = define();
      let tries = 0;
      await workers.work(job, async () => {
        tries++;
        throw new AppError('not_found', 'There is no such incident.');
      });
      await queue.enqueue(job, { text: 'top secret' }, { id: 'final' });
      const dead = await deadOf(queue, job.name);
      expect(dead).toEqual([
        {
          job: job.name,
          id: 'final',
          attempts: 1,
          reason: 'not_found: There is no such incident.',
          diedAt: expect.any(Date),
        },
      ]);
      expect(tries).toBe(1);
    });

    it('gives up after the last attempt, and keeps only the name of a foreign error', async () => {
      const { queue, workers } = await another();
      const job = define();
      await workers.work(job, async ({ text }) => {
        throw new TypeError(`cannot read ${text}`);
      });
      await queue.enqueue(job, { text: 'hunter2' }, { id: 'worn-out' });
      const [dead] = await deadOf(queue, job.name);
      expect(dead).toMatchObject({ attempts: 3, reason: 'internal: TypeError' });
    });

    it('gives a job up at once whose payload fits no more', async () => {
      const { queue, workers } = await another();
      const older = define();
      const newer: JobDefinition<{ text: string; channel: string }> = {
        ...older,
        payload: z.object({ text: z.string(), channel: z.string() }),
      };
      let calls = 0;
      await queue.enqueue(older, { text: 'hunter2' }, { id: 'old-shape' });
      await workers.work(newer, async () => {
        calls++;
      });
      const [dead] = await deadOf(queue, older.name);
      expect(dead).toMatchObject({ id: 'old-shape', attempts: 1 });
      expect(dead?.reason).toMatch(/^bad_request: .* at channel/);
      expect(calls).toBe(0);
    });

    it('lists the dead of all names, newest first, as many as asked for', async () => {
      const { queue, workers } = await another();
      const jobs = [define(), define(), define()];
      for (const job of jobs) {
        await workers.work(job, async () => {
          throw new AppError('forbidden', 'No.');
        });
        await queue.enqueue(job, { text: '' }, { id: 'dead' });
        await deadOf(queue, job.name);
      }
      const newest = await queue.listDead(2);
      expect(newest.map((dead) => dead.job)).toEqual([jobs[2]?.name, jobs[1]?.name]);
      expect(await queue.listDead(0)).toEqual([]);
    });

    it('lists the dead to a process that never saw the job', async () => {
      const { queue, workers } = await another();
      const job = define();
      await workers.work(job, async () => {
        throw new AppError('forbidden', 'No.');
      });
      await queue.enqueue(job, { text: '' }, { id: 'elsewhere' });
      const stranger = await another();
      expect(await deadOf(stranger.queue, job.name)).toHaveLength(1);
    });

    it('retries a dead job with all its attempts', async () => {
      const { queue, workers } = await another();
      const job = define();
      const attempts: number[] = [];
      let broken = true;
      await workers.work(job, async (_, { attempt }) => {
        attempts.push(attempt);
        if (broken) throw new AppError('busy', 'Busy.');
      });
      await queue.enqueue(job, { text: '' }, { id: 'again' });
      await deadOf(queue, job.name);
      expect(attempts).toEqual([1, 2, 3]);
      expect(await queue.retryDead(job.name, 'again')).toBe(true);
      await vi.waitFor(() => expect(attempts).toEqual([1, 2, 3, 1, 2, 3]), soon);
      await deadOf(queue, job.name);
      broken = false;
      expect(await queue.retryDead(job.name, 'again')).toBe(true);
      await vi.waitFor(() => expect(attempts).toEqual([1, 2, 3, 1, 2, 3, 1]), soon);
      await vi.waitFor(async () => expect(await namesOfDead(queue)).not.toContain(job.name), soon);
    });

    it('retries nothing that is not dead', async () => {
      const { queue, workers } = await another();
      const job = define();
      expect(await queue.retryDead('nobody-knows', 'x')).toBe(false);
      await queue.enqueue(job, { text: '' }, { id: 'fine' });
      expect(await queue.retryDead(job.name, 'fine')).toBe(false);
      expect(await queue.retryDead(job.name, 'missing')).toBe(false);
      let runs = 0;
      await workers.work(job, async () => {
        runs++;
      });
      await vi.waitFor(() => expect(runs).toBe(1), soon);
      expect(await queue.retryDead(job.name, 'fine')).toBe(false);
    });

    it('leaves a dead job dead when its id is enqueued again', async () => {
      const { queue, workers } = await another();
      const job = define({ concurrency: 1 });
      const seen: string[] = [];
      await workers.work(job, async (_, { id }) => {
        seen.push(id);
        if (id === 'dead') throw new AppError('forbidden', 'No.');
      });
      await queue.enqueue(job, { text: '' }, { id: 'dead' });
      await deadOf(queue, job.name);
      await queue.enqueue(job, { text: '' }, { id: 'dead' });
      await queue.enqueue(job, { text: '' }, { id: 'end' });
      await vi.waitFor(() => expect(seen).toContain('end'), soon);
      expect(seen).toEqual(['dead', 'end']);
    });
  });

  describe('schedules', () => {
    it('run again and again, and are replaced by the same job', async () => {
      const { queue, workers } = await another();
      const job = define();
      const seen: string[] = [];
      await workers.work(job, async ({ text }) => {
        seen.push(text);
      });
      await queue.schedule(job, { text: 'old' }, { everyMs: 150 });
      await vi.waitFor(() => expect(seen.length).toBeGreaterThanOrEqual(3), soon);
      await queue.schedule(job, { text: 'new' }, { everyMs: 100 });
      await vi.waitFor(
        () => expect(seen.filter((text) => text === 'new').length).toBeGreaterThanOrEqual(3),
        soon,
      );
      // One run of the old schedule may have been on its way.
      const since = seen.indexOf('new');
      expect(seen.slice(since + 2)).not.toContain('old');
    });

    it('follow a cron expression in a time zone', async () => {
      const { queue, workers } = await another();
      const job = define();
      const seen: string[] = [];
      await workers.work(job, async ({ text }) => {
        seen.push(text);
      });
      const everySecond = { cron: '* * * * * *', timeZone: 'Asia/Kathmandu' };
      await queue.schedule(job, { text: 'tick' }, everySecond);
      await vi.waitFor(() => expect(seen.length).toBeGreaterThanOrEqual(2), soon);
    });

    it('may be set by several processes at once', async () => {
      const handles = [await another(), await another(), await another()];
      const job = define();
      const seen: string[] = [];
      await handles[0]?.workers.work(job, async (_, { id }) => {
        seen.push(id);
      });
      await Promise.all(
        handles.map(({ queue }) => queue.schedule(job, { text: '' }, { everyMs: 100 })),
      );
      await vi.waitFor(() => expect(new Set(seen).size).toBeGreaterThanOrEqual(6), soon);
      // Each of the others may have put a run back that was just done; from then on there is one schedule.
      const doubled = seen.length - new Set(seen).size;
      expect(doubled).toBeLessThan(handles.length);
    });

    it('go on after a run that failed for good', async () => {
      const { queue, workers } = await another();
      const job = define({ retry: { attempts: 1, firstMs: 10, mostMs: 10 } });
      let runs = 0;
      await workers.work(job, async () => {
        if (++runs === 1) throw new AppError('internal', 'Broken once.');
      });
      await queue.schedule(job, { text: '' }, { everyMs: 100 });
      await vi.waitFor(() => expect(runs).toBeGreaterThanOrEqual(3), soon);
      const [dead] = (await queue.listDead(100)).filter((each) => each.job === job.name);
      expect(await queue.retryDead(job.name, dead?.id ?? '')).toBe(true);
    });
  });

  describe('workers', () => {
    it('work on no more jobs of a name at once than it allows', async () => {
      const { queue, workers } = await another();
      const job = define({ concurrency: 2 });
      let now = 0;
      let most = 0;
      let done = 0;
      await workers.work(job, async () => {
        most = Math.max(most, ++now);
        await new Promise((resolve) => setTimeout(resolve, 20));
        now--;
        done++;
      });
      await Promise.all(
        Array.from({ length: 12 }, (_, i) => queue.enqueue(job, { text: '' }, { id: `j${i}` })),
      );
      await vi.waitFor(() => expect(done).toBe(12), soon);
      expect(most).toBe(2);
    });

    it('do not let the slow jobs of one name hold up another', async () => {
      const { queue, workers } = await another();
      const [slow, quick] = [define({ concurrency: 1 }), define({ concurrency: 1 })];
      const hold = gate();
      const seen: string[] = [];
      await workers.work(slow, () => hold.opened);
      await workers.work(quick, async (_, { id }) => {
        seen.push(id);
      });
      for (const id of ['a', 'b', 'c']) await queue.enqueue(slow, { text: '' }, { id });
      await queue.enqueue(quick, { text: '' }, { id: 'quick' });
      await vi.waitFor(() => expect(seen).toEqual(['quick']), soon);
      hold.open();
    });

    it('of two processes never work on one job at once, and do each job once', async () => {
      const [one, two] = [await another(), await another()];
      const job = define({ concurrency: 3 });
      const inHand = new Set<string>();
      const finished: string[] = [];
      const began = new Set<string>();
      const bothBegan = gate();
      const process =
        (who: string) =>
        async (_: Note, { id }: JobContext) => {
          expect(inHand.has(id)).toBe(false);
          inHand.add(id);
          // Neither may do all the work alone, or there would be nothing to see.
          if (began.add(who).size === 2) bothBegan.open();
          await bothBegan.opened;
          await new Promise((resolve) => setTimeout(resolve, 5));
          inHand.delete(id);
          finished.push(id);
        };
      await one.workers.work(job, process('one'));
      await two.workers.work(job, process('two'));
      const ids = Array.from({ length: 60 }, (_, i) => `job-${i}`);
      await Promise.all(ids.map((id) => one.queue.enqueue(job, { text: '' }, { id })));
      await vi.waitFor(() => expect(finished.length).toBeGreaterThanOrEqual(60), soon);
      expect([...finished].sort()).toEqual([...ids].sort());
      expect(await namesOfDead(one.queue)).not.toContain(job.name);
    });

    it('are refused a second time for one name', async () => {
      const { workers } = await another();
      const job = define();
      await workers.work(job, async () => {});
      await expect(workers.work(job, async () => {})).rejects.toMatchObject({ code: 'conflict' });
    });
  });

  describe('drain', () => {
    it('lets running jobs finish and takes no new ones', async () => {
      const leaving = await another();
      const job = define({ concurrency: 1 });
      const hold = gate();
      const seen: string[] = [];
      await leaving.workers.work(job, async (_, { id }) => {
        seen.push(id);
        await hold.opened;
      });
      await leaving.queue.enqueue(job, { text: '' }, { id: 'running' });
      await vi.waitFor(() => expect(seen).toEqual(['running']), soon);
      await leaving.queue.enqueue(job, { text: '' }, { id: 'waiting' });
      const drained = leaving.workers.drain(10_000);
      hold.open();
      await drained;
      expect(seen).toEqual(['running']);

      const staying = await another();
      await staying.workers.work(job, async (_, { id }) => {
        seen.push(id);
      });
      await vi.waitFor(() => expect(seen).toEqual(['running', 'waiting']), soon);
    });

    it('hands unfinished jobs to another process at no cost of an attempt', async () => {
      const [leaving, staying] = [await another(), await another()];
      const job = define({ retry: { attempts: 1, firstMs: 10, mostMs: 10 } });
      const hold = gate();
      const begun: string[] = [];
      let aborted = 0;
      await leaving.workers.work(job, async (_, { id, signal }) => {
        begun.push(id);
        signal.addEventListener('abort', () => {
          aborted++;
        });
        if (id === 'heeds') {
          await new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => reject(signal.reason));
          });
        }
        // Deaf to the signal.
        await hold.opened;
      });
      await leaving.queue.enqueue(job, { text: '' }, { id: 'heeds' });
      await leaving.queue.enqueue(job, { text: '' }, { id: 'deaf' });
      await vi.waitFor(() => expect(begun).toHaveLength(2), soon);
      const taken: { id: string; attempt: number }[] = [];
      await leaving.workers.drain(300);
      expect(aborted).toBe(2);
      await staying.workers.work(job, async (_, { id, attempt }) => {
        taken.push({ id, attempt });
      });
      await vi.waitFor(() => expect(taken).toHaveLength(2), soon);
      expect(taken.sort((a, b) => a.id.localeCompare(b.id))).toEqual([
        { id: 'deaf', attempt: 1 },
        { id: 'heeds', attempt: 1 },
      ]);
      hold.open();
    });

    it('is final', async () => {
      const { workers } = await another();
      await workers.drain(100);
      await workers.drain(100);
      await expect(workers.work(define(), async () => {})).rejects.toMatchObject({
        code: 'unavailable',
      });
    });
  });
}

async function deadOf(queue: JobQueue, name: string) {
  return vi.waitFor(async () => {
    const dead = (await queue.listDead(100)).filter((each) => each.job === name);
    expect(dead).not.toEqual([]);
    return dead;
  }, soon);
}

async function namesOfDead(queue: JobQueue): Promise<string[]> {
  return (await queue.listDead(1_000)).map((dead) => dead.job);
}
