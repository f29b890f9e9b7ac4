import { and, asc, eq, sql } from 'drizzle-orm';
import { threadKey } from '../../src/domain/thread-ref.ts';
import type { ChannelSettings, ChannelStore } from '../../src/ports/channel-store.ts';
import { atBorder } from './border.ts';
import type { Database } from './database.ts';
import { audit, channels } from './schema/index.ts';

type Place = Parameters<ChannelStore['settings']>[0];

export function createChannelStore({ orm, rows }: Database): ChannelStore {
  const settings = async ({ platform, workspace, channel }: Place) => {
    const [row] = await orm
      .select()
      .from(channels)
      .where(
        and(
          eq(channels.platform, platform),
          eq(channels.workspace, workspace),
          eq(channels.channel, channel),
        ),
      );
    return row && toSettings(row);
  };

  return atBorder<ChannelStore>({
    settings,

    async change({ platform, workspace, channel }, change, actor, at) {
      const moment = sql.param(at, channels.updatedAt);
      const watched = sql`${change.watched ?? null}::boolean`;
      const mode = sql`${change.mode ?? null}::text`;
      // Whom to call is taken back by naming nobody.
      const onCall = sql`nullif(${change.onCall ?? null}::text, '')`;
      const subject = threadKey({ platform, workspace, channel });
      const said = Object.entries(change).map(([name, value]) => `${name}=${value}`);
      const [row] = await rows<Row>(sql`
        with changed as (
          insert into ${channels} (platform, workspace, channel, watched, mode, on_call, updated_at)
          values (${platform}::text, ${workspace}::text, ${channel}::text,
            coalesce(${watched}, false), coalesce(${mode}, 'quiet'), ${onCall}, ${moment}::timestamptz)
          on conflict (platform, workspace, channel) do update
          set watched = coalesce(${watched}, ${channels.watched}),
            mode = coalesce(${mode}, ${channels.mode}),
            on_call = ${change.onCall === undefined ? sql`${channels.onCall}` : onCall},
            updated_at = excluded.updated_at
          returning watched, mode, on_call
        ),
        line as (
          insert into ${audit} (at, actor, action, subject, detail)
          select ${moment}::timestamptz, ${actor}::text, 'channel.changed', ${subject}::text,
            ${said.join(' ')}::text
          from changed
        )
        select watched, mode, on_call as "onCall" from changed`);
      if (!row) throw new Error('The settings of a channel were not written.');
      return toSettings(row);
    },

    async watched(platform, workspace) {
      const found = await orm
        .select({ channel: channels.channel })
        .from(channels)
        .where(
          and(
            eq(channels.platform, platform),
            eq(channels.workspace, workspace),
            eq(channels.watched, true),
          ),
        )
        .orderBy(asc(channels.channel));
      return found.map(({ channel }) => channel);
    },
  });
}

type Row = Pick<typeof channels.$inferSelect, 'watched' | 'mode' | 'onCall'>;

function toSettings({ watched, mode, onCall }: Row): ChannelSettings {
  return { watched, mode, ...(onCall === null ? {} : { onCall }) };
}
