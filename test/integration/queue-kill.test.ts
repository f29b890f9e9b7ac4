import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  createPostgresQueue,
  createRedisQueue,
  type QueueHandle,
} from '../../adapters/queue/index.ts';
import { putMadeStore } from '../fixtures/made-store.ts';
import { postgresUrl, redisUrl } from '../fixtures/offered.ts';
import { startQueueChild } from '../fixtures/queue/child.ts';
import type { ChildTask } from '../fixtures/queue/child-main.ts';
import { createScratchDatabase, openEmbeddedDatabase } from '../fixtures/queue/databases.ts';
import { queueDeps } from '../fixtures/queue/deps.ts';
import { noteJob } from '../fixtures/queue/note-job.ts';

type QueueDeps = ReturnType<typeof queueDeps>['deps'];

/** What operators are promised after a kill. */
const PROMISED_MS = 15_000;

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

/** Starting a child, killing it and waiting for its locks to run out takes 10 s even on an idle machine. */
vi.setConfig({ testTimeout: 90_000 });

/** A child takes jobs and is killed in the middle; `open` is the process that lives on. */
async function killInTheMiddle(
  on: ChildTask['on'],
  open: (deps: QueueDeps) => Promise<QueueHandle>,
) {
  const job = noteJob('doomed', { concurrency: 4 });
  const ids = ['first', 'second', 'third'];
  const child = startQueueChild({ on, job: job.name, enqueue: ids });
  undo.push(() => child.kill());
  await vi.waitFor(() => expect(child.words).toHaveLength(3), { timeout: 30_000 });
  await child.kill();

  const { deps, lines } = queueDeps();
  const handle = await open(deps);
  undo.push(() => handle.close());
  const taken: { id: string; attempt: number }[] = [];
  await handle.workers.work(job, async (_, { id, attempt }) => {
    taken.push({ id, attempt });
  });
  await vi.waitFor(() => expect(taken.map((each) => each.id).sort()).toEqual([...ids].sort()), {
    timeout: PROMISED_MS,
  });
  // It wasn't the jobs' fault.
  expect(taken.map((each) => each.attempt)).toEqual([1, 1, 1]);
  expect(await handle.queue.listDead(10)).toEqual([]);
  expect(lines.filter((line) => line.level === 'error' || /trouble/.test(line.message))).toEqual(
    [],
  );
}

describe('jobs of a process killed with -9', () => {
  it.skipIf(!redisUrl)(
    `are picked up by another on Redis${redisUrl ? '' : ' (skipped: no redis-server on this machine)'}`,
    async () => {
      const on = {
        kind: 'redis' as const,
        url: redisUrl ?? '',
        prefix: `kill-${randomBytes(6).toString('hex')}`,
      };
      await killInTheMiddle(on, (deps) => createRedisQueue({ ...on, ...deps }));
    },
  );

  it.skipIf(!postgresUrl)(
    `are picked up by another on Postgres${postgresUrl ? '' : ' (skipped: no Postgres on this machine)'}`,
    async () => {
      const database = await createScratchDatabase(postgresUrl ?? '');
      undo.push(() => database.drop());
      await killInTheMiddle({ kind: 'postgres', url: database.url }, (deps) =>
        createPostgresQueue({ pool: database.pool(), ...deps }),
      );
    },
  );

  it('are taken back at the next start on the embedded database', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sitrep-queue-kill-'));
    undo.push(async () => rmSync(folder, { recursive: true, force: true }));
    putMadeStore(folder);
    await killInTheMiddle({ kind: 'embedded', folder }, async (deps) => {
      const database = await openEmbeddedDatabase(folder);
      undo.push(() => database.close());
      return createPostgresQueue({ pool: database.pool, embedded: true, ...deps });
    });
  });
});
