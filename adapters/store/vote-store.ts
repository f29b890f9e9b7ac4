import { asc, count, eq, type SQL, sql } from 'drizzle-orm';
import type { Vote } from '../../src/domain/feedback.ts';
import type { VoteStore } from '../../src/ports/vote-store.ts';
import { atBorder } from './border.ts';
import type { Database } from './database.ts';
import { counted } from './incident-store.ts';
import { incidents, votes } from './schema/index.ts';

export function createVoteStore({ orm, rows }: Database): VoteStore {
  /** Stores the vote and, when that changed anything, counts the incident's revision up: all in one statement. */
  const put = async (vote: Vote, onConflict: SQL) => {
    const changed = await rows(sql`
      with vote as (
        insert into ${votes}
          (incident_id, voter_key, voter_name, triage_version, value, correction, at)
        values (${vote.incidentId}, ${vote.voterKey}, ${vote.voterName}, ${vote.triageVersion},
          ${vote.value}, ${vote.correction ?? null}, ${sql.param(vote.at, votes.at)})
        on conflict (incident_id, voter_key) do update set
          voter_name = excluded.voter_name, triage_version = excluded.triage_version,
          at = excluded.at, ${onConflict}
        returning incident_id
      )
      update ${incidents} set ${counted(vote.at)}
      from vote where ${incidents.id} = vote.incident_id
      returning ${incidents.id}`);
    return { changed: changed.length > 0 };
  };

  return atBorder<VoteStore>({
    cast: (vote) =>
      put(
        vote,
        sql`value = excluded.value,
          correction = case when ${votes.value} = excluded.value
            then coalesce(excluded.correction, ${votes.correction}) else excluded.correction end
        where ${votes.value} <> excluded.value or ${votes.triageVersion} <> excluded.triage_version
          or ${votes.correction} is distinct from coalesce(excluded.correction, ${votes.correction})`,
      ),

    correct: (vote) =>
      put(
        { ...vote, value: 'down' },
        sql`correction = excluded.correction
        where ${votes.correction} is distinct from excluded.correction
          or ${votes.triageVersion} <> excluded.triage_version`,
      ),

    async tally(incidentId) {
      const found = await orm
        .select({ value: votes.value, votes: count() })
        .from(votes)
        .where(eq(votes.incidentId, incidentId))
        .groupBy(votes.value);
      const of = (value: Vote['value']) => found.find((row) => row.value === value)?.votes ?? 0;
      return { up: of('up'), down: of('down') };
    },

    async ofIncident(incidentId) {
      const found = await orm
        .select()
        .from(votes)
        .where(eq(votes.incidentId, incidentId))
        .orderBy(asc(votes.at), asc(votes.voterKey));
      return found.map(({ correction, ...vote }) =>
        correction === null ? vote : { ...vote, correction },
      );
    },
  });
}
