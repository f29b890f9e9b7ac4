import { AppError } from '../../src/domain/errors.ts';

/**
 * Runs work that must end in time, also when it does not listen to its signal. Being late is a `timeout`; the
 * caller's own signal ends it with the caller's reason.
 */
export async function within<Result>(
  { ms, signal, sentence }: { ms: number; signal: AbortSignal | undefined; sentence: string },
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  signal?.throwIfAborted();
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(new AppError('timeout', sentence)), ms);
  const letGo = () => ending.abort(signal?.reason);
  signal?.addEventListener('abort', letGo, { once: true });
  const ended = new Promise<never>((_, reject) => {
    ending.signal.addEventListener('abort', () => reject(ending.signal.reason), { once: true });
  });
  try {
    return await Promise.race([work(ending.signal), ended]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', letGo);
  }
}
