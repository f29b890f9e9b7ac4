import { sql } from 'drizzle-orm';
import { bigint, boolean, check, index, jsonb, text } from 'drizzle-orm/pg-core';
import type { Card } from '../../../src/domain/card.ts';
import { moment, sitrep } from './base.ts';

export const consoleChannels = sitrep.table('console_channels', {
  name: text('name').primaryKey(),
});

export const consoleMessages = sitrep.table(
  'console_messages',
  {
    id: text('id').primaryKey(),
    channel: text('channel')
      .notNull()
      .references(() => consoleChannels.name),
    thread: text('thread'),
    authorId: text('author_id').notNull(),
    authorName: text('author_name').notNull(),
    authorIsBot: boolean('author_is_bot').notNull(),
    text: text('text'),
    card: jsonb('card').$type<Card>(),
    deliveryKey: text('delivery_key').unique(),
    createdAt: moment('created_at').notNull(),
    edited: boolean('edited').notNull(),
    change: bigint('change', { mode: 'number' }).notNull().unique(),
  },
  (table) => [
    check('console_messages_body', sql`num_nulls(${table.text}, ${table.card}) = 1`),
    index('console_messages_by_age').on(table.createdAt),
    index('console_messages_of_thread').on(sql`coalesce(${table.thread}, ${table.id})`),
  ],
);

/**
 * One row with the number of the last change. A writer holds its lock from taking the number until the
 * commit, so changes appear in the order of their numbers; a sequence would hand them out without order.
 */
export const consoleChanges = sitrep.table(
  'console_changes',
  {
    one: boolean('one').primaryKey(),
    last: bigint('last', { mode: 'number' }).notNull(),
  },
  (table) => [check('console_changes_one_row', sql`${table.one}`)],
);
