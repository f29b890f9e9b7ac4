import { type AnyColumn, and, eq, lt, lte, sql } from 'drizzle-orm';
import type { Delivery, DeliveryStore } from '../../src/ports/delivery-store.ts';
import { atBorder } from './border.ts';
import type { Database } from './database.ts';
import { forgetRows } from './forget.ts';
import { livesSince } from './lives-since.ts';
import { deliveries } from './schema/index.ts';

export function createDeliveryStore(database: Database): DeliveryStore {
  const { orm } = database;
  return atBorder<DeliveryStore>({
    async claim(key, owner, now, leaseMs) {
      const lease = { owner, leaseUntil: new Date(now.getTime() + leaseMs) };
      const [row] = await orm
        .insert(deliveries)
        .values({ key, claims: 1, claimedAt: now, ...lease })
        .onConflictDoUpdate({
          target: deliveries.key,
          set: {
            ...lease,
            claims: sql`${deliveries.claims} + 1`,
            // While an outcome is unknown, what counts is when the first post may have been.
            claimedAt: sql`case when ${deliveries.claims} > 0 then ${deliveries.claimedAt} else ${sql.param(now, deliveries.claimedAt)}::timestamptz end`,
          },
          setWhere: sql`${deliveries.owner} is null or ${eq(deliveries.owner, owner)} or ${lte(deliveries.leaseUntil, now)}`,
        })
        .returning();
      // The claim just made is not an attempt yet.
      return row && toDelivery({ ...row, claims: row.claims - 1 });
    },

    async release(key, owner, outcome) {
      const held = eq(deliveries.owner, owner);
      const letGo = {
        owner: sql`case when ${held} then null else ${deliveries.owner} end`,
        leaseUntil: sql`case when ${held} then null else ${deliveries.leaseUntil} end`,
      };
      if (typeof outcome === 'string') {
        const claims = outcome === 'unknown' ? {} : { claims: 0 };
        await orm
          .update(deliveries)
          .set({ ...letGo, ...claims })
          .where(and(eq(deliveries.key, key), held));
        return;
      }
      const kept = (column: AnyColumn, value: string | undefined) =>
        sql`case when ${deliveries.message} is null then ${value ?? null}::text else ${column} end`;
      await orm
        .update(deliveries)
        .set({
          ...letGo,
          claims: 0,
          platform: kept(deliveries.platform, outcome.platform),
          workspace: kept(deliveries.workspace, outcome.workspace),
          channel: kept(deliveries.channel, outcome.channel),
          thread: kept(deliveries.thread, outcome.thread),
          message: kept(deliveries.message, outcome.message),
        })
        .where(eq(deliveries.key, key));
    },

    async find(key) {
      const [row] = await orm.select().from(deliveries).where(eq(deliveries.key, key));
      return row && toDelivery(row);
    },

    forget(before) {
      const { platform, workspace, channel, thread, message } = deliveries;
      const place = { platform, workspace, channel, thread: sql`coalesce(${thread}, ${message})` };
      const old = sql`${lt(deliveries.claimedAt, before)} and not ${livesSince(place, before)}`;
      return forgetRows(database, deliveries, old);
    },
  });
}

function toDelivery(row: typeof deliveries.$inferSelect): Delivery {
  const { key, claims, claimedAt, platform, workspace, channel, thread, message } = row;
  const known =
    claims > 0 ? { key, attempted: true, attemptedAt: claimedAt } : { key, attempted: false };
  if (platform === null || workspace === null || channel === null || message === null) return known;
  const place = { platform, workspace, channel, message };
  return { ...known, message: thread === null ? place : { ...place, thread } };
}
