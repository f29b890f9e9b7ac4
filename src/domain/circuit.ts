import { AppError, isRetryable } from './errors.ts';

/**
 * Stops asking somebody who keeps failing: after so many failures in a row nobody asks for a while, then one
 * call finds out whether things are better. Pure but for the calls it lets through; our own, as the kept
 * libraries want a newer Node than 20.
 */
export type Circuit = {
  /**
   * Refuses at once while open; else runs the call and learns from how it ends, unless it ended for a reason
   * of the caller's own, which says neither that they are well nor that they are not.
   */
  run<T>(call: () => Promise<T>, isOurs?: (error: unknown) => boolean): Promise<T>;
  state(): 'closed' | 'open' | 'half open';
};

export type CircuitOptions = {
  /** Who is asked, for the sentence of the refusal. */
  name: string;
  now: () => number;
  failures?: number;
  restMs?: number;
};

export function createCircuit({
  name,
  now,
  failures = 5,
  restMs = 30_000,
}: CircuitOptions): Circuit {
  let failed = 0;
  let openUntil = 0;
  let probing = false;

  const isOpen = () => failed >= failures;
  return {
    state: () => (!isOpen() ? 'closed' : now() >= openUntil ? 'half open' : 'open'),
    async run(call, isOurs = () => false) {
      if (isOpen() && (probing || now() < openUntil)) {
        throw new AppError(
          'unavailable',
          `${name} failed ${failed} times in a row and is left alone for a moment.`,
          {
            retryAfterMs: Math.max(0, openUntil - now()),
          },
        );
      }
      probing = isOpen();
      try {
        const result = await call();
        failed = 0;
        return result;
      } catch (error) {
        if (isOurs(error)) throw error;
        // What we asked wrongly was answered all the same.
        if (isRetryable(error)) {
          failed += 1;
          if (isOpen()) openUntil = now() + restMs;
        } else {
          failed = 0;
        }
        throw error;
      } finally {
        probing = false;
      }
    },
  };
}
