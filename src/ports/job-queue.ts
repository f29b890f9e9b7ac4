import type { z } from 'zod';

/** A job by name. The payload is parsed on the way in and again on the way out: jobs outlive releases. */
export type JobDefinition<Payload> = {
  /** Kebab-case. */
  name: string;
  payload: z.ZodType<Payload>;
  /** Jobs of this name that one process works on at the same time. */
  concurrency: number;
  retry: RetryPolicy;
};

export type RetryPolicy = {
  /** Tries in all, the first included. */
  attempts: number;
  /** The wait doubles from `firstMs` up to `mostMs`, with jitter. */
  firstMs: number;
  mostMs: number;
};

export type JobContext = {
  id: string;
  /** 1 for the first try. */
  attempt: number;
  /** Aborts when the process must let go of the job. */
  signal: AbortSignal;
};

export type Processor<Payload> = (payload: Payload, context: JobContext) => Promise<void>;

export type EnqueueOptions = {
  /** Equal ids are one job while it is kept. Letters, digits, `-` and `_`, not digits alone. */
  id: string;
  delayMs?: number;
};

export type Schedule = { everyMs: number } | { cron: string; timeZone: string };

/** A job that was given up: its last failure was final, or its attempts ran out. */
export type DeadJob = {
  job: string;
  id: string;
  attempts: number;
  /** Code and sentence of the last failure. */
  reason: string;
  diedAt: Date;
};

/** Where handlers put slow work. */
export interface JobQueue {
  enqueue<Payload>(
    job: JobDefinition<Payload>,
    payload: Payload,
    options: EnqueueOptions,
  ): Promise<void>;
  /**
   * Runs the job again and again; calling it anew with the same job replaces the schedule. Processes that set
   * it at the same moment may each repeat one run, so scheduled jobs bear being run twice.
   */
  schedule<Payload>(
    job: JobDefinition<Payload>,
    payload: Payload,
    schedule: Schedule,
  ): Promise<void>;
  /** Newest first. */
  listDead(limit: number): Promise<DeadJob[]>;
  /** Gives a dead job all its attempts again; false when there is none of that id. */
  retryDead(job: string, id: string): Promise<boolean>;
}

/** The side that does the work; a process without it only enqueues. */
export interface JobWorkers {
  /** Starts working on the jobs of this name. */
  work<Payload>(job: JobDefinition<Payload>, process: Processor<Payload>): Promise<void>;
  /** Takes no new job, lets the running ones finish for so long, hands the rest back to the queue. */
  drain(withinMs: number): Promise<void>;
}
