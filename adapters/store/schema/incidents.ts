import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  doublePrecision,
  index,
  integer,
  jsonb,
  primaryKey,
  text,
  unique,
} from 'drizzle-orm/pg-core';
import { VOTES } from '../../../src/domain/event.ts';
import { INCIDENT_STATUSES } from '../../../src/domain/incident.ts';
import { ACTIONS, CATEGORIES, SEVERITIES } from '../../../src/domain/taxonomy.ts';
import { PLATFORMS } from '../../../src/domain/thread-ref.ts';
import { type Probabilities, RUNGS, type Uncertainty } from '../../../src/domain/triage.ts';
import { moment, oneOf, sitrep } from './base.ts';

export const incidents = sitrep.table(
  'incidents',
  {
    id: text('id').primaryKey(),
    eventKey: text('event_key').notNull().unique(),
    platform: text('platform', { enum: PLATFORMS }).notNull(),
    workspace: text('workspace').notNull(),
    channel: text('channel').notNull(),
    thread: text('thread'),
    reporterId: text('reporter_id').notNull(),
    reporterName: text('reporter_name').notNull(),
    reporterIsBot: boolean('reporter_is_bot').notNull(),
    text: text('text').notNull(),
    status: text('status', { enum: INCIDENT_STATUSES }).notNull(),
    cause: text('cause'),
    fix: text('fix'),
    resolvedAt: moment('resolved_at'),
    revision: integer('revision').notNull(),
    shownRevision: integer('shown_revision').notNull(),
    /** The latest triage's version: kept here, its row lock numbers triages one after the other. */
    triageVersion: integer('triage_version').notNull(),
    /** Since when the card on the platform has been out of date. */
    behindSince: moment('behind_since'),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (table) => [
    check('incidents_platform', oneOf(table.platform, PLATFORMS)),
    check('incidents_status', oneOf(table.status, INCIDENT_STATUSES)),
    check(
      'incidents_resolution',
      sql`(${table.status} = 'resolved') = (${table.resolvedAt} is not null)`,
    ),
    check('incidents_revision', sql`${table.revision} >= 1 and ${table.triageVersion} >= 0`),
    check('incidents_shown', sql`${table.shownRevision} between 0 and ${table.revision}`),
    check(
      'incidents_behind',
      sql`(${table.behindSince} is null) = (${table.shownRevision} = ${table.revision})`,
    ),
    index('incidents_newest').on(table.createdAt, table.id),
    index('incidents_by_status').on(table.status, table.createdAt, table.id),
    index('incidents_by_channel').on(
      table.platform,
      table.workspace,
      table.channel,
      table.createdAt,
      table.id,
    ),
    index('incidents_by_thread')
      .on(table.platform, table.workspace, table.channel, table.thread)
      .where(sql`${table.thread} is not null`),
    index('incidents_with_card_behind')
      .on(table.behindSince, table.id)
      .where(sql`${table.shownRevision} < ${table.revision}`),
  ],
);

const incidentId = () =>
  text('incident_id')
    .notNull()
    .references(() => incidents.id);

export const triages = sitrep.table(
  'triages',
  {
    id: text('id').primaryKey(),
    incidentId: incidentId(),
    version: integer('version').notNull(),
    rung: text('rung', { enum: RUNGS }).notNull(),
    sure: boolean('sure').notNull().default(false),
    evidenceKey: text('evidence_key').notNull(),
    category: text('category', { enum: CATEGORIES }).notNull(),
    severity: text('severity', { enum: SEVERITIES }).notNull(),
    action: text('action', { enum: ACTIONS }).notNull(),
    confidence: doublePrecision('confidence').notNull(),
    probabilities: jsonb('probabilities').$type<Probabilities>().notNull(),
    uncertainty: jsonb('uncertainty').$type<Uncertainty>().notNull(),
    because: jsonb('because').$type<string[]>().notNull(),
    despite: jsonb('despite').$type<string[]>().notNull(),
    modelVersion: text('model_version').notNull(),
    degraded: jsonb('degraded').$type<string[]>().notNull(),
    detail: jsonb('detail').notNull().default({}),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [
    unique('triages_version').on(table.incidentId, table.version),
    unique('triages_evidence').on(table.incidentId, table.evidenceKey, table.rung),
    check('triages_rung', oneOf(table.rung, RUNGS)),
    check('triages_category', oneOf(table.category, CATEGORIES)),
    check('triages_severity', oneOf(table.severity, SEVERITIES)),
    check('triages_action', oneOf(table.action, ACTIONS)),
    check('triages_confidence', sql`${table.confidence} between 0 and 1`),
    check('triages_version_from_one', sql`${table.version} >= 1`),
  ],
);

export const timeline = sitrep.table(
  'timeline',
  {
    /** Order of arrival. The report comes first: nothing can refer to an incident before it is there. */
    position: bigint('position', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    incidentId: incidentId(),
    eventKey: text('event_key').notNull().unique(),
    authorId: text('author_id').notNull(),
    authorName: text('author_name').notNull(),
    authorIsBot: boolean('author_is_bot').notNull(),
    text: text('text').notNull(),
    at: moment('at').notNull(),
  },
  (table) => [index('timeline_of_incident').on(table.incidentId, table.position)],
);

export const votes = sitrep.table(
  'votes',
  {
    incidentId: incidentId(),
    voterKey: text('voter_key').notNull(),
    voterName: text('voter_name').notNull(),
    /** 0 while there was no triage to judge. */
    triageVersion: integer('triage_version').notNull(),
    value: text('value', { enum: VOTES }).notNull(),
    correction: text('correction', { enum: CATEGORIES }),
    correctedSeverity: text('corrected_severity', { enum: SEVERITIES }),
    note: text('note'),
    at: moment('at').notNull(),
  },
  (table) => [
    primaryKey({ name: 'votes_one_a_person', columns: [table.incidentId, table.voterKey] }),
    check('votes_value', oneOf(table.value, VOTES)),
    check('votes_correction', oneOf(table.correction, CATEGORIES)),
    check('votes_corrected_severity', oneOf(table.correctedSeverity, SEVERITIES)),
    index('votes_of_voter').on(table.voterKey, table.at),
    index('votes_by_time').on(table.at),
    check('votes_triage_version', sql`${table.triageVersion} >= 0`),
  ],
);
