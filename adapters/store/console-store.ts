import { asc, desc, eq, gt, lt, or, type SQL, sql } from 'drizzle-orm';
import type { ConsoleLog, ConsoleMessage } from '../../src/ports/console-log.ts';
import { atBorder } from './border.ts';
import type { Database } from './database.ts';
import { forgetRows } from './forget.ts';
import { livesSince } from './lives-since.ts';
import { consoleChanges, consoleChannels, consoleMessages } from './schema/index.ts';

/**
 * Takes the next number and keeps its row locked until the statement has committed. Every other part of a
 * statement draws from it, so this lock is always the first: no two writers can wait for each other.
 */
const NUMBER = sql`number as (
  insert into ${consoleChanges} (one, last) values (true, 1)
  on conflict (one) do update set last = ${consoleChanges.last} + 1
  returning last
)`;

export function createConsoleLog(database: Database): ConsoleLog {
  const { orm, rows } = database;
  const find = async (condition: SQL | undefined) => {
    const [row] = await orm.select().from(consoleMessages).where(condition).limit(1);
    return row && toMessage(row);
  };

  return atBorder<ConsoleLog>({
    async add(message) {
      const { id, channel, thread, author, body, deliveryKey, createdAt } = message;
      const text = 'text' in body ? body.text : null;
      const card = 'card' in body ? JSON.stringify(body.card) : null;
      const [added] = await rows<{ change: string | number }>(sql`
        with ${NUMBER},
        channel as (
          insert into ${consoleChannels} (name) select ${channel}::text from number
          on conflict (name) do nothing
        )
        insert into ${consoleMessages} (id, channel, thread, author_id, author_name, author_is_bot,
          text, card, delivery_key, created_at, edited, change)
        select ${id}::text, ${channel}::text, ${thread ?? null}::text, ${author.id}::text,
          ${author.name}::text, ${author.isBot}::boolean, ${text}::text, ${card}::jsonb,
          ${deliveryKey ?? null}::text,
          ${sql.param(createdAt, consoleMessages.createdAt)}::timestamptz, false, last
        from number
        on conflict do nothing
        returning change`);
      if (added) return { ...message, edited: false, change: Number(added.change) };
      const known = await find(
        or(
          eq(consoleMessages.id, id),
          deliveryKey === undefined ? undefined : eq(consoleMessages.deliveryKey, deliveryKey),
        ),
      );
      if (!known) throw new Error('A conflicting message vanished.');
      return known;
    },

    async editCard(id, card) {
      const edited = await rows(sql`
        with ${NUMBER}
        update ${consoleMessages}
        set card = ${JSON.stringify(card)}::jsonb, edited = true, change = number.last
        from number
        where ${eq(consoleMessages.id, id)} and ${consoleMessages.card} is not null
        returning ${consoleMessages.id}`);
      return edited.length > 0;
    },

    byDeliveryKey: (key) => find(eq(consoleMessages.deliveryKey, key)),

    byId: (id) => find(eq(consoleMessages.id, id)),

    async after(change, limit) {
      const found = await orm
        .select()
        .from(consoleMessages)
        .where(gt(consoleMessages.change, change))
        .orderBy(asc(consoleMessages.change))
        .limit(limit);
      return found.map(toMessage);
    },

    async recent(limit) {
      const found = await orm
        .select()
        .from(consoleMessages)
        .orderBy(desc(consoleMessages.change))
        .limit(limit);
      return found.reverse().map(toMessage);
    },

    async channels() {
      const found = await orm.select().from(consoleChannels).orderBy(asc(consoleChannels.name));
      return found.map(({ name }) => name);
    },

    async addChannel(name) {
      await orm.insert(consoleChannels).values({ name }).onConflictDoNothing();
    },

    forget(before) {
      const { id, channel, thread, createdAt } = consoleMessages;
      const root = sql`coalesce(${thread}, ${id})`;
      // One installation has one console, and that has one workspace.
      const console = sql`'console'`;
      const place = { platform: console, workspace: console, channel, thread: root };
      const young = sql.param(before, createdAt);
      return forgetRows(
        database,
        consoleMessages,
        sql`${lt(createdAt, before)} and not ${livesSince(place, before)} and not exists (
          select 1 from ${consoleMessages} as said
          where coalesce(said.thread, said.id) = ${root} and said.created_at >= ${young}::timestamptz
        )`,
      );
    },
  });
}

function toMessage(row: typeof consoleMessages.$inferSelect): ConsoleMessage {
  return {
    id: row.id,
    channel: row.channel,
    ...(row.thread === null ? {} : { thread: row.thread }),
    author: { id: row.authorId, name: row.authorName, isBot: row.authorIsBot },
    body: row.card === null ? { text: row.text ?? '' } : { card: row.card },
    ...(row.deliveryKey === null ? {} : { deliveryKey: row.deliveryKey }),
    createdAt: row.createdAt,
    edited: row.edited,
    change: row.change,
  };
}
