import type { Cache } from '../../src/ports/cache.ts';
import type { RedisLink } from './redis-link.ts';

export type RedisCacheOptions = {
  link: RedisLink;
  prefix: string;
  /** Holds the values while Redis is away. */
  memory: Cache;
};

/** Sets (a time to live above 0) or deletes what still is as expected; Redis runs it as one step. */
const REPLACE = `
  if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
  if tonumber(ARGV[3]) > 0 then
    redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
  else
    redis.call('DEL', KEYS[1])
  end
  return 1`;

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
      const ttl = wholeMs(ttlMs);
      const done = await link.ask((redis) => redis.set(name, json, 'PX', ttl), name);
      if (!done) await memory.set(key, value, ttlMs);
    },
    delete: remove,
    async add(key, value, ttlMs) {
      const json = JSON.stringify(value);
      if (json === undefined || !(ttlMs > 0)) return false;
      const name = keyOf(key);
      const ttl = wholeMs(ttlMs);
      const done = await link.ask((redis) => redis.set(name, json, 'PX', ttl, 'NX'), name);
      return done ? done.answer === 'OK' : memory.add(key, value, ttlMs);
    },
    async replace(key, expected, value, ttlMs) {
      const name = keyOf(key);
      const was = JSON.stringify(expected);
      if (was === undefined) return false;
      const json = JSON.stringify(value);
      const ttl = json === undefined || !(ttlMs > 0) ? 0 : wholeMs(ttlMs);
      const done = await link.ask(
        (redis) => redis.eval(REPLACE, 1, name, was, json ?? '', ttl),
        name,
      );
      return done ? done.answer === 1 : memory.replace(key, expected, value, ttlMs);
    },
  };
}

function wholeMs(ttlMs: number): number {
  return Math.ceil(Math.min(ttlMs, LONGEST_TTL_MS));
}

/** What somebody else wrote there is as good as nothing. */
function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
