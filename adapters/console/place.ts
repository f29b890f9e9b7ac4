import type { Actor } from '../../src/domain/event.ts';
import type { ThreadRef } from '../../src/domain/thread-ref.ts';

/** One installation has one console, so one workspace. */
export const WORKSPACE = 'console';

/** Who writes for the product. People cannot take this id. */
export const BOT: Actor = { id: 'sitrep', name: 'Sitrep', isBot: true };

export function placeOf(channel: string, thread?: string): ThreadRef {
  return {
    platform: 'console',
    workspace: WORKSPACE,
    channel,
    ...(thread === undefined ? {} : { thread }),
  };
}
