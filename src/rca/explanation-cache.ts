import { createRecent } from '../domain/recent.ts';
import type { Cache } from '../ports/cache.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ids } from '../ports/ids.ts';
import type { Logger } from '../ports/logger.ts';
import { type Explanation, explanationSchema } from './explanation.ts';

const MOST_IN_MEMORY = 500;
const GENERATION = 'mira:generation';

export type ExplanationCache = {
  get(key: string): Promise<Explanation | undefined>;
  set(key: string, explanation: Explanation): Promise<void>;
  /** Nothing that was stored so far is found again, by any process. */
  flush(): Promise<void>;
};

/**
 * This process's memory in front of the cache that processes share. Keys carry a generation that every process
 * reads anew: a flush changes it, so that what other processes hold in memory is not found either.
 */
export function createExplanationCache(options: {
  cache: Cache;
  ttlMs: number;
  clock: Clock;
  ids: Ids;
  logger: Logger;
}): ExplanationCache {
  const { cache, ttlMs, clock, ids, logger } = options;
  const memory = createRecent<{ explanation: Explanation; endsAt: number }>(MOST_IN_MEMORY);

  async function generationKey(key: string): Promise<string> {
    const generation = await cache.get(GENERATION);
    return `mira:${typeof generation === 'string' ? generation : 'first'}:${key}`;
  }

  return {
    async get(key) {
      try {
        const full = await generationKey(key);
        const now = clock.now().getTime();
        const near = memory.get(full);
        if (near !== undefined && now < near.endsAt) return near.explanation;
        memory.delete(full);
        const far = explanationSchema.safeParse(await cache.get(full));
        if (!far.success) return undefined;
        // The shared cache does not say how long it keeps this; the time of writing does.
        const endsAt = Date.parse(far.data.generatedAt) + ttlMs;
        if (endsAt > now) memory.set(full, { explanation: far.data, endsAt });
        return far.data;
      } catch (error) {
        logger.warn('The cache of explanations could not be read', {}, error);
        return undefined;
      }
    },
    async set(key, explanation) {
      try {
        const full = await generationKey(key);
        memory.set(full, { explanation, endsAt: clock.now().getTime() + ttlMs });
        await cache.set(full, explanation, ttlMs);
      } catch (error) {
        logger.warn('An explanation could not be cached', {}, error);
      }
    },
    async flush() {
      memory.clear();
      // Longer than anything lives that was stored under an earlier generation.
      await cache.set(GENERATION, ids.next('gen'), ttlMs * 2);
    },
  };
}
