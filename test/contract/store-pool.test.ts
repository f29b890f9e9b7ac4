import {
  createPostgresBackend,
  type Job,
  type PgPool,
  type PgQueryable,
  Queue,
  runMigrations,
  Worker,
} from 'bullmq';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Pool, PoolClient, Store } from '../../adapters/store/index.ts';
import { createTestStore, type TestStore } from '../fixtures/database.ts';
import { postgresUrl } from '../fixtures/offered.ts';
import { newTriage, recorded, unique } from './store-records.ts';

const soon = { timeout: 20_000, interval: 20 };

function poolContract(create: () => Promise<TestStore>): void {
  let made: TestStore | undefined;
  let store: Store;
  let pool: Pool;

  beforeAll(async () => {
    made = await create();
    ({ store } = made);
    ({ pool } = store);
    const client = await pool.connect();
    await runMigrations(client as unknown as PgQueryable, 'bullmq');
    client.release();
  });
  afterAll(async () => {
    await made?.remove();
  });

  const connected = async (use: (client: PoolClient) => Promise<void>) => {
    const client = await pool.connect();
    try {
      await use(client);
    } finally {
      client.release();
    }
  };

  describe('for a queue', () => {
    const open: { close(): Promise<void> }[] = [];
    afterAll(async () => {
      for (const part of open.reverse()) await part.close();
    });
    const connection = () => ({ connection: pool as unknown as PgPool });
    const queueOf = (name: string) => {
      const queue = new Queue(name, connection(), createPostgresBackend);
      // Without a listener BullMQ prints what happens to a connection that is closing.
      queue.on('error', () => undefined);
      open.push(queue);
      return queue;
    };
    const work = (name: string, process: (job: Job) => Promise<void>, concurrency = 4) => {
      const worker = new Worker(
        name,
        process,
        { ...connection(), concurrency },
        createPostgresBackend,
      );
      worker.on('error', () => undefined);
      open.push(worker);
      return worker;
    };

    it('works off jobs while repositories write, and wakes for new ones', async () => {
      const name = unique('busy');
      const queue = queueOf(name);
      const incident = await recorded(store);
      const done: string[] = [];
      work(name, async (job) => {
        await store.triages.add(newTriage(incident.id));
        done.push(String(job.id));
      });
      const ids = Array.from({ length: 30 }, (_, i) => `job-${i}`);
      await Promise.all([
        ...ids.map((id) => queue.add('job', { id }, { jobId: id })),
        ...ids.map(() => recorded(store)),
      ]);
      // Adding one again is no second job.
      await queue.add('job', {}, { jobId: 'job-0' });
      await vi.waitFor(() => expect(done).toHaveLength(30), soon);
      expect(new Set(done)).toEqual(new Set(ids));
      expect((await store.triages.latest(incident.id))?.version).toBe(30);

      await queue.add('job', {}, { jobId: 'late' });
      await vi.waitFor(() => expect(done).toContain('late'), soon);
    });

    it('keeps delayed jobs until they are due, and tries failed ones again', async () => {
      const name = unique('slow');
      const queue = queueOf(name);
      const tries: { id: string; at: number }[] = [];
      work(name, async (job) => {
        tries.push({ id: String(job.id), at: Date.now() });
        if (job.id === 'fails' && job.attemptsMade < 2) throw new Error('not yet');
      });
      const added = Date.now();
      await queue.add('job', {}, { jobId: 'waits', delay: 300 });
      await queue.add(
        'job',
        {},
        { jobId: 'fails', attempts: 3, backoff: { type: 'fixed', delay: 50 } },
      );
      await vi.waitFor(() => expect(tries).toHaveLength(4), soon);
      expect(tries.filter(({ id }) => id === 'fails')).toHaveLength(3);
      const waited = (tries.find(({ id }) => id === 'waits')?.at ?? 0) - added;
      expect(waited).toBeGreaterThanOrEqual(300);
    });
  });

  describe('for a transaction', () => {
    const counted = async (table: string) =>
      (await pool.query(`select count(*)::int as n from ${table}`)).rows;

    it('keeps everybody else out of it, and what is rolled back never was', async () => {
      await pool.query('create table public.notes (note text)');
      await connected(async (client) => {
        await client.query('BEGIN');
        await client.query('insert into public.notes values ($1)', ['mine']);
        const others = recorded(store);
        await client.query('ROLLBACK');
        const incident = await others;
        expect(await store.incidents.byId(incident.id)).toEqual(incident);
      });
      expect(await counted('public.notes')).toEqual([{ n: 0 }]);
    });

    it('goes on after a statement in it failed', async () => {
      await connected(async (client) => {
        await client.query('BEGIN');
        await expect(client.query('select * from nowhere')).rejects.toMatchObject({
          code: '42P01',
        });
        await client.query('ROLLBACK');
        expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
      });
      expect(await recorded(store)).toBeDefined();
    });

    it('lets transactions of several clients follow each other', async () => {
      await pool.query('create table public.sums (n int)');
      await pool.query('insert into public.sums values (0)');
      await Promise.all(
        Array.from({ length: 5 }, () =>
          connected(async (client) => {
            await client.query('BEGIN');
            const { rows } = await client.query('select n from public.sums for update');
            const [row] = rows as { n: number }[];
            await client.query('update public.sums set n = $1', [(row?.n ?? 0) + 1]);
            await client.query('COMMIT');
          }),
        ),
      );
      expect((await pool.query('select n from public.sums')).rows).toEqual([{ n: 5 }]);
    });
  });

  it('gives 8-byte integers as text and says how many rows were touched', async () => {
    expect(await pool.query('select 9007199254740993::bigint as big')).toMatchObject({
      rows: [{ big: '9007199254740993' }],
      rowCount: 1,
    });
    await pool.query('create table public.some (n int)');
    expect(await pool.query('insert into public.some values ($1), ($2)', [1, 2])).toMatchObject({
      rows: [],
      rowCount: 2,
    });
  });

  it('reaches the tables of the queue by their bare names', async () => {
    expect((await pool.query('show search_path')).rows).toEqual([
      { search_path: 'bullmq, public' },
    ]);
  });
}

describe('the pool of the embedded store', () => {
  poolContract(() => createTestStore());

  it('is not held up by a client that is given back in the middle of a transaction', async () => {
    const { store, remove } = await createTestStore();
    const client = await store.pool.connect();
    await client.query('BEGIN');
    await client.query('create table public.gone (n int)');
    client.release(true);
    await expect(store.pool.query('select * from public.gone')).rejects.toMatchObject({
      code: '42P01',
    });
    await expect(client.query('select 1')).rejects.toThrow('closed');
    await remove();
  });

  it('runs what one client is told in order, without waiting in between', async () => {
    const { store, remove } = await createTestStore();
    const client = await store.pool.connect();
    await store.pool.query('create table public.steps (step int)');
    await Promise.all([
      client.query('BEGIN'),
      client.query('insert into public.steps values (1)'),
      client.query('savepoint here'),
      client.query('insert into public.steps values (2)'),
      client.query('rollback to savepoint here'),
      client.query('COMMIT'),
    ]);
    expect((await store.pool.query('select step from public.steps')).rows).toEqual([{ step: 1 }]);
    client.release();
    await remove();
  });

  it('refuses to open a transaction that it could not keep others out of', async () => {
    const { store, remove } = await createTestStore();
    const client = await store.pool.connect();
    await expect(client.query('BEGIN ISOLATION LEVEL SERIALIZABLE')).rejects.toThrow('BEGIN');
    await expect(client.query('begin; select 1; commit')).rejects.toThrow('BEGIN');
    client.release();
    await remove();
  });
});

describe.skipIf(!postgresUrl)(
  `the pool of the store on Postgres${postgresUrl ? '' : ' (skipped: no Postgres on this machine)'}`,
  () => poolContract(() => createTestStore(postgresUrl)),
);
