import { AppError, isRetryable } from './errors.ts';

export type RetryOptions = {
  /** Tries in all, the first included. */
  attempts: number;
  /** The wait doubles from here, with jitter. */
  firstMs: number;
  mostMs: number;
  /** Waits, or ends early when the caller gives up. */
  pause: (ms: number) => Promise<void>;
  /** From 0 to 1. */
  random: () => number;
};

/** Tries again while the failure is worth it, for as long as the other side asked us to wait. */
export async function withRetries<T>(call: () => Promise<T>, options: RetryOptions): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      if (attempt >= options.attempts || !isRetryable(error)) throw error;
      await options.pause(waitMs(error, attempt, options));
    }
  }
}

function waitMs(
  error: unknown,
  attempt: number,
  { firstMs, mostMs, random }: RetryOptions,
): number {
  const asked = error instanceof AppError ? error.retryAfterMs : undefined;
  if (asked !== undefined) return Math.min(asked, mostMs);
  const backoff = Math.min(mostMs, firstMs * 2 ** (attempt - 1));
  return backoff / 2 + (random() * backoff) / 2;
}
