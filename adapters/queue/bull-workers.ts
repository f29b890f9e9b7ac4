import {
  DelayedError,
  type IQueueBackend,
  type Job,
  type JobProgress,
  UnrecoverableError,
  WaitingError,
  Worker,
} from 'bullmq';
import { AppError } from '../../src/domain/errors.ts';
import type { JobDefinition, JobWorkers, Processor } from '../../src/ports/job-queue.ts';
import { attempt, createAttemptReport, type Postponed, postponedOf } from './attempt.ts';
import type { Backend, QueueDeps } from './backend.ts';
import type { createBullQueue } from './bull-queue.ts';
import { checkJobName } from './rules.ts';
import { atMost } from './time.ts';

type BullWorker = Worker<unknown, void, string, IQueueBackend, JobProgress, unknown>;

type Running = {
  id: string;
  job: string;
  abort: AbortController;
  /** Ends our wait for the processor, which may never come back. */
  letGo(): void;
  ended: Promise<unknown>;
};

/** How long processors have after the signal to stop by themselves. */
const GRACE_MS = 1_000;
/** Writing back what became of the jobs must not hold up the end of the process any longer. */
const CLOSING_MS = 800;
const HAND_BACK_MS = 600;

/** After a lost connection BullMQ waits this long; its default of 15 s would be felt. */
const TRY_AGAIN_MS = 1_000;

/** Carries the wait that was worked out to BullMQ's backoff. */
class RetryLater extends Error {
  readonly waitMs: number;
  constructor(reason: string, waitMs: number) {
    super(reason);
    this.waitMs = waitMs;
  }
}

export function createBullWorkers(
  backend: Backend,
  open: ReturnType<typeof createBullQueue>['open'],
  deps: QueueDeps,
  onError: (error: Error) => void,
): JobWorkers {
  const workers = new Map<string, BullWorker | undefined>();
  const running = new Set<Running>();
  const report = createAttemptReport(deps);
  const random = deps.random ?? Math.random;
  let drained: Promise<void> | undefined;

  async function run<Payload>(
    definition: JobDefinition<Payload>,
    process: Processor<Payload>,
    job: Job,
    token: string | undefined,
  ): Promise<void> {
    // BullMQ may still have had a fetch on its way when it was told to take no more.
    if (drained) return handBack(job, token);

    const startedAt = deps.clock.now().getTime();
    report.started(job);
    const abort = new AbortController();
    let letGo = () => {};
    const released = new Promise<undefined>((resolve) => {
      letGo = () => resolve(undefined);
    });
    const tools = { random, clock: deps.clock };
    const working = attempt(definition, process, job, abort.signal, tools);
    const ended = Promise.race([working, released]);
    const entry: Running = { id: job.id ?? '', job: job.name, abort, letGo, ended };
    running.add(entry);
    const result = await ended;
    running.delete(entry);

    report.ended(job, deps.clock.now().getTime() - startedAt, result);
    if (result === undefined) return handBack(job, token);
    const { verdict } = result;
    if (verdict.outcome === 'postponed') return postpone(job, token, verdict.waitMs);
    if (verdict.outcome === 'retry') throw new RetryLater(verdict.reason, verdict.waitMs);
    if (verdict.outcome === 'dead') throw new UnrecoverableError(verdict.reason);
  }

  /** Puts the job back in the line, where others see it at once; it costs no attempt. */
  async function handBack(job: Job, token: string | undefined): Promise<never> {
    try {
      await atMost(HAND_BACK_MS, job.moveToWait(token));
    } catch (error) {
      // The lock is lost or the backend is away: the job comes back to the line as an abandoned one.
      onError(error as Error);
    }
    throw new WaitingError();
  }

  /** It costs no attempt either, and is counted, so that it is not taken for a start that a kill ended. */
  async function postpone(job: Job, token: string | undefined, waitMs: number): Promise<never> {
    try {
      const count: Postponed = { postponed: postponedOf(job.progress) + 1 };
      await job.updateProgress(count);
      await job.moveToDelayed(deps.clock.now().getTime() + waitMs, token);
    } catch (error) {
      onError(error as Error);
    }
    throw new DelayedError();
  }

  async function takeBackAbandoned(name: string): Promise<void> {
    const queue = await open(name);
    for (const job of await queue.getActive()) {
      // The token of the dead process is unknown; "0" stands for any.
      await job.moveToWait('0');
      deps.logger.info('A job of a process that died is back in the queue.', {
        job: name,
        jobId: job.id ?? '',
      });
    }
  }

  function start<Payload>(
    definition: JobDefinition<Payload>,
    process: Processor<Payload>,
  ): BullWorker {
    const { name } = definition;
    const worker: BullWorker = new Worker(
      name,
      (job: Job, token?: string) => run(definition, process, job, token),
      {
        connection: {},
        concurrency: definition.concurrency,
        ...backend.locks,
        // Never reached: we count kills ourselves, with a reason that people understand. Postgres takes
        // it as a 32-bit integer.
        maxStalledCount: 1_000_000,
        runRetryDelay: TRY_AGAIN_MS,
        settings: {
          backoffStrategy: (_made, _type, error) =>
            error instanceof RetryLater ? error.waitMs : definition.retry.mostMs,
        },
        ...(backend.prefix === undefined ? {} : { prefix: backend.prefix }),
      },
      backend.factory,
    );
    worker.on('error', onError);
    worker.on('stalled', (jobId) => {
      deps.logger.warn('An abandoned job is back in the queue.', { job: name, jobId });
    });
    worker.on('lockRenewalFailed', (jobIds) => {
      // Somebody else may work on them by now.
      for (const entry of running) {
        if (entry.job === name && jobIds.includes(entry.id)) entry.abort.abort();
      }
    });
    return worker;
  }

  async function stop(withinMs: number): Promise<void> {
    const all = [...workers.values()].filter((worker) => worker !== undefined);
    await atMost(CLOSING_MS, Promise.allSettled(all.map((worker) => worker.pause(true))));
    const graceMs = Math.min(GRACE_MS, withinMs / 5);
    await everyEnded(withinMs - graceMs);
    for (const entry of running) entry.abort.abort();
    await everyEnded(graceMs);
    for (const entry of running) entry.letGo();
    await atMost(CLOSING_MS, Promise.allSettled(all.map((worker) => worker.close())));
  }

  async function everyEnded(withinMs: number): Promise<void> {
    await atMost(withinMs, Promise.allSettled([...running].map((entry) => entry.ended)));
  }

  return {
    async work(definition, process) {
      const { name } = definition;
      checkJobName(name);
      if (drained) {
        throw new AppError('unavailable', 'This process is stopping and takes no more work.');
      }
      if (workers.has(name)) {
        throw new AppError('conflict', `This process works on ${name} jobs already.`);
      }
      workers.set(name, undefined);
      try {
        if (backend.alone) await takeBackAbandoned(name);
        const worker = start(definition, process);
        workers.set(name, worker);
        await worker.waitUntilReady();
      } catch (error) {
        const worker = workers.get(name);
        workers.delete(name);
        await worker?.close(true).catch(onError);
        throw new AppError(
          'unavailable',
          `The job queue cannot reach ${backend.label}, so nobody would work on ${name} jobs.`,
          { cause: error },
        );
      }
    },

    drain(withinMs) {
      drained ??= stop(withinMs);
      return drained;
    },
  };
}
