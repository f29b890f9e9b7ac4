import type { BackendFactory, IQueueBackend, WorkerOptions } from 'bullmq';
import type { Clock } from '../../src/ports/clock.ts';
import type { Part } from '../../src/ports/health.ts';
import type { JobQueue, JobWorkers } from '../../src/ports/job-queue.ts';
import type { Logger } from '../../src/ports/logger.ts';
import type { Metrics } from '../../src/ports/metrics.ts';

export type QueueDeps = {
  logger: Logger;
  metrics: Metrics;
  clock: Clock;
  /** Answers from 0 up to 1; spreads the retries. */
  random?: () => number;
};

export type QueueHandle = {
  queue: JobQueue;
  workers: JobWorkers;
  part: Part;
  /** Hands running jobs back and lets go of every connection that this opened. */
  close(): Promise<void>;
};

/** All that differs between the places where BullMQ can keep jobs. */
export type Backend = {
  /** For people: "Redis", "Postgres". */
  label: string;
  /** Namespace of the keys; Postgres has a schema instead. */
  prefix?: string;
  /** Builds BullMQ's side of it for one queue, on connections that this backend shares out. */
  factory: BackendFactory<IQueueBackend, unknown>;
  locks: Required<Pick<WorkerOptions, 'lockDuration' | 'lockRenewTime' | 'stalledInterval'>>;
  /**
   * Nobody else can have this database open, so whatever is being worked on when this process starts
   * belongs to one that died.
   */
  alone: boolean;
  /** How long ended jobs stay, at most. */
  keep: Record<'done' | 'dead', { age: number; count?: number }>;
  /**
   * Whoever enqueues is answering a person, who would rather hear "try again" than nothing. It may be
   * longer where the backend can be slow but not away.
   */
  answerWithinMs: number;
  ping(): Promise<void>;
  /** Calls back each time the connection was lost and is there again, with its data perhaps gone. */
  onReturn?(callback: () => void): void;
  /** Errors of the shared connections, which would end the process if nobody listened. */
  onError(callback: (error: Error) => void): void;
  close(): Promise<void>;
};

/**
 * A lock is renewed every 1 to 2 s, so the event loop of a busy machine may hang for 6 s before others
 * take a job for abandoned, and a job of a killed process is picked up 6 to 10 s after the kill.
 */
export const SHARED_LOCKS: Backend['locks'] = {
  lockDuration: 8_000,
  lockRenewTime: 2_000,
  stalledInterval: 2_000,
};

/** Jobs of a killed process are taken back at the start here, so checking is rare and cheap. */
export const LONE_LOCKS: Backend['locks'] = {
  lockDuration: 30_000,
  lockRenewTime: 10_000,
  stalledInterval: 10_000,
};

/**
 * In seconds. A done job is kept for its id: a platform that delivers again within minutes finds it, and
 * nothing runs twice. A dead one waits for somebody to come back from holidays.
 */
export const KEEP_DONE_S = 1_800;
export const KEEP_DEAD_S = 14 * 86_400;
