import { AppError } from '../../../src/domain/errors.ts';

/**
 * Takes a body from the network as fast as it comes and hands it on as slowly as it is wanted: a server that has
 * sent all closes the connection, and what fetch has not been asked for by then would be lost.
 */
export async function* readAhead(
  body: AsyncIterable<Uint8Array>,
  mostBytes: number,
): AsyncGenerator<Uint8Array> {
  const held: Uint8Array[] = [];
  let bytes = 0;
  let state: { done: boolean; error?: unknown } = { done: false };
  let wake = () => {};
  const reading = async () => {
    for await (const chunk of body) {
      bytes += chunk.byteLength;
      if (bytes > mostBytes || state.done) break;
      held.push(chunk);
      wake();
    }
    if (bytes > mostBytes) throw new AppError('too_large', 'this is more than I read at once.');
  };
  // Whoever stops early lets go of the rest with its next chunk.
  reading().then(
    () => {
      state = { done: true };
      wake();
    },
    (error: unknown) => {
      state = { done: true, error };
      wake();
    },
  );
  try {
    for (;;) {
      const chunk = held.shift();
      if (chunk) yield chunk;
      else if (state.done) break;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
    if ('error' in state) throw state.error;
  } finally {
    state = { done: true };
  }
}
