import { desc, gte, sql } from 'drizzle-orm';
import type { UsageStore } from '../../src/ports/usage-store.ts';
import { atBorder } from './border.ts';
import type { Database } from './database.ts';
import { usage } from './schema/index.ts';

const tokens = sql<number>`coalesce(sum(${usage.inputTokens} + ${usage.outputTokens}), 0)`.mapWith(
  Number,
);
const usd = sql<number>`coalesce(sum(${usage.usd}), 0)`.mapWith(Number);

export function createUsageStore({ orm }: Database): UsageStore {
  return atBorder<UsageStore>({
    async add(entry) {
      await orm.insert(usage).values(entry).onConflictDoNothing({ target: usage.id });
    },

    async since(at) {
      const [row] = await orm.select({ tokens, usd }).from(usage).where(gte(usage.at, at));
      return row ?? { tokens: 0, usd: 0 };
    },

    byFeature: (since) =>
      orm
        .select({ feature: usage.feature, model: usage.model, tokens, usd })
        .from(usage)
        .where(gte(usage.at, since))
        .groupBy(usage.feature, usage.model)
        .orderBy(desc(usd), desc(tokens), usage.feature, usage.model),
  });
}
