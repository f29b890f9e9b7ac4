import type { Clock } from '../../src/ports/clock.ts';
import type { RateLimiter } from '../../src/ports/rate-limiter.ts';
import { decide } from './rate-decision.ts';

export type MemoryRateLimiterOptions = {
  clock: Clock;
  /** Beyond so many, the window that started first is forgotten: made-up clients must not fill the memory. */
  maxClients?: number;
};

type Window = { used: number; startedAt: number; endsAt: number };

export function createMemoryRateLimiter({
  clock,
  maxClients = 10_000,
}: MemoryRateLimiterOptions): RateLimiter {
  const windows = new Map<string, Window>();

  function windowOf(client: string, windowMs: number, now: number): Window {
    const open = windows.get(client);
    // A clock that was set back would shut the client out for that much longer.
    if (open && now < open.endsAt && now >= open.startedAt) return open;
    windows.delete(client);
    const fresh = { used: 0, startedAt: now, endsAt: now + windowMs };
    windows.set(client, fresh);
    for (const oldest of windows.keys()) {
      if (windows.size <= maxClients) break;
      windows.delete(oldest);
    }
    return fresh;
  }

  return {
    async take(client, { limit, windowMs }) {
      const window = windowOf(client, windowMs, clock.now().getTime());
      window.used += 1;
      return decide(window.used, limit, window.endsAt);
    },
  };
}
