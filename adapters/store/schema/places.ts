import { sql } from 'drizzle-orm';
import { boolean, check, index, primaryKey, text } from 'drizzle-orm/pg-core';
import { PLATFORMS } from '../../../src/domain/thread-ref.ts';
import { CHANNEL_MODES } from '../../../src/ports/channel-store.ts';
import { moment, oneOf, sitrep } from './base.ts';

/** Where the product is installed, and what people set there. */

const INSTALLABLE = ['slack', 'teams'] as const;

export const channels = sitrep.table(
  'channels',
  {
    platform: text('platform', { enum: PLATFORMS }).notNull(),
    workspace: text('workspace').notNull(),
    channel: text('channel').notNull(),
    watched: boolean('watched').notNull(),
    mode: text('mode', { enum: CHANNEL_MODES }).notNull(),
    onCall: text('on_call'),
    updatedAt: moment('updated_at').notNull(),
  },
  (table) => [
    primaryKey({
      name: 'channels_place',
      columns: [table.platform, table.workspace, table.channel],
    }),
    check('channels_platform', oneOf(table.platform, PLATFORMS)),
    check('channels_mode', oneOf(table.mode, CHANNEL_MODES)),
    index('channels_watched')
      .on(table.platform, table.workspace, table.channel)
      .where(sql`${table.watched}`),
  ],
);

export const installations = sitrep.table(
  'installations',
  {
    platform: text('platform', { enum: INSTALLABLE }).notNull(),
    workspace: text('workspace').notNull(),
    sealed: text('sealed').notNull(),
    installedAt: moment('installed_at').notNull(),
  },
  (table) => [
    primaryKey({ name: 'installations_place', columns: [table.platform, table.workspace] }),
    check('installations_platform', oneOf(table.platform, INSTALLABLE)),
  ],
);
