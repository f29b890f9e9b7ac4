import { createHash } from 'node:crypto';
import type { Clock } from '../../src/ports/clock.ts';
import type { RateLimiter } from '../../src/ports/rate-limiter.ts';
import { decide } from './rate-decision.ts';
import type { RedisLink } from './redis-link.ts';

export type RedisRateLimiterOptions = {
  link: RedisLink;
  prefix: string;
  clock: Clock;
  /** Counts while Redis is away, for this process alone. */
  memory: RateLimiter;
};

/**
 * Redis runs a script as one step, so that concurrent processes count to the digit and no counter is left
 * without an end. Answers how many requests the window has had, and the milliseconds until it ends.
 */
const TAKE = `
  local used = redis.call('INCR', KEYS[1])
  local left = redis.call('PTTL', KEYS[1])
  if left < 0 then
    redis.call('PEXPIRE', KEYS[1], ARGV[1])
    left = tonumber(ARGV[1])
  end
  return { used, left }`;

export function createRedisRateLimiter(options: RedisRateLimiterOptions): RateLimiter {
  const { link, prefix, clock, memory } = options;

  return {
    async take(client, rate) {
      // Hashed: a client may be known by its token, and Redis is no place for tokens.
      const name = createHash('sha256').update(client).digest('base64url');
      const windowMs = Math.max(1, Math.ceil(rate.windowMs));
      const counted = await link.ask((redis) =>
        redis.eval(TAKE, 1, `${prefix}:rate:${name}`, windowMs),
      );
      const reply: unknown = counted?.answer;
      if (!Array.isArray(reply)) return memory.take(client, rate);
      const [used, left] = reply.map(Number);
      if (used === undefined || left === undefined) return memory.take(client, rate);
      // The time that is left, on our clock: that of the Redis machine may differ.
      return decide(used, rate.limit, clock.now().getTime() + left);
    },
  };
}
