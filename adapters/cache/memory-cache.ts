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

  return {
    async get(key) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      entries.delete(key);
      const now = clock.now().getTime();
      // A clock that was set back would keep the entry for that much longer.
      if (now >= entry.endsAt || now < entry.storedAt) return undefined;
      entries.set(key, entry);
      // Parsed anew for every reader: what one does to its value must not reach another.
      return JSON.parse(entry.json);
    },
    async set(key, value, ttlMs) {
      const json = JSON.stringify(value);
      entries.delete(key);
      if (json === undefined || !(ttlMs > 0)) return;
      const now = clock.now().getTime();
      entries.set(key, { json, storedAt: now, endsAt: now + ttlMs });
      for (const oldest of entries.keys()) {
        if (entries.size <= maxEntries) break;
        entries.delete(oldest);
      }
    },
    async delete(key) {
      entries.delete(key);
    },
    clear() {
      entries.clear();
    },
  };
}
