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
 * without an end. Answers how many requests the window has had, the milliseconds until it ends, and when that
 * is by the clock of the process that opened it.
 */
const TAKE = `
  local used = redis.call('HINCRBY', KEYS[1], 'used', 1)
  local left = redis.call('PTTL', KEYS[1])
  if left < 0 then
    redis.call('PEXPIRE', KEYS[1], ARGV[1])
    redis.call('HSET', KEYS[1], 'endsAt', ARGV[2])
    left = tonumber(ARGV[1])
  end
  return { used, left, redis.call('HGET', KEYS[1], 'endsAt') }`;

/** Clocks that differ by less are the same to whoever waits for seconds. */
const SAME_CLOCK_MS = 500;

export function createRedisRateLimiter(options: RedisRateLimiterOptions): RateLimiter {
  const { link, prefix, clock, memory } = options;

  return {
    async take(client, rate) {
      // Hashed: a client may be known by its token, and Redis is no place for tokens.
      const name = createHash('sha256').update(client).digest('base64url');
      const windowMs = Math.max(1, Math.ceil(rate.windowMs));
      const asked = clock.now().getTime();
      const counted = await link.ask((redis) =>
        redis.eval(TAKE, 1, `${prefix}:rate:window:${name}`, windowMs, asked + windowMs),
      );
      const reply: unknown = counted?.answer;
      if (!Array.isArray(reply)) return memory.take(client, rate);
      const [used, left, endsAt] = reply.map(Number);
      if (used === undefined || left === undefined) return memory.take(client, rate);
      // Redis counted between the question and its answer. Every answer names the same end, unless whoever opened
      // the window has another time than we have.
      const [earliest, latest] = [asked + left, clock.now().getTime() + left];
      const isSame =
        endsAt !== undefined &&
        endsAt > earliest - SAME_CLOCK_MS &&
        endsAt < latest + SAME_CLOCK_MS;
      return decide(used, rate.limit, isSame ? endsAt : latest);
    },
  };
}
