import { setTimeout } from 'node:timers/promises';
import { createCircuit } from '../../src/domain/circuit.ts';
import { AppError, errorCode, isRetryable } from '../../src/domain/errors.ts';
import { withRetries } from '../../src/domain/retry.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { within } from './within.ts';

export type CallerOptions = {
  /** Who is called, for sentences. */
  name: string;
  /** For one try. */
  timeoutMs: number;
  /** False where another stands behind this one, so that waiting long for it is worse than asking the next. */
  isLast: boolean;
  clock: Clock;
  random: () => number;
  pause: Pause;
};

/** Waits, or fails when the signal says so. */
type Pause = (ms: number, signal: AbortSignal) => Promise<void>;

export const realPause: Pause = async (ms, signal) =>
  void (await setTimeout(ms, undefined, { signal }));

/** The one place that decides how long and how often a provider is asked. */
export type Caller = {
  call<Result>(
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result>;
  state(): 'closed' | 'open' | 'half open';
};

/** Somebody who leaves after so long was let down; who leaves sooner has changed their mind. */
const PATIENT_MS = 10_000;

export function createCaller(options: CallerOptions): Caller {
  const { name, timeoutMs, isLast, clock, random } = options;
  const now = () => clock.now().getTime();
  const circuit = createCircuit({ name, now });
  const patience = isLast ? { attempts: 3, mostMs: 10_000 } : { attempts: 2, mostMs: 2_000 };
  const sentence = `${name} did not answer in time.`;

  async function attempt<Result>(
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    const started = now();
    try {
      return await within({ ms: timeoutMs, signal, sentence }, work);
    } catch (error) {
      if (!signal.aborted) throw error;
      // What the circuit learns from it; the caller hears their own reason.
      throw new AppError('timeout', sentence, { retryable: now() - started >= PATIENT_MS });
    }
  }

  /** A failure that is worth another try later may not be worth waiting for now. */
  const isWorthWaiting = (error: unknown) => {
    const asked = error instanceof AppError ? (error.retryAfterMs ?? 0) : 0;
    const hung = errorCode(error) === 'timeout' && !isLast;
    return isRetryable(error) && asked <= patience.mostMs && !hung;
  };

  return {
    state: circuit.state,
    async call(signal, work) {
      let failure: unknown;
      const changedTheirMind = (error: unknown) => signal.aborted && !isRetryable(error);
      const once = async () => {
        try {
          return await circuit.run(() => attempt(signal, work), changedTheirMind);
        } catch (error) {
          failure = error;
          if (!signal.aborted && isWorthWaiting(error)) throw error;
          throw new AppError(errorCode(error), 'No more tries.', { retryable: false });
        }
      };
      const pause = (ms: number) => options.pause(ms, signal);
      try {
        return await withRetries(once, { ...patience, firstMs: 500, pause, random });
      } catch {
        signal.throwIfAborted();
        throw failure;
      }
    },
  };
}
