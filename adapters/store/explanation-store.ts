import { asc, desc, eq, gte, type SQL, sql } from 'drizzle-orm';
import type { VoteValue } from '../../src/domain/event.ts';
import type { ExplanationStore, StoredExplanation } from '../../src/ports/explanation-store.ts';
import { atBorder } from './border.ts';
import type { Database } from './database.ts';
import { explanations, explanationVotes } from './schema/index.ts';

export function createExplanationStore({ orm }: Database): ExplanationStore {
  const find = async (condition: SQL) => {
    const [row] = await orm
      .select()
      .from(explanations)
      .where(condition)
      .orderBy(desc(explanations.createdAt), desc(explanations.id))
      .limit(1);
    return row && toExplanation(row);
  };

  return atBorder<ExplanationStore>({
    async add(explanation) {
      const [row] = await orm
        .insert(explanations)
        .values(explanation)
        .onConflictDoUpdate({
          target: [
            explanations.sourceHash,
            explanations.narrator,
            explanations.promptId,
            explanations.promptVersion,
          ],
          // Asked for over HTTP first and for its incident later.
          set: { incidentId: sql`coalesce(${explanations.incidentId}, excluded.incident_id)` },
        })
        .returning();
      if (!row) throw new Error('An explanation was neither added nor found.');
      return toExplanation(row);
    },

    byId: (id) => find(eq(explanations.id, id)),

    latestOf: (incidentId) => find(eq(explanations.incidentId, incidentId)),

    async vote(vote) {
      const changed = await orm
        .insert(explanationVotes)
        .values(vote)
        .onConflictDoUpdate({
          target: [explanationVotes.explanationId, explanationVotes.voterKey],
          set: { value: vote.value, voterName: vote.voterName, at: vote.at },
          setWhere: sql`${explanationVotes.value} <> excluded.value`,
        })
        .returning({ value: explanationVotes.value });
      return { changed: changed.length > 0 };
    },

    async votesByPrompt(since) {
      const { promptId, promptVersion } = explanations;
      const promptHash = sql<string>`coalesce(${explanations.detail} ->> 'promptHash', '')`;
      const audience = sql<string>`coalesce(${explanations.detail} ->> 'audience', '')`;
      const votes = (value: VoteValue) =>
        sql<number>`count(*) filter (where ${explanationVotes.value} = ${value})`.mapWith(Number);
      return orm
        .select({
          promptId,
          promptVersion,
          promptHash,
          audience,
          explanations: sql<number>`count(distinct ${explanations.id})`.mapWith(Number),
          up: votes('up'),
          down: votes('down'),
        })
        .from(explanations)
        .leftJoin(explanationVotes, eq(explanationVotes.explanationId, explanations.id))
        .where(gte(explanations.createdAt, since))
        .groupBy(promptId, promptVersion, promptHash, audience)
        .orderBy(asc(promptId), asc(promptVersion), asc(audience), asc(promptHash));
    },
  });
}

function toExplanation(row: typeof explanations.$inferSelect): StoredExplanation {
  const { incidentId, ...explanation } = row;
  return incidentId === null ? explanation : { ...explanation, incidentId };
}
