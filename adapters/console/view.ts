import type { ConsoleMessage } from '../../src/ports/console-log.ts';

/** A message as the page gets it. */
export function viewOf(message: ConsoleMessage) {
  const { id, channel, thread, author, body, createdAt, edited, change } = message;
  return { id, channel, thread, author, ...body, at: createdAt.toISOString(), edited, change };
}
