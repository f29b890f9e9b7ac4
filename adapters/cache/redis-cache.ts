import type { Cache } from '../../src/ports/cache.ts';
import type { RedisLink } from './redis-link.ts';

export type RedisCacheOptions = {
  link: RedisLink;
  prefix: string;
  /** Holds the values while Redis is away. */
  memory: Cache;
};

/** Redis counts in 64 bits and refuses more; nothing that lives longer than this is short-lived. */
const LONGEST_TTL_MS = Number.MAX_SAFE_INTEGER / 2;

export function createRedisCache({ link, prefix, memory }: RedisCacheOptions): Cache {
  const keyOf = (key: string) => `${prefix}:cache:${key}`;

  async function remove(key: string): Promise<void> {
    const name = keyOf(key);
    const done = await link.ask((redis) => redis.del(name), name);
    if (!done) await memory.delete(key);
  }

  return {
    async get(key) {
      const found = await link.ask((redis) => redis.get(keyOf(key)));
      if (!found) return memory.get(key);
      return found.answer === null ? undefined : parse(found.answer);
    },
    async set(key, value, ttlMs) {
      const json = JSON.stringify(value);
      if (json === undefined || !(ttlMs > 0)) return remove(key);
      const name = keyOf(key);
      const ttl = Math.ceil(Math.min(ttlMs, LONGEST_TTL_MS));
      const done = await link.ask((redis) => redis.set(name, json, 'PX', ttl), name);
      if (!done) await memory.set(key, value, ttlMs);
    },
    delete: remove,
  };
}

/** What somebody else wrote there is as good as nothing. */
function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
