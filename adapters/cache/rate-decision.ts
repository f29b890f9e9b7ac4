import type { RateDecision } from '../../src/ports/rate-limiter.ts';

/** Judges the request that was the `used`th of its window. */
export function decide(used: number, limit: number, endsAt: number): RateDecision {
  return {
    allowed: used <= limit,
    limit,
    remaining: Math.max(0, limit - used),
    resetAt: new Date(endsAt),
  };
}
