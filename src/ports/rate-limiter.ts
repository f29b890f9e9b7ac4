export type RateLimit = { limit: number; windowMs: number };

export type RateDecision = {
  allowed: boolean;
  limit: number;
  remaining: number;
  resetAt: Date;
};

/** Counts what a client did in a fixed window that starts with its first request. */
export interface RateLimiter {
  take(client: string, rate: RateLimit): Promise<RateDecision>;
}
