import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Store } from '../../adapters/store/index.ts';
import { createTestStore, type TestStore } from '../fixtures/database.ts';
import { postgresUrl } from '../fixtures/offered.ts';
import { anna, second, unique } from './store-records.ts';

const soon = { timeout: 20_000, interval: 20 };

describe.skipIf(!postgresUrl)(
  `the order of changes on Postgres${postgresUrl ? '' : ' (skipped: no Postgres on this machine)'}`,
  () => {
    let made: TestStore;
    beforeAll(async () => {
      made = await createTestStore(postgresUrl);
    });
    afterAll(() => made.remove());

    it('shows no console message before one with a lower number that is still being written', async () => {
      const { store } = made;
      const say = (channel: string) =>
        store.consoleLog.add({
          id: unique('msg'),
          channel,
          author: anna,
          body: { text: 'hello' },
          createdAt: second(1),
        });
      const { seen, written } = await whileOneIsHeldUp(store, {
        holdUp: `insert into sitrep.console_channels (name) values ('held')`,
        first: () => say('held'),
        next: () => say('free'),
        look: () => store.consoleLog.after(0, 10),
      });
      const inOrder = written.sort((a, b) => a.change - b.change);
      expect(await store.consoleLog.after(0, 10)).toEqual(inOrder);
      expect(seen).toEqual(inOrder.slice(0, seen.length));
    });

    it('shows no document before one with a lower number that is still being written', async () => {
      const { store } = made;
      const put = (id: string) =>
        store.documents.put({
          document: {
            id,
            collection: 'runbooks',
            source: `${id}.md`,
            kind: 'page',
            title: id,
            checksum: '1',
            tags: [],
            ingestedAt: second(1),
          },
          chunks: [],
        });
      const look = () => store.documents.changedSince(0);
      const { seen } = await whileOneIsHeldUp(store, {
        holdUp: `insert into sitrep.documents (id, collection, source, kind, title, checksum, tags, ingested_at, change)
          values ('held', 'c', 's', 'page', 't', '1', '[]', now(), 1000)`,
        first: () => put('held'),
        next: () => put('free'),
        look,
      });
      const later = await store.documents.changedSince(seen.change);
      expect([...seen.put, ...later.put].toSorted()).toEqual(['free', 'held']);
      expect(later.change).toBe(2);
    });
  },
);

/**
 * Somebody who has not committed yet makes the first writer wait in the middle, and a second one comes. What
 * a reader sees meanwhile, and what the two wrote in the end.
 */
async function whileOneIsHeldUp<Written, Seen>(
  store: Store,
  acts: {
    holdUp: string;
    first: () => Promise<Written>;
    next: () => Promise<Written>;
    look: () => Promise<Seen>;
  },
): Promise<{ seen: Seen; written: Written[] }> {
  const waiting = async () => {
    const { rows } = await store.pool.query(
      `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    return rows.length;
  };
  const held = await store.pool.connect();
  await held.query('BEGIN');
  await held.query(acts.holdUp);
  const first = acts.first();
  await vi.waitFor(async () => expect(await waiting()).toBe(1), soon);
  let overtaken = false;
  const next = acts.next().finally(() => {
    overtaken = true;
  });
  await vi.waitFor(async () => expect(overtaken || (await waiting()) === 2).toBe(true), soon);
  const seen = await acts.look();
  await held.query('ROLLBACK');
  held.release();
  return { seen, written: [await first, await next] };
}
