import { AppError } from '../../src/domain/errors.ts';
import type { ConsoleLog } from '../../src/ports/console-log.ts';

/** A place to talk and a place where every message is a report, so that a newcomer can try both. */
const FIRST_CHANNELS: readonly string[] = ['general', 'inc-checkout'];

/** The page lists them all; nobody reads a longer list, and a script gone wild should not fill the store. */
const MOST_CHANNELS = 500;

export type Channels = {
  list(): Promise<string[]>;
  has(name: string): Promise<boolean>;
  add(name: string): Promise<void>;
};

export function createChannels(log: ConsoleLog): Channels {
  // Channels are never removed, so what was seen once needs no second look in the store.
  const known = new Set(FIRST_CHANNELS);

  async function refresh(): Promise<void> {
    for (const name of await log.channels()) known.add(name);
  }

  return {
    async list() {
      await refresh();
      return [...known];
    },
    async has(name) {
      if (!known.has(name)) await refresh();
      return known.has(name);
    },
    async add(name) {
      if (known.has(name)) return;
      await refresh();
      if (!known.has(name) && known.size >= MOST_CHANNELS) {
        throw new AppError(
          'conflict',
          `There are ${MOST_CHANNELS} channels already: use one of them.`,
        );
      }
      await log.addChannel(name);
      known.add(name);
    },
  };
}
