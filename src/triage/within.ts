import { AppError } from '../domain/errors.ts';

/**
 * Runs work that must end in time, also when it does not listen to its signal. The deadline aborts the signal
 * and is a `timeout`; the caller's own signal ends it with the caller's reason.
 */
export async function within<Result>(
  ms: number,
  outer: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const deadline = new AbortController();
  const timer = setTimeout(
    () => deadline.abort(new AppError('timeout', 'It did not answer in time.')),
    Math.max(0, ms),
  );
  const signal = outer ? AbortSignal.any([outer, deadline.signal]) : deadline.signal;
  let stop = () => {};
  const ended = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work(signal), ended]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}
