/** The answer did not come in time. */
export class Late extends Error {}

/**
 * The answer, or `Late`. Timers run before sockets are read, so after this process was busy for a while an
 * answer may be waiting unread when the time is up: it is given one more turn of the event loop.
 */
export function within<Answer>(ms: number, answer: Promise<Answer>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => setImmediate(() => reject(new Late())), ms);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
