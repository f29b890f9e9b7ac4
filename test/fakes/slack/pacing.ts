/**
 * Slack takes about one message a second in a channel and forgives short bursts:
 * https://docs.slack.dev/apis/web-api/rate-limits
 */
export type PacingOptions = {
  messagesASecond: number;
  /** How many may come at once after a pause. */
  burst: number;
  /** Answer 429, or only write the violation down. */
  enforce: boolean;
};

export type Violation = { channel: string; at: number };

export type Pacing = {
  options: PacingOptions;
  violations: Violation[];
  /** Seconds to wait when the message came too early; undefined when it was in time. */
  take(channel: string): number | undefined;
};

export function createPacing(now: () => number, options: PacingOptions): Pacing {
  const buckets = new Map<string, { tokens: number; at: number }>();
  const violations: Violation[] = [];
  return {
    options,
    violations,
    take(channel) {
      const { messagesASecond, burst, enforce } = options;
      const at = now();
      const bucket = buckets.get(channel) ?? { tokens: burst, at };
      const refilled = bucket.tokens + ((at - bucket.at) / 1000) * messagesASecond;
      const tokens = Math.min(burst, refilled);
      if (tokens >= 1) {
        buckets.set(channel, { tokens: tokens - 1, at });
        return undefined;
      }
      buckets.set(channel, { tokens, at });
      violations.push({ channel, at });
      return enforce ? Math.max(1, Math.ceil((1 - tokens) / messagesASecond)) : undefined;
    },
  };
}
