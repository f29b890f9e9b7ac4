import { AppError, isRetryable } from '../../src/domain/errors.ts';
import type { JobDefinition, RetryPolicy } from '../../src/ports/job-queue.ts';

/** What becomes of a job after one attempt. */
export type Verdict =
  | { outcome: 'done' }
  | { outcome: 'retry'; waitMs: number; reason: string }
  | { outcome: 'dead'; reason: string };

const KEBAB_CASE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
/** BullMQ takes an id that reads as a whole number for one of its own, and builds keys with colons. */
const JOB_ID = /^(?!-?\d+$)[A-Za-z0-9_-]{1,200}$/;
const LONGEST_REASON = 500;

export function checkJobName(name: string): void {
  if (!KEBAB_CASE.test(name)) {
    throw new AppError('bad_request', `"${name}" cannot be the name of a job: use kebab-case.`);
  }
}

export function checkJobId(id: string): void {
  if (!JOB_ID.test(id)) {
    throw new AppError(
      'bad_request',
      'A job id is 1 to 200 letters, digits, "-" and "_", and not a bare number.',
    );
  }
}

/** The error names the place, never the value: reasons are shown to people and kept. */
export function parsePayload<Payload>(job: JobDefinition<Payload>, payload: unknown): Payload {
  const parsed = job.payload.safeParse(payload);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.map(String).join('.');
  throw new AppError(
    'bad_request',
    `The payload of a ${job.name} job does not fit${where ? ` at ${where}` : ''}.`,
  );
}

/** `attempt` and `attempts` count from 1; `random` answers from 0 up to 1. */
export function judge(
  error: unknown,
  attempt: number,
  attempts: number,
  retry: RetryPolicy,
  random: () => number,
): Verdict {
  const reason = reasonOf(error);
  if (!isRetryable(error) || attempt >= attempts) return { outcome: 'dead', reason };
  return { outcome: 'retry', reason, waitMs: waitBefore(error, attempt, retry, random) };
}

/** Code and sentence; of a foreign error only its name, because foreign messages quote their input. */
export function reasonOf(error: unknown): string {
  if (error instanceof AppError) return printable(`${error.code}: ${error.message}`);
  return printable(`internal: ${error instanceof Error ? error.name : typeof error}`);
}

/** Half of the wait is chance, so that jobs which failed together do not all come back together. */
function waitBefore(
  error: unknown,
  attempt: number,
  retry: RetryPolicy,
  random: () => number,
): number {
  const full = Math.min(retry.mostMs, retry.firstMs * 2 ** (attempt - 1));
  const asked = error instanceof AppError ? (error.retryAfterMs ?? 0) : 0;
  return Math.ceil(Math.max(full / 2 + (random() * full) / 2, asked));
}

/** Postgres refuses NUL in text, and a job whose reason cannot be stored would never end. */
function printable(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').slice(0, LONGEST_REASON);
}
