import { and, asc, type Column, count, desc, eq, isNotNull, lt, type SQL, sql } from 'drizzle-orm';
import type { Incident, Resolution } from '../../src/domain/incident.ts';
import type { ThreadRef } from '../../src/domain/thread-ref.ts';
import type { IncidentStore } from '../../src/ports/incident-store.ts';
import { atBorder } from './border.ts';
import type { Database } from './database.ts';
import { audit, incidents, timeline } from './schema/index.ts';

/** What every change that the card shows sets: the card is behind from its first unseen change on. */
export function counted(at: Date): SQL {
  const moment = sql.param(at, incidents.updatedAt);
  return sql`revision = ${incidents.revision} + 1,
    behind_since = coalesce(${incidents.behindSince}, ${moment}::timestamptz),
    updated_at = greatest(${incidents.updatedAt}, ${moment}::timestamptz)`;
}

/** Of one company alone, when one is given. */
export function inWorkspace(
  place: Pick<ThreadRef, 'platform' | 'workspace'> | undefined,
): SQL | undefined {
  if (!place) return undefined;
  const { platform, workspace } = place;
  return and(eq(incidents.platform, platform), eq(incidents.workspace, workspace));
}

export function createIncidentStore({ orm, rows }: Database): IncidentStore {
  const find = async (condition: SQL | undefined) => {
    const [row] = await orm
      .select()
      .from(incidents)
      .where(condition)
      .orderBy(desc(incidents.createdAt), desc(incidents.id))
      .limit(1);
    return row && toIncident(row);
  };

  return atBorder<IncidentStore>({
    async record(report) {
      const { id, eventKey, where, reporter, at } = report;
      const row = {
        id,
        eventKey,
        platform: where.platform,
        workspace: where.workspace,
        channel: where.channel,
        thread: where.thread ?? null,
        reporterId: reporter.id,
        reporterName: reporter.name,
        reporterIsBot: reporter.isBot,
        text: report.text,
        status: 'open' as const,
        revision: 1,
        shownRevision: 0,
        triageVersion: 0,
        cause: null,
        fix: null,
        resolvedAt: null,
        behindSince: at,
        createdAt: at,
        updatedAt: at,
      };
      const moment = sql.param(at, timeline.at);
      // One statement is one transaction, and on PGlite a statement is what costs time.
      const created = await rows(sql`
        with created as ${orm
          .insert(incidents)
          .values(row)
          .onConflictDoNothing({ target: incidents.eventKey })
          .returning({ id: incidents.id })},
        entry as (
          insert into ${timeline}
            (incident_id, event_key, author_id, author_name, author_is_bot, text, at)
          select id, ${eventKey}::text, ${reporter.id}::text, ${reporter.name}::text,
            ${reporter.isBot}::boolean, ${report.text}::text, ${moment}::timestamptz
          from created
          on conflict (event_key) do nothing
        ),
        line as (
          insert into ${audit} (at, actor, action, subject)
          select ${moment}::timestamptz, ${reporter.id}::text, 'incident.recorded', id from created
        )
        select id from created`);
      if (created.length > 0) return { incident: toIncident(row), created: true };
      const known = await find(eq(incidents.eventKey, eventKey));
      if (!known) throw new Error('A conflicting report vanished.');
      return { incident: known, created: false };
    },

    byId: (id) => find(eq(incidents.id, id)),

    byThread({ platform, workspace, channel, thread }) {
      if (thread === undefined) return Promise.resolve(undefined);
      return find(
        and(
          eq(incidents.platform, platform),
          eq(incidents.workspace, workspace),
          eq(incidents.channel, channel),
          eq(incidents.thread, thread),
        ),
      );
    },

    async list({ status, workspace, channel, limit }) {
      const found = await orm
        .select()
        .from(incidents)
        .where(
          and(
            status && eq(incidents.status, status),
            inWorkspace(workspace),
            inWorkspace(channel),
            channel && eq(incidents.channel, channel.channel),
          ),
        )
        .orderBy(desc(incidents.createdAt), desc(incidents.id))
        .limit(limit);
      return found.map(toIncident);
    },

    async countOpen(workspace) {
      const [row] = await orm
        .select({ open: count() })
        .from(incidents)
        .where(and(eq(incidents.status, 'open'), inWorkspace(workspace)));
      return row?.open ?? 0;
    },

    async setStatus(id, status, actor, at, { cause, fix } = {}) {
      const moment = sql.param(at, audit.at);
      const kept = (column: Column, said: string | undefined) =>
        status === 'resolved' ? sql`coalesce(${said ?? null}::text, ${column})` : sql`null`;
      const news = cause !== undefined || fix !== undefined;
      const changed = await rows(sql`
        with changed as (
          update ${incidents} set status = ${status},
            cause = ${kept(incidents.cause, cause)}, fix = ${kept(incidents.fix, fix)},
            resolved_at = ${status === 'resolved' ? sql`coalesce(${incidents.resolvedAt}, ${moment}::timestamptz)` : sql`null`},
            ${counted(at)}
          where ${eq(incidents.id, id)}
            and (${incidents.status} <> ${status} or ${status === 'resolved' && news}::boolean)
          returning id
        ),
        line as (
          insert into ${audit} (at, actor, action, subject, detail)
          select ${moment}::timestamptz, ${actor.id}::text, 'incident.status', id, ${status}::text
          from changed
        )
        select id from changed`);
      return changed.length > 0 ? find(eq(incidents.id, id)) : undefined;
    },

    async markShown(id, revision, thread) {
      const shown = sql`greatest(${incidents.shownRevision}, ${revision}::integer)`;
      const [row] = await orm
        .update(incidents)
        .set({
          shownRevision: shown,
          behindSince: sql`case when ${incidents.revision} > ${shown} then ${incidents.behindSince} end`,
          thread: sql`coalesce(${incidents.thread}, ${thread})`,
        })
        .where(eq(incidents.id, id))
        .returning({ revision: incidents.revision });
      return row?.revision;
    },

    async listBehind(before, limit) {
      const found = await orm
        .select()
        .from(incidents)
        .where(
          and(
            lt(incidents.shownRevision, incidents.revision),
            isNotNull(incidents.behindSince),
            lt(incidents.behindSince, before),
          ),
        )
        .orderBy(asc(incidents.behindSince), asc(incidents.id))
        .limit(limit);
      return found.map(toIncident);
    },
  });
}

function toIncident(row: typeof incidents.$inferSelect): Incident {
  return {
    id: row.id,
    eventKey: row.eventKey,
    where: {
      platform: row.platform,
      workspace: row.workspace,
      channel: row.channel,
      ...(row.thread === null ? {} : { thread: row.thread }),
    },
    reporter: { id: row.reporterId, name: row.reporterName, isBot: row.reporterIsBot },
    text: row.text,
    status: row.status,
    ...(row.resolvedAt === null ? {} : { resolution: toResolution(row.resolvedAt, row) }),
    revision: row.revision,
    shownRevision: row.shownRevision,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}

function toResolution(at: Date, { cause, fix }: typeof incidents.$inferSelect): Resolution {
  return { at, ...(cause === null ? {} : { cause }), ...(fix === null ? {} : { fix }) };
}
