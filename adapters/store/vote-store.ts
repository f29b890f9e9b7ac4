import { and, asc, count, desc, eq, gte, type SQL, sql } from 'drizzle-orm';
import type { Vote, VoteTally } from '../../src/domain/feedback.ts';
import type { VoteStore } from '../../src/ports/vote-store.ts';
import { atBorder } from './border.ts';
import type { Database } from './database.ts';
import { counted, inWorkspace } from './incident-store.ts';
import { incidents, votes } from './schema/index.ts';

export function createVoteStore({ orm, rows }: Database): VoteStore {
  /** Stores the vote and, when that changed anything, counts the incident's revision up: all in one statement. */
  const put = async (vote: Vote, onConflict: SQL) => {
    const changed = await rows(sql`
      with vote as (
        insert into ${votes}
          (incident_id, voter_key, voter_name, triage_version, value, correction, corrected_severity,
            note, at)
        values (${vote.incidentId}, ${vote.voterKey}, ${vote.voterName}, ${vote.triageVersion},
          ${vote.value}, ${vote.correction ?? null}, ${vote.correctedSeverity ?? null},
          ${vote.note ?? null}, ${sql.param(vote.at, votes.at)})
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
            then coalesce(excluded.correction, ${votes.correction}) else excluded.correction end,
          corrected_severity = case when ${votes.value} = excluded.value
            then coalesce(excluded.corrected_severity, ${votes.correctedSeverity})
            else excluded.corrected_severity end,
          note = case when ${votes.value} = excluded.value
            then coalesce(excluded.note, ${votes.note}) else excluded.note end
        where ${votes.value} <> excluded.value or ${votes.triageVersion} <> excluded.triage_version
          or ${votes.correction} is distinct from coalesce(excluded.correction, ${votes.correction})`,
      ),

    correct: (vote) =>
      put(
        { ...vote, value: 'down' },
        sql`value = excluded.value,
          correction = coalesce(excluded.correction, ${votes.correction}),
          corrected_severity = coalesce(excluded.corrected_severity, ${votes.correctedSeverity}),
          note = coalesce(excluded.note, ${votes.note})
        where ${votes.value} <> excluded.value or ${votes.triageVersion} <> excluded.triage_version
          or ${votes.correction} is distinct from coalesce(excluded.correction, ${votes.correction})
          or ${votes.correctedSeverity}
            is distinct from coalesce(excluded.corrected_severity, ${votes.correctedSeverity})
          or ${votes.note} is distinct from coalesce(excluded.note, ${votes.note})`,
      ),

    async withdraw({ incidentId, voterKey, value, at }) {
      const changed = await rows(sql`
        with gone as (
          delete from ${votes} where ${votes.incidentId} = ${incidentId}
            and ${votes.voterKey} = ${voterKey} and ${votes.value} = ${value}
          returning incident_id
        )
        update ${incidents} set ${counted(at)}
        from gone where ${incidents.id} = gone.incident_id
        returning ${incidents.id}`);
      return { changed: changed.length > 0 };
    },

    async tally(incidentId) {
      const found = await orm
        .select({ value: votes.value, votes: count() })
        .from(votes)
        .where(eq(votes.incidentId, incidentId))
        .groupBy(votes.value);
      return tallyOf(found);
    },

    async ofIncident(incidentId) {
      const found = await orm
        .select()
        .from(votes)
        .where(eq(votes.incidentId, incidentId))
        .orderBy(asc(votes.at), asc(votes.voterKey));
      return found.map(toVote);
    },

    async ofVoter(voterKey, limit) {
      const found = await orm
        .select()
        .from(votes)
        .where(eq(votes.voterKey, voterKey))
        .orderBy(desc(votes.at), desc(votes.incidentId))
        .limit(limit);
      return found.map(toVote);
    },

    async tallySince(since, workspace) {
      return tallyOf(
        await orm
          .select({ value: votes.value, votes: count() })
          .from(votes)
          .innerJoin(incidents, eq(incidents.id, votes.incidentId))
          .where(and(gte(votes.at, since), inWorkspace(workspace)))
          .groupBy(votes.value),
      );
    },
  });
}

function tallyOf(found: readonly { value: Vote['value']; votes: number }[]): VoteTally {
  const of = (value: Vote['value']) => found.find((row) => row.value === value)?.votes ?? 0;
  return { up: of('up'), down: of('down') };
}

function toVote({ correction, correctedSeverity, note, ...vote }: typeof votes.$inferSelect): Vote {
  return {
    ...vote,
    ...(correction === null ? {} : { correction }),
    ...(correctedSeverity === null ? {} : { correctedSeverity }),
    ...(note === null ? {} : { note }),
  };
}
