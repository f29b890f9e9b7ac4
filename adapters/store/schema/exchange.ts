import { sql } from 'drizzle-orm';
import { bigint, check, index, integer, text } from 'drizzle-orm/pg-core';
import { PLATFORMS } from '../../../src/domain/thread-ref.ts';
import { moment, oneOf, sitrep } from './base.ts';

/** What came in from platforms, what went out to them, and who did what. */

export const inbox = sitrep.table(
  'inbox',
  {
    eventKey: text('event_key').primaryKey(),
    at: moment('at').notNull(),
  },
  (table) => [index('inbox_by_age').on(table.at)],
);

export const deliveries = sitrep.table(
  'deliveries',
  {
    key: text('key').primaryKey(),
    owner: text('owner'),
    leaseUntil: moment('lease_until'),
    /** How often it was taken since somebody told what became of it. */
    claims: integer('claims').notNull(),
    /** When it was last taken, or while its outcome is unknown, first. */
    claimedAt: moment('claimed_at').notNull(),
    platform: text('platform', { enum: PLATFORMS }),
    workspace: text('workspace'),
    channel: text('channel'),
    thread: text('thread'),
    message: text('message'),
  },
  (table) => [
    check('deliveries_lease', sql`(${table.owner} is null) = (${table.leaseUntil} is null)`),
    check('deliveries_platform', oneOf(table.platform, PLATFORMS)),
    check(
      'deliveries_message',
      sql`num_nulls(${table.platform}, ${table.workspace}, ${table.channel}, ${table.message}) in (0, 4)`,
    ),
    index('deliveries_by_age').on(table.claimedAt),
  ],
);

export const audit = sitrep.table(
  'audit',
  {
    position: bigint('position', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    at: moment('at').notNull(),
    actor: text('actor').notNull(),
    action: text('action').notNull(),
    subject: text('subject').notNull(),
    detail: text('detail'),
  },
  (table) => [
    index('audit_of_subject').on(table.subject, table.position),
    index('audit_by_age').on(table.at),
  ],
);
