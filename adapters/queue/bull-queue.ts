import { getNextMillis, type IQueueBackend, type Job, type JobsOptions, Queue } from 'bullmq';
import { AppError } from '../../src/domain/errors.ts';
import type { DeadJob, JobDefinition, JobQueue, Schedule } from '../../src/ports/job-queue.ts';
import type { Backend } from './backend.ts';
import { checkJobId, checkJobName, parsePayload } from './rules.ts';
import { atMost } from './time.ts';

type BullQueue = Queue<Job, unknown, string, unknown, unknown, string, IQueueBackend, unknown>;

/** Nobody listens to BullMQ's event stream; its default would keep 10,000 entries a job name. */
const EVENTS = { events: { maxLen: 100 } };

/**
 * BullMQ cannot say which queues there are, so one more queue that nobody works on keeps the names: its
 * jobs are the names. No kebab-case name can collide with it.
 */
const DIRECTORY = 'sitrep_job_names';

const SCHEDULE_TRIES = 3;

/**
 * Each run of a schedule sets up the next one. When several processes set the schedule while a run ends, that
 * next one can get lost and the schedule stands still, so everybody who set it looks after it.
 */
const LOOK_AFTER = { everyRuns: 10, leastMs: 1_000, mostMs: 60_000 };
/** Later than this by so many runs, the next one does not come any more. */
const RUNS_LATE = 5;

/**
 * One BullMQ queue for each job name. BullMQ limits concurrency by queue, so in a common queue the slow
 * jobs of one name would hold up all others. Queues share one connection for commands; a worker needs one
 * of its own to wait on Redis, and shares one on Postgres.
 */
export function createBullQueue(
  backend: Backend,
  onError: (error: Error) => void,
): { queue: JobQueue; open(name: string): Promise<BullQueue>; close(): Promise<void> } {
  const opened = new Map<string, Promise<BullQueue>>();
  const registered = new Set<string>();
  const schedules = new Map<string, () => Promise<void>>();
  const watches = new Map<string, NodeJS.Timeout>();

  function open(name: string): Promise<BullQueue> {
    const known = opened.get(name);
    if (known) return known;
    const opening = start(name);
    opened.set(name, opening);
    // BullMQ remembers a failed start for good: only a new queue gets another chance.
    opening.catch(() => opened.delete(name));
    return opening;
  }

  async function start(name: string): Promise<BullQueue> {
    const queue: BullQueue = new Queue(
      name,
      {
        connection: {},
        streams: EVENTS,
        ...(backend.prefix === undefined ? {} : { prefix: backend.prefix }),
      },
      backend.factory,
    );
    queue.on('error', onError);
    try {
      await queue.waitUntilReady();
    } catch (error) {
      await queue.close().catch(onError);
      throw error;
    }
    return queue;
  }

  /** A dead job can only be listed when its name is known, so the name goes first. */
  async function openRegistered(name: string): Promise<BullQueue> {
    if (!registered.has(name)) {
      const directory = await open(DIRECTORY);
      await directory.add('name', {}, { jobId: name });
      registered.add(name);
    }
    return open(name);
  }

  async function names(): Promise<string[]> {
    const directory = await open(DIRECTORY);
    const kept = await directory.getWaiting(0, -1);
    return [...new Set([...kept.map((entry) => entry.id ?? ''), ...registered])].filter(Boolean);
  }

  /** Every answer comes in time, and every failure in our own words. */
  async function answered<T>(work: Promise<T>): Promise<T> {
    const away = (cause?: unknown) =>
      new AppError(
        'unavailable',
        `The job queue cannot reach ${backend.label} at the moment. Please try again shortly.`,
        { cause },
      );
    try {
      const result = await atMost(
        backend.answerWithinMs,
        work.then((value) => ({ value })),
      );
      if (result === undefined) throw away();
      return result.value;
    } catch (error) {
      if (error instanceof AppError) throw error;
      throw unstorable(error) ?? away(error);
    }
  }

  async function applySchedule<Payload>(
    job: JobDefinition<Payload>,
    data: Payload,
    schedule: Schedule,
  ): Promise<void> {
    const repeat =
      'everyMs' in schedule
        ? { every: schedule.everyMs }
        : { pattern: schedule.cron, tz: schedule.timeZone };
    const queue = await openRegistered(job.name);
    const template = { name: job.name, data, opts: jobOptions(job, backend) };
    for (let tried = 1; ; tried++) {
      try {
        await queue.upsertJobScheduler(job.name, repeat, template);
        return;
      } catch (error) {
        // BullMQ refuses while a run of this schedule is being worked on in the very slot.
        if (tried >= SCHEDULE_TRIES) throw error;
      }
    }
  }

  function lookAfter(name: string, schedule: Schedule, apply: () => Promise<void>): void {
    const runMs = 'everyMs' in schedule ? schedule.everyMs : LOOK_AFTER.mostMs;
    const lookMs = Math.min(
      LOOK_AFTER.mostMs,
      Math.max(LOOK_AFTER.leastMs, runMs * LOOK_AFTER.everyRuns),
    );
    const look = async () => {
      const scheduler = await (await open(name)).getJobScheduler(name);
      const lateMs = Date.now() - (scheduler?.next ?? 0);
      if (lateMs > Math.max(LOOK_AFTER.leastMs, runMs * RUNS_LATE)) await apply();
    };
    clearInterval(watches.get(name));
    const watch = setInterval(() => void look().catch(onError), lookMs);
    watch.unref();
    watches.set(name, watch);
  }

  backend.onReturn?.(() => {
    // A Redis without persistence comes back empty; what only the start would write is written again.
    registered.clear();
    for (const apply of schedules.values()) apply().catch(onError);
  });

  const queue: JobQueue = {
    async enqueue(job, payload, options) {
      checkJobName(job.name);
      checkJobId(options.id);
      const data = parsePayload(job, payload);
      const delay = Math.max(0, Math.ceil(options.delayMs ?? 0));
      const add = async () => {
        const target = await openRegistered(job.name);
        await target.add(job.name, data, { ...jobOptions(job, backend), jobId: options.id, delay });
      };
      await answered(add());
    },

    async schedule(job, payload, schedule) {
      checkJobName(job.name);
      checkSchedule(job.name, schedule);
      const data = parsePayload(job, payload);
      const apply = () => applySchedule(job, data, schedule);
      await answered(apply());
      schedules.set(job.name, apply);
      lookAfter(job.name, schedule, apply);
    },

    async listDead(limit) {
      if (limit < 1) return [];
      const list = async () => {
        const failed = await Promise.all(
          (await names()).map(async (name) => (await open(name)).getFailed(0, limit - 1)),
        );
        return failed.flat().map(deadJob);
      };
      const dead = await answered(list());
      return dead.sort((a, b) => b.diedAt.getTime() - a.diedAt.getTime()).slice(0, limit);
    },

    async retryDead(name, id) {
      const retry = async () => {
        if (!(await names()).includes(name)) return false;
        const job = await (await open(name)).getJob(id);
        if (!job || !(await job.isFailed())) return false;
        await job.retry('failed', { resetAttemptsMade: true, resetAttemptsStarted: true });
        return true;
      };
      return answered(retry());
    },
  };

  return {
    queue,
    open,
    async close() {
      for (const watch of watches.values()) clearInterval(watch);
      const all = await Promise.allSettled(
        [...opened.values()].map((opening) => atMost(100, opening)),
      );
      await Promise.allSettled(
        all.map((entry) => (entry.status === 'fulfilled' ? entry.value?.close() : undefined)),
      );
    },
  };
}

function jobOptions<Payload>(job: JobDefinition<Payload>, backend: Backend): JobsOptions {
  return {
    attempts: Math.max(1, job.retry.attempts),
    // The worker works the wait out; BullMQ only asks it to where a backoff is named.
    backoff: { type: 'ours' },
    removeOnComplete: backend.keep.done,
    removeOnFail: backend.keep.dead,
    // Stacks start with the message.
    stackTraceLimit: 0,
  };
}

function checkSchedule(name: string, schedule: Schedule): void {
  try {
    if ('everyMs' in schedule) {
      if (Number.isSafeInteger(schedule.everyMs) && schedule.everyMs > 0) return;
    } else if (getNextMillis(0, { pattern: schedule.cron, tz: schedule.timeZone })) {
      return;
    }
  } catch {
    // Said below, without the parser's words.
  }
  throw new AppError(
    'config',
    `The schedule of the ${name} job does not make sense: check its interval, or its cron expression and time zone.`,
  );
}

function deadJob(job: Job): DeadJob {
  return {
    job: job.name,
    id: job.id ?? '',
    attempts: job.attemptsMade,
    reason: job.failedReason ?? 'internal: no reason was kept',
    diedAt: new Date(job.finishedOn ?? job.timestamp),
  };
}

/** SQLSTATE class 22: Postgres keeps no NUL and no broken surrogate pair in JSON, however often it is tried. */
function unstorable(error: unknown): AppError | undefined {
  const code = (error as { code?: unknown } | undefined)?.code;
  if (typeof code !== 'string' || !/^22[0-9A-Z]{3}$/.test(code)) return undefined;
  return new AppError('bad_request', 'The payload holds characters that cannot be stored.', {
    cause: error,
  });
}
