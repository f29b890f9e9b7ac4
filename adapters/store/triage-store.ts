import { and, asc, desc, eq, sql } from 'drizzle-orm';
import { AppError } from '../../src/domain/errors.ts';
import type { Category } from '../../src/domain/taxonomy.ts';
import { type Triage, triageDetailSchema } from '../../src/domain/triage.ts';
import type { NewTriage, TriageStore } from '../../src/ports/triage-store.ts';
import { atBorder } from './border.ts';
import type { Database } from './database.ts';
import { databaseErrorCode } from './database-errors.ts';
import { counted, inWorkspace } from './incident-store.ts';
import { incidents, triages } from './schema/index.ts';

const UNIQUE_VIOLATION = '23505';

export function createTriageStore({ orm, rows }: Database): TriageStore {
  const sameEvidence = ({ incidentId, evidenceKey, rung }: NewTriage) =>
    and(
      eq(triages.incidentId, incidentId),
      eq(triages.evidenceKey, evidenceKey),
      eq(triages.rung, rung),
    );

  /** The version, or nothing when this evidence was judged already or there is no such incident. */
  const insert = async (triage: NewTriage): Promise<number | undefined> => {
    const json = (value: unknown) => sql`${JSON.stringify(value)}::jsonb`;
    const [row] = await rows<{ version: number }>(sql`
      with counted as (
        update ${incidents} set triage_version = ${incidents.triageVersion} + 1,
          ${counted(triage.createdAt)}
        where ${eq(incidents.id, triage.incidentId)}
          and not exists (select 1 from ${triages} where ${sameEvidence(triage)})
        returning triage_version
      )
      insert into ${triages} (id, incident_id, version, rung, sure, evidence_key, category, severity,
        action, confidence, probabilities, uncertainty, because, despite, model_version, degraded, detail, created_at)
      select ${triage.id}::text, ${triage.incidentId}::text, triage_version, ${triage.rung}::text, ${triage.sure}::boolean,
        ${triage.evidenceKey}::text, ${triage.category}::text, ${triage.severity}::text,
        ${triage.action}::text, ${triage.confidence}::double precision, ${json(triage.probabilities)},
        ${json(triage.uncertainty)}, ${json(triage.because)}, ${json(triage.despite)}, ${triage.modelVersion}::text,
        ${json(triage.degraded)}, ${json(triage.detail)}, ${sql.param(triage.createdAt, triages.createdAt)}::timestamptz
      from counted
      returning version`);
    return row?.version;
  };

  return atBorder<TriageStore>({
    async add(triage) {
      let version: number | undefined;
      let refused: unknown;
      try {
        version = await insert(triage);
      } catch (error) {
        // Two judged the same evidence at once: the later one waited for the row, but still saw the old
        // table. The constraint undid all of its statement, the counting included.
        if (databaseErrorCode(error) !== UNIQUE_VIOLATION) throw error;
        refused = error;
      }
      if (version !== undefined) return { triage: { ...triage, version }, created: true };
      const [known] = await orm.select().from(triages).where(sameEvidence(triage));
      if (known) return { triage: toTriage(known), created: false };
      throw (
        refused ?? new AppError('not_found', `There is no incident ${triage.incidentId} to judge.`)
      );
    },

    async latest(incidentId) {
      const [row] = await orm
        .select()
        .from(triages)
        .where(eq(triages.incidentId, incidentId))
        .orderBy(desc(triages.version))
        .limit(1);
      return row && toTriage(row);
    },

    async picture(since, workspace) {
      return rows<{ category: Category; incidents: number; resolved: number }>(sql`
        select ${triages.category} as category, count(*)::int as incidents,
          count(*) filter (where ${incidents.status} = 'resolved')::int as resolved
        from ${incidents} join ${triages} on ${triages.incidentId} = ${incidents.id}
          and ${triages.version} = ${incidents.triageVersion}
        where ${incidents.createdAt} >= ${sql.param(since, incidents.createdAt)}
          and ${inWorkspace(workspace) ?? sql`true`}
        group by ${triages.category} order by count(*) desc, ${triages.category}`);
    },

    async history(incidentId) {
      const found = await orm
        .select()
        .from(triages)
        .where(eq(triages.incidentId, incidentId))
        .orderBy(asc(triages.version));
      return found.map(toTriage);
    },
  });
}

/** What an earlier version of the product stored lacks what is new since. */
function toTriage(row: typeof triages.$inferSelect): Triage {
  return { ...row, detail: triageDetailSchema.parse(row.detail) };
}
