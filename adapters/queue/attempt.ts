import type { Job } from 'bullmq';
import { AppError } from '../../src/domain/errors.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { JobDefinition, Processor } from '../../src/ports/job-queue.ts';
import type { QueueDeps } from './backend.ts';
import { judge, parsePayload, type Verdict } from './rules.ts';

/**
 * A job that takes the whole process down each time would do so for ever, since a kill costs no attempt.
 * Starts without an end are kills and hand-overs at restarts; no healthy job collects this many.
 */
const MOST_LOST_STARTS = 30;

/** What an attempt needs to know of BullMQ's job. */
export type AttemptedJob = {
  id?: string | undefined;
  data: unknown;
  opts: { attempts?: number | undefined; delay?: number | undefined };
  /** Attempts that ended. */
  attemptsMade: number;
  /** Attempts that began, this one included. */
  attemptsStarted: number;
  /** What `postponedOf` reads. */
  progress: unknown;
  timestamp: number;
};

/** Starts that ended with the job being sent away until its turn. BullMQ keeps it with the job as its progress. */
export type Postponed = { postponed: number };

export function postponedOf(progress: unknown): number {
  if (typeof progress !== 'object' || progress === null || !('postponed' in progress)) return 0;
  return Number.isSafeInteger(progress.postponed) ? Number(progress.postponed) : 0;
}

/** What became of one attempt; `undefined` when it ended because the process had to let go. */
export async function attempt<Payload>(
  definition: JobDefinition<Payload>,
  process: Processor<Payload>,
  job: AttemptedJob,
  signal: AbortSignal,
  { random, clock }: { random: () => number; clock: Clock },
): Promise<{ verdict: Verdict; error?: unknown } | undefined> {
  const lostStarts = job.attemptsStarted - job.attemptsMade - 1 - postponedOf(job.progress);
  const number = job.attemptsMade + 1;
  try {
    if (lostStarts > MOST_LOST_STARTS) {
      throw new AppError(
        'internal',
        `The process ended ${lostStarts} times while it worked on this job.`,
      );
    }
    const payload = parsePayload(definition, job.data);
    await process(payload, { id: job.id ?? '', attempt: number, signal });
    return { verdict: { outcome: 'done' } };
  } catch (error) {
    // The processor gave up because it was asked to: that is nobody's failure.
    if (signal.aborted) return undefined;
    const ageMs = clock.now().getTime() - job.timestamp - (job.opts.delay ?? 0);
    const tried = { attempt: number, attempts: job.opts.attempts ?? 1, ageMs };
    return { verdict: judge(error, tried, definition.retry, random), error };
  }
}

/** Metrics and log lines of one attempt. */
export function createAttemptReport(deps: QueueDeps) {
  const { logger, metrics } = deps;
  return {
    /** Only the first start is measured: BullMQ does not keep when a retry was due. */
    started(job: Job): void {
      if (job.attemptsStarted > 1 || job.processedOn === undefined) return;
      const due = job.timestamp + (job.opts.delay ?? 0);
      const seconds = Math.max(0, job.processedOn - due) / 1000;
      metrics.observe('sitrep_job_wait_seconds', { job: job.name }, seconds);
    },

    ended(job: Job, ms: number, result: { verdict: Verdict; error?: unknown } | undefined): void {
      const outcome = result?.verdict.outcome ?? 'handed_back';
      const name = job.name;
      metrics.observe('sitrep_job_duration_seconds', { job: name, outcome }, ms / 1000);
      const fields = { job: name, jobId: job.id ?? '', attempt: job.attemptsMade + 1, ms };
      if (result === undefined) {
        logger.info('A job was handed back to the queue.', fields);
        return;
      }
      if (outcome === 'done') {
        logger.debug('A job is done.', fields);
        return;
      }
      if (outcome === 'postponed') {
        logger.debug('A job comes back when it is its turn.', fields, result.error);
        return;
      }
      if (outcome === 'retry') {
        logger.warn('A job failed and will be tried again.', fields, result.error);
        return;
      }
      metrics.count('sitrep_jobs_dead_total', { job: name });
      logger.error('A job was given up.', fields, result.error);
    },
  };
}
