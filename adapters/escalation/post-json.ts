import { AppError, type ErrorCode } from '../../src/domain/errors.ts';

export type PostJson = {
  url: string;
  body: unknown;
  /** Who is asked, for sentences. */
  name: string;
  timeoutMs: number;
  signal?: AbortSignal | undefined;
};

/** An answer of an analysis is some kilobytes; more is a mistake, or worse. */
const MOST_BYTES = 1_000_000;

/** Posts JSON and reads the answer's text; every way in which that fails becomes an `AppError`. */
export async function postJson({ url, body, name, timeoutMs, signal }: PostJson) {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), timeoutMs);
  const cancel = () => giveUp.abort();
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    signal?.throwIfAborted();
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(body),
      signal: giveUp.signal,
      // An address that we were given is asked, and no other.
      redirect: 'error',
    });
    const text = await readText(response, name);
    if (!response.ok) throw refused(response, name);
    return text;
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (signal?.aborted) throw new AppError('timeout', `${name} was given up.`, { cause: error });
    if (giveUp.signal.aborted) {
      throw new AppError('timeout', `${name} did not answer within ${timeoutMs} ms.`, {
        cause: error,
      });
    }
    throw new AppError('unavailable', `${name} cannot be reached.`, { cause: error });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', cancel);
  }
}

async function readText(response: Response, name: string): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) throw new AppError('too_large', `${name} answered far too much.`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function refused(response: Response, name: string): AppError {
  const { status } = response;
  const after = retryAfterMs(response.headers.get('retry-after'));
  return new AppError(codeOf(status), `${name} answered with status ${status}.`, {
    ...(after === undefined ? {} : { retryAfterMs: after }),
  });
}

function codeOf(status: number): ErrorCode {
  if (status === 401 || status === 403) return 'config';
  if (status === 408) return 'timeout';
  if (status === 413) return 'too_large';
  if (status === 429) return 'rate_limited';
  return status >= 500 ? 'unavailable' : 'bad_request';
}

function retryAfterMs(value: string | null): number | undefined {
  if (value === null || !/^\d+$/.test(value.trim())) return undefined;
  return Number(value) * 1_000;
}
