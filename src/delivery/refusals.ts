import { type ThreadRef, threadKey } from '../domain/thread-ref.ts';
import type { Cache } from '../ports/cache.ts';
import type { Clock } from '../ports/clock.ts';

/** A channel, or one card, that a platform will not take from us for now. */
export type Refused = {
  /** A sentence for people. */
  because: string;
  times: number;
  /** No sooner than this is another try worth it. In milliseconds. */
  until: number;
};

/**
 * What platforms refuse, so that it is not tried again every few minutes for ever. That a card is missing stays
 * in the store; here is only the patience, so one that gets lost costs a try.
 */
export type Refusals = {
  /** Answers how often in a row it was refused, this time included. */
  note(key: string, because: string): Promise<number>;
  clear(key: string): Promise<void>;
  /** Those for which it is too early to try again. */
  current(): Promise<ReadonlyMap<string, Refused>>;
};

/** Names a channel with all its threads. */
export function channelKey({ platform, workspace, channel }: ThreadRef): string {
  return threadKey({ platform, workspace, channel });
}

const KEY = 'deliveries/refused';
const FIRST_MS = 300_000;
const MOST_MS = 3_600_000;
/** So long after another try was due, the next refusal is the first again. */
const FORGOTTEN_AFTER_MS = 24 * 3_600_000;
const MOST_KEPT = 500;

export function createRefusals({ cache, clock }: { cache: Cache; clock: Clock }): Refusals {
  const now = () => clock.now().getTime();

  async function read(): Promise<Map<string, Refused>> {
    const found = await cache.get(KEY);
    const entries = isRecord(found) ? Object.entries(found) : [];
    return new Map(
      entries.filter(
        (entry): entry is [string, Refused] =>
          isRefused(entry[1]) && entry[1].until + FORGOTTEN_AFTER_MS > now(),
      ),
    );
  }

  /** Two processes that write at once may lose one of the two: it is noted at its next try. */
  async function write(kept: Map<string, Refused>): Promise<void> {
    const newest = [...kept].slice(-MOST_KEPT);
    await cache.set(KEY, Object.fromEntries(newest), MOST_MS + FORGOTTEN_AFTER_MS);
  }

  return {
    async note(key, because) {
      const kept = await read();
      const before = kept.get(key);
      // Several cards for one channel fail together: that is one refusal.
      if (before && before.until > now()) return before.times + 1;
      const times = (before?.times ?? 0) + 1;
      const waitMs = Math.min(MOST_MS, FIRST_MS * 2 ** (times - 1));
      kept.delete(key);
      kept.set(key, { because, times, until: now() + waitMs });
      await write(kept);
      return times;
    },

    async clear(key) {
      const kept = await read();
      if (kept.delete(key)) await write(kept);
    },

    async current() {
      return new Map([...(await read())].filter(([, { until }]) => until > now()));
    },
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isRefused(value: unknown): value is Refused {
  if (!isRecord(value)) return false;
  const { because, times, until } = value;
  return typeof because === 'string' && typeof times === 'number' && typeof until === 'number';
}
