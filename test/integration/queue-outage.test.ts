import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  createPostgresQueue,
  createRedisQueue,
  type QueueHandle,
} from '../../adapters/queue/index.ts';
import { createQueuePool } from '../fixtures/queue/databases.ts';
import { type LogLine, queueDeps } from '../fixtures/queue/deps.ts';
import { noteJob } from '../fixtures/queue/note-job.ts';
import { findPostgres, findRedis } from '../fixtures/servers/find.ts';
import { startPostgres } from '../fixtures/servers/postgres.ts';
import { startRedis } from '../fixtures/servers/redis.ts';

/** Every test starts a server of its own, some twice. */
vi.setConfig({ testTimeout: 90_000 });
const soon = { timeout: 25_000, interval: 20 };

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

type Server = { kill(signal: NodeJS.Signals): Promise<void>; stop(): Promise<void> };

/** The backend dies under a queue that is at work, and comes back. */
async function survivesAnOutage(
  handle: QueueHandle,
  lines: LogLine[],
  server: Server,
  restart: () => Promise<Server>,
) {
  undo.push(() => handle.close());
  const job = noteJob('note');
  const seen: string[] = [];
  await handle.workers.work(job, async (_, { id }) => {
    seen.push(id);
  });
  await handle.queue.enqueue(job, { text: '' }, { id: 'before' });
  await vi.waitFor(() => expect(seen).toEqual(['before']), soon);
  expect(await handle.part.health()).toMatchObject({ status: 'up' });

  await server.kill('SIGKILL');
  await vi.waitFor(async () => {
    expect(await handle.part.health()).toMatchObject({
      status: 'down',
      detail: expect.stringMatching(/does not answer/),
    });
  }, soon);
  // Known names and new ones: a queue that is opened during the outage must not stay broken.
  for (const each of [job, noteJob('unseen')]) {
    await expect(handle.queue.enqueue(each, { text: '' }, { id: 'during' })).rejects.toMatchObject({
      name: 'AppError',
      code: 'unavailable',
      retryable: true,
    });
  }
  await expect(handle.queue.listDead(10)).rejects.toMatchObject({ code: 'unavailable' });

  // The operator hears of it, but not once a second and connection.
  const complaints = () => lines.filter((line) => /trouble/.test(line.message)).length;
  await vi.waitFor(() => expect(complaints()).toBeGreaterThan(0), soon);

  const back = await restart();
  undo.push(() => back.stop());
  await vi.waitFor(async () => {
    expect(await handle.part.health()).toMatchObject({ status: 'up' });
  }, soon);
  await vi.waitFor(() => handle.queue.enqueue(job, { text: '' }, { id: 'after' }), soon);
  await vi.waitFor(() => expect(seen).toContain('after'), soon);
  const late = noteJob('unseen');
  await vi.waitFor(() => handle.queue.enqueue(late, { text: '' }, { id: 'late' }), soon);
  await handle.workers.work(late, async (_, { id }) => {
    seen.push(id);
  });
  await vi.waitFor(() => expect(seen).toContain('late'), soon);
  expect(complaints()).toBeLessThan(4);
}

const noRedis = findRedis() ? '' : ' (skipped: no redis-server on this machine)';
describe.skipIf(!findRedis())(`a queue whose Redis goes away${noRedis}`, () => {
  it('refuses at once, and works on when it is back', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'sitrep-queue-redis-'));
    undo.push(() => rmSync(dir, { recursive: true, force: true }));
    const redis = await startRedis({ dir });
    undo.push(() => redis.stop());
    const { deps, lines } = queueDeps();
    const handle = await createRedisQueue({ url: redis.url, ...deps });
    await survivesAnOutage(handle, lines, redis, () => startRedis({ port: redis.port, dir }));
  });

  it('goes on with its schedules when Redis comes back empty', async () => {
    const redis = await startRedis();
    undo.push(() => redis.stop());
    const { deps } = queueDeps();
    const handle = await createRedisQueue({ url: redis.url, ...deps });
    undo.push(() => handle.close());
    const job = noteJob('every-now-and-then');
    let runs = 0;
    await handle.workers.work(job, async () => {
      runs++;
    });
    await handle.queue.schedule(job, { text: '' }, { everyMs: 100 });
    await vi.waitFor(() => expect(runs).toBeGreaterThan(1), soon);
    await redis.kill('SIGKILL');
    const back = await startRedis({ port: redis.port });
    undo.push(() => back.stop());
    const before = runs;
    await vi.waitFor(() => expect(runs).toBeGreaterThan(before + 1), soon);
  });

  it('can be drained and closed while Redis is away', async () => {
    const redis = await startRedis();
    undo.push(() => redis.stop());
    const handle = await createRedisQueue({ url: redis.url, ...queueDeps().deps });
    let begun = 0;
    const job = noteJob('stuck');
    await handle.workers.work(job, async () => {
      begun++;
      await new Promise(() => {});
    });
    await handle.queue.enqueue(job, { text: '' }, { id: 'stuck' });
    await vi.waitFor(() => expect(begun).toBe(1), soon);
    await redis.kill('SIGKILL');
    await handle.workers.drain(200);
    await handle.close();
  });

  it('says in one sentence that Redis is not there at the start', async () => {
    const redis = await startRedis();
    await redis.stop();
    const start = createRedisQueue({ url: redis.url, ...queueDeps().deps });
    await expect(start).rejects.toMatchObject({ name: 'AppError', code: 'unavailable' });
    await expect(start).rejects.toThrow(/REDIS_URL/);
  });
});

const noPostgres = findPostgres() ? '' : ' (skipped: no Postgres on this machine)';
describe.skipIf(!findPostgres())(`a queue whose Postgres goes away${noPostgres}`, () => {
  it('refuses at once, and works on when it is back', async () => {
    const dir = mkdtempSync('/tmp/sitrep-queue-postgres-');
    undo.push(() => rmSync(dir, { recursive: true, force: true }));
    const postgres = await startPostgres({ dir });
    undo.push(() => postgres.stop());
    const pool = createQueuePool(postgres.url, 4);
    undo.push(() => pool.end());
    const { deps, lines } = queueDeps();
    const handle = await createPostgresQueue({ pool, ...deps });
    await survivesAnOutage(handle, lines, postgres, () =>
      startPostgres({ port: postgres.port, dir }),
    );
  });

  it('hears of new jobs again after its listening connection was cut', async () => {
    const postgres = await startPostgres();
    undo.push(() => postgres.stop());
    const pool = createQueuePool(postgres.url, 4);
    undo.push(() => pool.end());
    const handle = await createPostgresQueue({ pool, ...queueDeps().deps });
    undo.push(() => handle.close());
    const job = noteJob('note');
    const seen: string[] = [];
    await handle.workers.work(job, async (_, { id }) => {
      seen.push(id);
    });
    const listeners = async () => {
      const { rows } = await pool.query<{ pid: number }>(
        `SELECT pid FROM pg_stat_activity WHERE query LIKE '%LISTEN%' AND pid <> pg_backend_pid()`,
      );
      return rows.map((row) => row.pid);
    };
    await vi.waitFor(async () => expect(await listeners()).toHaveLength(1), soon);
    const [cut] = await listeners();
    await pool.query('SELECT pg_terminate_backend($1)', [cut]);
    await vi.waitFor(async () => {
      const now = await listeners();
      expect(now).toHaveLength(1);
      expect(now).not.toContain(cut);
    }, soon);
    await handle.queue.enqueue(job, { text: '' }, { id: 'heard' });
    await vi.waitFor(() => expect(seen).toEqual(['heard']), soon);
  });

  it('listens for all its workers on one connection', async () => {
    const postgres = await startPostgres();
    undo.push(() => postgres.stop());
    const pool = createQueuePool(postgres.url, 2);
    undo.push(() => pool.end());
    const handle = await createPostgresQueue({ pool, ...queueDeps().deps });
    undo.push(() => handle.close());
    const seen: string[] = [];
    const jobs = Array.from({ length: 8 }, (_, i) => noteJob(`name-${i}`));
    for (const job of jobs) {
      await handle.workers.work(job, async () => {
        seen.push(job.name);
      });
    }
    for (const job of jobs) await handle.queue.enqueue(job, { text: '' }, { id: 'one' });
    await vi.waitFor(() => expect([...seen].sort()).toEqual(jobs.map((job) => job.name)), soon);
  });

  it('sets its tables up once when several processes start together', async () => {
    const postgres = await startPostgres();
    undo.push(() => postgres.stop());
    const handles = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const pool = createQueuePool(postgres.url, 3);
        undo.push(() => pool.end());
        const handle = await createPostgresQueue({ pool, ...queueDeps().deps });
        undo.push(() => handle.close());
        return handle;
      }),
    );
    await Promise.all(
      handles.map((handle, i) =>
        handle.queue.enqueue(noteJob('note'), { text: '' }, { id: `id-${i}` }),
      ),
    );
  });

  it('says what is wrong when the pool does not reach its schema', async () => {
    const postgres = await startPostgres();
    undo.push(() => postgres.stop());
    const pool = createQueuePool(postgres.url, 2, 'public');
    undo.push(() => pool.end());
    await expect(createPostgresQueue({ pool, ...queueDeps().deps })).rejects.toMatchObject({
      code: 'config',
      message: expect.stringMatching(/search_path/),
    });
  });
});
