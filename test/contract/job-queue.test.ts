import { randomBytes } from 'node:crypto';
import { describe } from 'vitest';
import { createPostgresQueue, createRedisQueue } from '../../adapters/queue/index.ts';
import { createMemoryQueue } from '../fakes/memory-queue.ts';
import { postgresUrl, redisUrl } from '../fixtures/offered.ts';
import { createScratchDatabase, openEmbeddedDatabase } from '../fixtures/queue/databases.ts';
import { queueDeps } from '../fixtures/queue/deps.ts';
import { jobQueueContract } from './job-queue.contract.ts';

describe('the job queue in memory', () => {
  jobQueueContract(async () => {
    const memory = createMemoryQueue();
    return {
      open: async () => {
        const opened = memory.open();
        return { ...opened, close: () => opened.workers.drain(0) };
      },
      stop: async () => memory.close(),
    };
  });
});

describe('the job queue on PGlite', () => {
  jobQueueContract(async () => {
    const { pool, close } = await openEmbeddedDatabase();
    return {
      // Not `embedded`: these tests play several processes on it.
      open: () => createPostgresQueue({ pool, ...queueDeps().deps }),
      stop: close,
    };
  });
});

const noPostgres = postgresUrl ? '' : ' (skipped: no Postgres on this machine)';
describe.skipIf(!postgresUrl)(`the job queue on Postgres${noPostgres}`, () => {
  jobQueueContract(async () => {
    const database = await createScratchDatabase(postgresUrl ?? '');
    return {
      open: () => createPostgresQueue({ pool: database.pool(), ...queueDeps().deps }),
      stop: () => database.drop(),
    };
  });
});

const noRedis = redisUrl ? '' : ' (skipped: no redis-server on this machine)';
describe.skipIf(!redisUrl)(`the job queue on Redis${noRedis}`, () => {
  jobQueueContract(async () => {
    const prefix = `queue-${randomBytes(6).toString('hex')}`;
    return {
      open: () => createRedisQueue({ url: redisUrl ?? '', prefix, ...queueDeps().deps }),
      stop: async () => {},
    };
  });
});
