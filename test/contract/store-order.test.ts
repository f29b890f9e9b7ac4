import { describe, expect, it, vi } from 'vitest';
import { createTestStore } from '../fixtures/database.ts';
import { postgresUrl } from '../fixtures/offered.ts';
import { anna, second, unique } from './store-records.ts';

const soon = { timeout: 20_000, interval: 20 };

describe.skipIf(!postgresUrl)(
  `the order of changes on Postgres${postgresUrl ? '' : ' (skipped: no Postgres on this machine)'}`,
  () => {
    it('shows no console message before one with a lower number that is still being written', async () => {
      const { store, remove } = await createTestStore(postgresUrl);
      const say = (channel: string) =>
        store.consoleLog.add({
          id: unique('msg'),
          channel,
          author: anna,
          body: { text: 'hello' },
          createdAt: second(1),
        });
      const waiting = async () => {
        const { rows } = await store.pool.query(
          `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        return rows.length;
      };
      // Somebody who has not committed yet makes the writer to this channel wait in the middle.
      const held = await store.pool.connect();
      await held.query('BEGIN');
      await held.query(`insert into sitrep.console_channels (name) values ('held')`);
      const first = say('held');
      await vi.waitFor(async () => expect(await waiting()).toBe(1), soon);
      let overtaken = false;
      const next = say('free').finally(() => {
        overtaken = true;
      });
      await vi.waitFor(async () => expect(overtaken || (await waiting()) === 2).toBe(true), soon);
      const seen = await store.consoleLog.after(0, 10);
      await held.query('ROLLBACK');
      held.release();
      const written = [await first, await next].sort((a, b) => a.change - b.change);
      expect(await store.consoleLog.after(0, 10)).toEqual(written);
      expect(seen).toEqual(written.slice(0, seen.length));
      await remove();
    });
  },
);
