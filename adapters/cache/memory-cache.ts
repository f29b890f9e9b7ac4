import type { Cache } from '../../src/ports/cache.ts';
import type { Clock } from '../../src/ports/clock.ts';

export type MemoryCacheOptions = {
  clock: Clock;
  /** Beyond so many, the entry that was used least recently makes room. */
  maxEntries?: number;
};

type Entry = { json: string; storedAt: number; endsAt: number };

/** Used where nobody says otherwise: some megabytes at a few hundred bytes an entry. */
export const DEFAULT_MAX_ENTRIES = 10_000;

export function createMemoryCache({
  clock,
  maxEntries = DEFAULT_MAX_ENTRIES,
}: MemoryCacheOptions): Cache & { clear(): void } {
  // A Map keeps the order of insertion; every use inserts anew, so the first entry is the least recent.
  const entries = new Map<string, Entry>();

  function read(key: string): string | undefined {
    const entry = entries.get(key);
    if (!entry) return undefined;
    entries.delete(key);
    const now = clock.now().getTime();
    // A clock that was set back would keep the entry for that much longer.
    if (now >= entry.endsAt || now < entry.storedAt) return undefined;
    entries.set(key, entry);
    return entry.json;
  }

  function write(key: string, value: unknown, ttlMs: number): void {
    const json = JSON.stringify(value);
    entries.delete(key);
    if (json === undefined || !(ttlMs > 0)) return;
    const now = clock.now().getTime();
    entries.set(key, { json, storedAt: now, endsAt: now + ttlMs });
    for (const oldest of entries.keys()) {
      if (entries.size <= maxEntries) break;
      entries.delete(oldest);
    }
  }

  return {
    async get(key) {
      const json = read(key);
      // Parsed anew for every reader: what one does to its value must not reach another.
      return json === undefined ? undefined : JSON.parse(json);
    },
    async set(key, value, ttlMs) {
      write(key, value, ttlMs);
    },
    async delete(key) {
      entries.delete(key);
    },
    // Nobody else has a turn between the reading and the writing.
    async add(key, value, ttlMs) {
      if (read(key) !== undefined) return false;
      write(key, value, ttlMs);
      return entries.has(key);
    },
    async replace(key, expected, value, ttlMs) {
      if (read(key) !== JSON.stringify(expected)) return false;
      write(key, value, ttlMs);
      return true;
    },
    clear() {
      entries.clear();
    },
  };
}
