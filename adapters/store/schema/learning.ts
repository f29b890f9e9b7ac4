import { sql } from 'drizzle-orm';
import {
  check,
  index,
  integer,
  jsonb,
  primaryKey,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { VOTES } from '../../../src/domain/event.ts';
import { PLATFORMS } from '../../../src/domain/thread-ref.ts';
import { json, moment, oneOf, sitrep } from './base.ts';
import { incidents } from './incidents.ts';

/** What Sitrep learned, explained and promised to send. */

const SUBSCRIPTION_KINDS = ['digest', 'incidents'] as const;
const MODEL_STATUSES = ['candidate', 'live', 'retired', 'rejected'] as const;

/** A channel that wants to hear something regularly. */
export const subscriptions = sitrep.table(
  'subscriptions',
  {
    id: text('id').primaryKey(),
    kind: text('kind', { enum: SUBSCRIPTION_KINDS }).notNull(),
    platform: text('platform', { enum: PLATFORMS }).notNull(),
    workspace: text('workspace').notNull(),
    channel: text('channel').notNull(),
    cron: text('cron'),
    timeZone: text('time_zone'),
    createdBy: text('created_by').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [
    unique('subscriptions_one_a_kind').on(
      table.platform,
      table.workspace,
      table.channel,
      table.kind,
    ),
    check('subscriptions_kind', oneOf(table.kind, SUBSCRIPTION_KINDS)),
    check('subscriptions_platform', oneOf(table.platform, PLATFORMS)),
    check('subscriptions_schedule', sql`(${table.cron} is null) = (${table.timeZone} is null)`),
  ],
);

/** A root cause in plain language; without an incident when it was asked for over HTTP. */
export const explanations = sitrep.table(
  'explanations',
  {
    id: text('id').primaryKey(),
    incidentId: text('incident_id').references(() => incidents.id),
    /** Hash of the analysis that was explained: the same one is not narrated twice. */
    sourceHash: text('source_hash').notNull(),
    narrator: text('narrator').notNull(),
    promptId: text('prompt_id').notNull(),
    promptVersion: text('prompt_version').notNull(),
    text: text('text').notNull(),
    detail: json('detail').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [
    unique('explanations_source').on(
      table.sourceHash,
      table.narrator,
      table.promptId,
      table.promptVersion,
    ),
    index('explanations_of_incident').on(table.incidentId, table.createdAt),
  ],
);

/** What people think of an explanation: each has one vote on it. */
export const explanationVotes = sitrep.table(
  'explanation_votes',
  {
    explanationId: text('explanation_id')
      .notNull()
      .references(() => explanations.id),
    voterKey: text('voter_key').notNull(),
    voterName: text('voter_name').notNull(),
    value: text('value', { enum: VOTES }).notNull(),
    at: moment('at').notNull(),
  },
  (table) => [
    primaryKey({
      name: 'explanation_votes_one_a_person',
      columns: [table.explanationId, table.voterKey],
    }),
    check('explanation_votes_value', oneOf(table.value, VOTES)),
  ],
);

export const digests = sitrep.table(
  'digests',
  {
    id: text('id').primaryKey(),
    /** Whom it was made for: a subscription, or the command line. */
    audience: text('audience').notNull(),
    since: moment('since').notNull(),
    until: moment('until').notNull(),
    content: jsonb('content').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [
    unique('digests_period').on(table.audience, table.since, table.until),
    check('digests_period_order', sql`${table.since} < ${table.until}`),
  ],
);

export const modelVersions = sitrep.table(
  'model_versions',
  {
    version: text('version').primaryKey(),
    status: text('status', { enum: MODEL_STATUSES }).notNull(),
    /** Where the trained model lies, and what it must hash to. */
    artefact: text('artefact').notNull(),
    checksum: text('checksum').notNull(),
    trainedOn: integer('trained_on').notNull(),
    metrics: jsonb('metrics').notNull(),
    createdAt: moment('created_at').notNull(),
    liveSince: moment('live_since'),
  },
  (table) => [
    check('model_versions_status', oneOf(table.status, MODEL_STATUSES)),
    check('model_versions_trained_on', sql`${table.trainedOn} >= 0`),
    uniqueIndex('model_versions_one_live').on(table.status).where(sql`${table.status} = 'live'`),
  ],
);
