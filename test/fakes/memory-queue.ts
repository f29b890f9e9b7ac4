import { getNextMillis } from 'bullmq';
import { attempt } from '../../adapters/queue/attempt.ts';
import { checkJobId, checkJobName, parsePayload } from '../../adapters/queue/rules.ts';
import { AppError } from '../../src/domain/errors.ts';
import type {
  DeadJob,
  JobDefinition,
  JobQueue,
  JobWorkers,
  Processor,
} from '../../src/ports/job-queue.ts';

type Entry = {
  name: string;
  id: string;
  /** As JSON, so that nothing survives here which would not survive in a database. */
  json: string;
  attempts: number;
  made: number;
  started: number;
  postponed: number;
  timestamp: number;
  state: 'waiting' | 'active' | 'done' | 'dead';
  reason: string;
  endedAt: number;
};

type Running = { abort: AbortController; letGo(): void; ended: Promise<unknown> };
type Worker = {
  concurrency: number;
  running: Set<Running>;
  run(entry: Entry, signal: AbortSignal): ReturnType<typeof attempt>;
};

export type MemoryProcess = { queue: JobQueue; workers: JobWorkers };

/**
 * The job queue in this process's memory, by the rules of the real one. Each `open` is like one more
 * process on the same queue.
 */
export function createMemoryQueue(options: { random?: () => number } = {}): {
  open(): MemoryProcess;
  /** What was enqueued, in order. */
  jobs(): { job: string; id: string; payload: unknown; state: Entry['state'] }[];
  close(): void;
} {
  const random = options.random ?? Math.random;
  const clock = { now: () => new Date() };
  const entries = new Map<string, Entry>();
  const line: Entry[] = [];
  const crews = new Set<Map<string, Worker>>();
  const timers = new Set<NodeJS.Timeout>();
  const schedules = new Map<string, () => void>();

  function later(ms: number, work: () => void): () => void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      work();
    }, ms);
    timers.add(timer);
    return () => {
      clearTimeout(timer);
      timers.delete(timer);
    };
  }

  function queueUp(entry: Entry, delayMs = 0): void {
    entry.state = 'waiting';
    if (delayMs > 0) {
      later(delayMs, () => queueUp(entry));
      return;
    }
    line.push(entry);
    queueMicrotask(pump);
  }

  function pump(): void {
    for (const entry of [...line]) {
      const worker = [...crews]
        .map((crew) => crew.get(entry.name))
        .find((candidate) => candidate && candidate.running.size < candidate.concurrency);
      if (!worker) continue;
      line.splice(line.indexOf(entry), 1);
      void workOn(entry, worker);
    }
  }

  async function workOn(entry: Entry, worker: Worker): Promise<void> {
    entry.state = 'active';
    entry.started += 1;
    const abort = new AbortController();
    let letGo = () => {};
    const released = new Promise<undefined>((resolve) => {
      letGo = () => resolve(undefined);
    });
    const ended = Promise.race([worker.run(entry, abort.signal), released]);
    const running: Running = { abort, letGo, ended };
    worker.running.add(running);
    const result = await ended;
    worker.running.delete(running);
    if (result === undefined) {
      queueUp(entry);
    } else if (result.verdict.outcome === 'postponed') {
      entry.postponed += 1;
      queueUp(entry, result.verdict.waitMs);
    } else {
      entry.made += 1;
      const { verdict } = result;
      if (verdict.outcome === 'retry') queueUp(entry, verdict.waitMs);
      else {
        entry.state = verdict.outcome;
        entry.endedAt = Date.now();
        if (verdict.outcome === 'dead') entry.reason = verdict.reason;
      }
    }
    pump();
  }

  function add<Payload>(
    job: JobDefinition<Payload>,
    data: Payload,
    id: string,
    delayMs?: number,
  ): void {
    const key = `${job.name}/${id}`;
    if (entries.has(key)) return;
    const entry: Entry = {
      name: job.name,
      id,
      json: JSON.stringify(data),
      attempts: Math.max(1, job.retry.attempts),
      made: 0,
      started: 0,
      postponed: 0,
      timestamp: Date.now(),
      state: 'waiting',
      reason: '',
      endedAt: 0,
    };
    entries.set(key, entry);
    queueUp(entry, delayMs);
  }

  const queue: JobQueue = {
    async enqueue(job, payload, { id, delayMs }) {
      checkJobName(job.name);
      checkJobId(id);
      add(job, parsePayload(job, payload), id, delayMs);
    },
    async schedule(job, payload, schedule) {
      const data = parsePayload(job, payload);
      schedules.get(job.name)?.();
      const next = (now: number) =>
        'everyMs' in schedule
          ? now + schedule.everyMs
          : (getNextMillis(now, { pattern: schedule.cron, tz: schedule.timeZone }) ?? Infinity);
      const run = (due: number) => {
        add(job, data, `repeat:${job.name}:${due}`);
        plan(next(due));
      };
      const plan = (due: number) =>
        schedules.set(
          job.name,
          later(due - Date.now(), () => run(due)),
        );
      plan('everyMs' in schedule ? Date.now() : next(Date.now()));
    },
    async listDead(limit) {
      return [...entries.values()]
        .filter((entry) => entry.state === 'dead')
        .sort((a, b) => b.endedAt - a.endedAt)
        .slice(0, Math.max(0, limit))
        .map(deadJob);
    },
    async retryDead(job, id) {
      const entry = entries.get(`${job}/${id}`);
      if (entry?.state !== 'dead') return false;
      entry.made = 0;
      entry.started = 0;
      queueUp(entry);
      return true;
    },
  };

  function createWorkers(): JobWorkers {
    const crew = new Map<string, Worker>();
    crews.add(crew);
    let draining = false;
    return {
      async work<Payload>(definition: JobDefinition<Payload>, process: Processor<Payload>) {
        checkJobName(definition.name);
        if (draining) {
          throw new AppError('unavailable', 'This process is stopping and takes no more work.');
        }
        if (crew.has(definition.name)) {
          throw new AppError('conflict', `This process works on ${definition.name} jobs already.`);
        }
        crew.set(definition.name, {
          concurrency: definition.concurrency,
          running: new Set(),
          run: ({ id, json, attempts, made, started, postponed, timestamp }, signal) => {
            const job = {
              id,
              data: JSON.parse(json),
              opts: { attempts },
              attemptsMade: made,
              attemptsStarted: started,
              progress: { postponed },
              timestamp,
            };
            return attempt(definition, process, job, signal, { random, clock });
          },
        });
        pump();
      },
      async drain(withinMs) {
        draining = true;
        crews.delete(crew);
        const running = [...crew.values()].flatMap((worker) => [...worker.running]);
        const everyEnded = Promise.allSettled(running.map((entry) => entry.ended));
        const wait = (ms: number) =>
          Promise.race([everyEnded, new Promise<void>((resolve) => later(ms, resolve))]);
        await wait(withinMs * 0.8);
        for (const entry of running) entry.abort.abort();
        await wait(withinMs * 0.2);
        for (const entry of running) entry.letGo();
        await everyEnded;
      },
    };
  }

  return {
    open: () => ({ queue, workers: createWorkers() }),
    jobs: () =>
      [...entries.values()].map(({ name, id, json, state }) => ({
        job: name,
        id,
        payload: JSON.parse(json),
        state,
      })),
    close() {
      crews.clear();
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}

function deadJob(entry: Entry): DeadJob {
  return {
    job: entry.name,
    id: entry.id,
    attempts: entry.made,
    reason: entry.reason,
    diedAt: new Date(entry.endedAt),
  };
}
