import { desc, gte, lt, sql } from 'drizzle-orm';
import type { RetrievalLog } from '../../src/ports/retrieval-log.ts';
import { atBorder } from './border.ts';
import type { Database } from './database.ts';
import { forgetRows } from './forget.ts';
import { retrievals } from './schema/index.ts';

/** Of an incident with its logs, what it is about. */
const QUESTION_KEPT = 500;
/** An alert fires with other numbers and hosts each time: letters alone, and not all of a long text. */
const topic = sql`left(btrim(regexp_replace(lower(${retrievals.question}), '[^[:alpha:]]+', ' ', 'g')), 200)`;
const times = sql<number>`count(*)`.mapWith(Number);
const countOf = (condition: ReturnType<typeof sql>) =>
  sql<number>`count(*) filter (where ${condition})`.mapWith(Number);

export function createRetrievalLog(database: Database): RetrievalLog {
  const { orm } = database;
  return atBorder<RetrievalLog>({
    async add(given) {
      if (given.length === 0) return;
      await orm.insert(retrievals).values(
        given.map(({ question, results, ...retrieval }) => ({
          ...retrieval,
          question: question.slice(0, QUESTION_KEPT),
          results: [...results],
        })),
      );
    },

    async since(at) {
      const [row] = await orm
        .select({
          searches: times,
          misses: countOf(sql`not ${retrievals.fits}`),
          degraded: countOf(sql`${retrievals.degraded}`),
        })
        .from(retrievals)
        .where(gte(retrievals.at, at));
      return row ?? { searches: 0, misses: 0, degraded: 0 };
    },

    mostMissed(since, limit) {
      const last = sql<Date>`max(${retrievals.at})`.mapWith(retrievals.at);
      return orm
        .select({
          question: sql<string>`(array_agg(${retrievals.question} order by ${retrievals.position} desc))[1]`,
          times,
          last,
        })
        .from(retrievals)
        .where(sql`${gte(retrievals.at, since)} and not ${retrievals.fits}`)
        .groupBy(topic)
        .orderBy(desc(times), desc(last))
        .limit(limit);
    },

    forget: (before) => forgetRows(database, retrievals, lt(retrievals.at, before)),
  });
}
