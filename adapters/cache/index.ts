import type { Cache } from '../../src/ports/cache.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Part } from '../../src/ports/health.ts';
import type { Logger } from '../../src/ports/logger.ts';
import type { RateLimiter } from '../../src/ports/rate-limiter.ts';
import { createMemoryCache, DEFAULT_MAX_ENTRIES } from './memory-cache.ts';
import { createMemoryRateLimiter } from './memory-rate-limiter.ts';
import { createRedisCache } from './redis-cache.ts';
import { openRedisLink } from './redis-link.ts';
import { createRedisRateLimiter } from './redis-rate-limiter.ts';

export type CacheOptions = {
  /** Without it, everything stays in this process's memory. */
  redisUrl?: string;
  /** Opens every key in Redis. */
  prefix?: string;
  clock: Clock;
  logger: Logger;
  /** Most values kept in memory. */
  maxEntries?: number;
};

export type OpenedCache = {
  cache: Cache;
  limiter: RateLimiter;
  part: Part;
  close(): Promise<void>;
};

/** In Redis when there is an address for it, in memory while Redis is away or when there is none. */
export async function createCache(options: CacheOptions): Promise<OpenedCache> {
  const { redisUrl, clock, logger, prefix = 'sitrep', maxEntries = DEFAULT_MAX_ENTRIES } = options;
  const cache = createMemoryCache({ clock, maxEntries });
  const limiter = createMemoryRateLimiter({ clock });
  const about = { name: 'cache', needed: false };

  if (redisUrl === undefined) {
    return {
      cache,
      limiter,
      part: { ...about, health: async () => ({ status: 'up', detail: 'memory' }) },
      close: async () => cache.clear(),
    };
  }
  const link = await openRedisLink({
    url: redisUrl,
    prefix,
    clock,
    logger,
    maxChanges: maxEntries,
    // What an earlier absence left in memory is older than what Redis had since.
    onAway: () => cache.clear(),
  });
  return {
    cache: createRedisCache({ link, prefix, memory: cache }),
    limiter: createRedisRateLimiter({ link, prefix, clock, memory: limiter }),
    part: { ...about, health: () => link.health() },
    close: () => link.close(),
  };
}
