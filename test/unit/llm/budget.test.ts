import { describe, expect, it } from 'vitest';
import { createBudget, type Limits } from '../../../adapters/llm/budget.ts';
import type { UsageEntry, UsageStore } from '../../../src/ports/usage-store.ts';

function open(limits: Limits) {
  const entries: UsageEntry[] = [];
  const warnings: string[] = [];
  const state = { now: new Date('2025-12-03T10:00:00Z'), isAway: false };
  const usage: UsageStore = {
    async add(entry) {
      if (state.isAway) throw new Error('The store is away.');
      entries.push(entry);
    },
    async since(at) {
      const found = entries.filter((entry) => entry.at >= at);
      return {
        tokens: found.reduce((sum, one) => sum + one.inputTokens + one.outputTokens, 0),
        usd: found.reduce((sum, one) => sum + one.usd, 0),
      };
    },
    byFeature: async () => [],
  };
  const quiet = { debug() {}, info() {}, error() {}, warn: (text: string) => warnings.push(text) };
  const budget = createBudget({ limits, usage, clock: { now: () => state.now }, logger: quiet });
  let made = 0;
  const used = (tokens: number, usd = 0, at = state.now): UsageEntry => ({
    id: `use_${++made}`,
    provider: 'openai',
    model: 'model-1',
    feature: 'answer',
    inputTokens: tokens,
    outputTokens: 0,
    usd,
    at,
  });
  return { budget, entries, warnings, state, used };
}

const refusal = { code: 'rate_limited', retryable: false };

describe('a budget for language models', () => {
  it('lets everything pass where there is none', async () => {
    const { budget, entries, used } = open({});
    const reservation = await budget.reserve({ tokens: 1e9, usd: 1e6 });
    await reservation.settle([used(5)]);
    expect(entries).toHaveLength(1);
    expect(budget.usedUp()).toBeUndefined();
  });

  it('refuses before the call and says when it begins anew', async () => {
    const { budget, used } = open({ dailyTokens: 1_000 });
    await (await budget.reserve({ tokens: 600, usd: 0 })).settle([used(600)]);
    await expect(budget.reserve({ tokens: 500, usd: 0 })).rejects.toMatchObject({
      ...refusal,
      message:
        'The daily budget for language models is used up, 600 of 1000 tokens with up to 500 more asked for: it begins anew with the next day (UTC).',
      retryAfterMs: 14 * 3_600_000,
    });
    expect(budget.usedUp()).toContain('used up');
    await expect(budget.reserve({ tokens: 400, usd: 0 })).resolves.toBeDefined();
    expect(budget.usedUp()).toBeUndefined();
  });

  it('begins anew with the day and with the month', async () => {
    const { budget, state, used } = open({ dailyTokens: 100, monthlyTokens: 150 });
    await (await budget.reserve({ tokens: 100, usd: 0 })).settle([used(100)]);
    await expect(budget.reserve({ tokens: 60, usd: 0 })).rejects.toMatchObject(refusal);
    state.now = new Date('2025-12-04T00:00:00Z');
    expect(budget.usedUp()).toBeUndefined();
    await expect(budget.reserve({ tokens: 60, usd: 0 })).rejects.toThrow('monthly');
    state.now = new Date('2026-01-01T00:00:00Z');
    await expect(budget.reserve({ tokens: 60, usd: 0 })).resolves.toBeDefined();
  });

  it('counts money, and lets go on what costs none', async () => {
    const { budget, used } = open({ monthlyUsd: 2 });
    await (await budget.reserve({ tokens: 1, usd: 1.5 })).settle([used(1, 1.5)]);
    await expect(budget.reserve({ tokens: 1, usd: 0.6 })).rejects.toThrow('$1.50 of $2.00');
    await expect(budget.reserve({ tokens: 1, usd: 0 })).resolves.toBeDefined();
  });

  it('is not overspent by many calls at once', async () => {
    const { budget, entries, used } = open({ dailyTokens: 1_000 });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 50 }, async () => {
        const reservation = await budget.reserve({ tokens: 100, usd: 0 });
        await new Promise(setImmediate);
        await reservation.settle([used(100)]);
      }),
    );
    const passed = outcomes.filter(({ status }) => status === 'fulfilled');
    expect(passed).toHaveLength(10);
    expect(entries).toHaveLength(10);
  });

  it('gives back what a call did not use', async () => {
    const { budget, used } = open({ dailyTokens: 1_000 });
    for (let call = 0; call < 5; call++) {
      await (await budget.reserve({ tokens: 900, usd: 0 })).settle([used(10)]);
    }
    const failing = await budget.reserve({ tokens: 900, usd: 0 });
    await failing.settle([]);
    await expect(budget.reserve({ tokens: 950, usd: 0 })).resolves.toBeDefined();
  });

  it('counts what could not be recorded, and records it later', async () => {
    const { budget, entries, state, used, warnings } = open({ dailyTokens: 1_000 });
    const first = await budget.reserve({ tokens: 700, usd: 0 });
    state.isAway = true;
    await first.settle([used(700)]);
    expect(warnings).toHaveLength(1);
    state.isAway = false;
    await expect(budget.reserve({ tokens: 400, usd: 0 })).rejects.toMatchObject(refusal);
    await (await budget.reserve({ tokens: 100, usd: 0 })).settle([used(100)]);
    expect(entries.map(({ inputTokens }) => inputTokens)).toEqual([700, 100]);
  });
});
