import { AppError } from '../../src/domain/errors.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Logger } from '../../src/ports/logger.ts';
import type { UsageEntry, UsageStore, UsageSum } from '../../src/ports/usage-store.ts';

export type Limits = {
  dailyTokens?: number | undefined;
  monthlyTokens?: number | undefined;
  dailyUsd?: number | undefined;
  monthlyUsd?: number | undefined;
};

/** No provider was asked: this says nothing about any of them. */
export class UsedUp extends AppError {}

export interface Budget {
  /** Sets aside what a call may use at most; fails with `rate_limited` when that is not left. */
  reserve(most: UsageSum): Promise<Reservation>;
  /** Why calls were refused lately, in a sentence; undefined while there is enough. */
  usedUp(): string | undefined;
}

export type Reservation = {
  /** Records what was used and gives back the rest. Never fails: the answer is worth more than its entry. */
  settle(used: readonly UsageEntry[]): Promise<void>;
};

type Period = 'daily' | 'monthly';

/** What could not be recorded is kept for another try; beyond so many the store has been away for days. */
const MOST_UNRECORDED = 10_000;

/**
 * Days and months are UTC. Calls in flight count with the most that they may use, so that many at once cannot
 * spend together what is left for one. Another process sees a call when it is over.
 */
export function createBudget(options: {
  limits: Limits;
  usage: UsageStore;
  clock: Clock;
  logger: Logger;
}): Budget {
  const { limits, usage, clock, logger } = options;
  const inFlight = new Set<UsageSum>();
  let unrecorded: UsageEntry[] = [];
  let refused: { sentence: string; until: number } | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const periods = (['daily', 'monthly'] as const).filter((period) =>
    Object.values(limitsOf(limits, period)).some((limit) => limit !== undefined),
  );

  async function spent(since: Date): Promise<UsageSum> {
    const late = unrecorded.filter(({ at }) => at >= since);
    const stored = await usage.since(since);
    return sum([
      stored,
      ...late.map((entry) => ({ tokens: entry.inputTokens + entry.outputTokens, usd: entry.usd })),
    ]);
  }

  async function check(most: UsageSum): Promise<void> {
    const now = clock.now();
    // Taken before the store is read: a call that ends meanwhile counts twice rather than not at all.
    const open = sum([...inFlight]);
    for (const period of periods) {
      const used = await spent(startOf(period, now));
      const sentence = excess(limitsOf(limits, period), period, sum([used, open]), most);
      if (sentence === undefined) continue;
      const until = endOf(period, now).getTime();
      refused = { sentence, until };
      throw new UsedUp('rate_limited', sentence, {
        retryable: false,
        retryAfterMs: until - now.getTime(),
      });
    }
    refused = undefined;
  }

  async function record(entries: readonly UsageEntry[]): Promise<void> {
    const open = [...unrecorded, ...entries];
    unrecorded = open;
    for (const entry of open) {
      try {
        await usage.add(entry);
        unrecorded = unrecorded.filter((one) => one !== entry);
      } catch (error) {
        const count = unrecorded.length;
        logger.warn('The use of a language model is not recorded yet', { count }, error);
        break;
      }
    }
    unrecorded = unrecorded.slice(-MOST_UNRECORDED);
  }

  return {
    reserve(most) {
      // One after the other: between reading what is left and taking it nobody else may take it.
      const reserved = last.then(async () => {
        if (periods.length > 0) await check(most);
        inFlight.add(most);
        return {
          async settle(used: readonly UsageEntry[]) {
            if (used.length > 0) await record(used);
            inFlight.delete(most);
          },
        };
      });
      last = reserved.catch(() => undefined);
      return reserved;
    },
    usedUp: () => (refused && clock.now().getTime() < refused.until ? refused.sentence : undefined),
  };
}

function limitsOf(limits: Limits, period: Period) {
  return period === 'daily'
    ? { tokens: limits.dailyTokens, usd: limits.dailyUsd }
    : { tokens: limits.monthlyTokens, usd: limits.monthlyUsd };
}

function excess(
  limit: { tokens: number | undefined; usd: number | undefined },
  period: Period,
  used: UsageSum,
  most: UsageSum,
): string | undefined {
  const anew = `it begins anew with the next ${period === 'daily' ? 'day' : 'month'} (UTC).`;
  if (limit.tokens !== undefined && used.tokens + most.tokens > limit.tokens) {
    return `The ${period} budget for language models is used up, ${used.tokens} of ${limit.tokens} tokens with up to ${most.tokens} more asked for: ${anew}`;
  }
  // A call that costs nothing may go on when the money is gone.
  if (limit.usd !== undefined && most.usd > 0 && used.usd + most.usd > limit.usd) {
    return `The ${period} budget for language models is used up, $${used.usd.toFixed(2)} of $${limit.usd.toFixed(2)} with up to $${most.usd.toFixed(2)} more asked for: ${anew}`;
  }
  return undefined;
}

function startOf(period: Period, now: Date): Date {
  const day = period === 'daily' ? now.getUTCDate() : 1;
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), day));
}

function endOf(period: Period, now: Date): Date {
  const start = startOf(period, now);
  if (period === 'daily') start.setUTCDate(start.getUTCDate() + 1);
  else start.setUTCMonth(start.getUTCMonth() + 1);
  return start;
}

function sum(sums: readonly UsageSum[]): UsageSum {
  return {
    tokens: sums.reduce((total, { tokens }) => total + tokens, 0),
    usd: sums.reduce((total, { usd }) => total + usd, 0),
  };
}
