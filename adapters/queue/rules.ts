import { AppError, isRetryable } from '../../src/domain/errors.ts';
import type { JobDefinition, RetryPolicy } from '../../src/ports/job-queue.ts';

/** What becomes of a job after one attempt. */
export type Verdict =
  | { outcome: 'done' }
  | { outcome: 'retry'; waitMs: number; reason: string }
  /** It was not its turn: it comes back when it was told to, and the attempt does not count. */
  | { outcome: 'postponed'; waitMs: number }
  | { outcome: 'dead'; reason: string };

const KEBAB_CASE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
/** BullMQ takes an id that reads as a whole number for one of its own, and builds keys with colons. */
const JOB_ID = /^(?!-?\d+$)[A-Za-z0-9_-]{1,200}$/;
const LONGEST_REASON = 500;
/** Whoever still waits for its turn after this has run into something else than a rush. */
const MOST_POSTPONED_MS = 3_600_000;

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

/** `attempt` and `attempts` count from 1; `random` answers from 0 up to 1; `ageMs` is how long the job has been due. */
export function judge(
  error: unknown,
  { attempt, attempts, ageMs }: { attempt: number; attempts: number; ageMs: number },
  retry: RetryPolicy,
  random: () => number,
): Verdict {
  const turnMs = ageMs < MOST_POSTPONED_MS ? ownTurn(error) : undefined;
  if (turnMs !== undefined) {
    return { outcome: 'postponed', waitMs: Math.ceil(turnMs * (1 + random() * TURN_SPREAD)) };
  }
  const reason = reasonOf(error);
  if (!isRetryable(error) || attempt >= attempts) return { outcome: 'dead', reason };
  return { outcome: 'retry', reason, waitMs: waitBefore(error, attempt, retry, random) };
}

/** Code and sentence; of a foreign error only its name, because foreign messages quote their input. */
export function reasonOf(error: unknown): string {
  if (error instanceof AppError) return printable(`${error.code}: ${error.message}`);
  return printable(`internal: ${error instanceof Error ? error.name : typeof error}`);
}

/** Who was sent away together should not all come back together. */
const TURN_SPREAD = 0.1;

/** How long until it is the job's turn, when all that was wrong is that it was not. */
function ownTurn(error: unknown): number | undefined {
  if (!(error instanceof AppError)) return undefined;
  return error.code === 'busy' || error.code === 'rate_limited' ? error.retryAfterMs : undefined;
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
