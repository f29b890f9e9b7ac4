import { desc, eq, type SQL, sql } from 'drizzle-orm';
import type { ExplanationStore, StoredExplanation } from '../../src/ports/explanation-store.ts';
import { atBorder } from './border.ts';
import type { Database } from './database.ts';
import { explanations } from './schema/index.ts';

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
  });
}

function toExplanation(row: typeof explanations.$inferSelect): StoredExplanation {
  const { incidentId, ...explanation } = row;
  return incidentId === null ? explanation : { ...explanation, incidentId };
}
