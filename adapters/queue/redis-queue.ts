import { createRedisBackend } from 'bullmq';
import { Redis, type RedisOptions } from 'ioredis';
import { AppError } from '../../src/domain/errors.ts';
import { assemble } from './assemble.ts';
import {
  type Backend,
  KEEP_DEAD_S,
  KEEP_DONE_S,
  type QueueDeps,
  type QueueHandle,
  SHARED_LOCKS,
} from './backend.ts';

export type RedisQueueOptions = QueueDeps & {
  url: string;
  /** Starts every key, so that several products can share one Redis. */
  prefix?: string;
};

const START_WITHIN_MS = 5_000;

const common = {
  connectTimeout: 2_000,
  // Someone waits for the queue to come back: try often, but do not hammer.
  retryStrategy: (times: number) => Math.min(times * 100, 1_000),
} satisfies RedisOptions;

/** Who enqueues wants to know at once that it cannot be done. */
const forAnswers = {
  ...common,
  enableOfflineQueue: false,
  maxRetriesPerRequest: 1,
} satisfies RedisOptions;

/** What became of a job must be written even if Redis is away for an hour; BullMQ demands it too. */
const forWork = { ...common, maxRetriesPerRequest: null } satisfies RedisOptions;

export async function createRedisQueue(options: RedisQueueOptions): Promise<QueueHandle> {
  const { url, prefix = 'sitrep', ...deps } = options;
  const answering = new Redis(url, forAnswers);
  const working = new Redis(url, forWork);
  // BullMQ copies the connection for each worker to wait on; those must be ended even when Redis is away.
  const copies: Redis[] = [];
  const duplicate = working.duplicate.bind(working);
  working.duplicate = (override) => {
    const copy = duplicate(override);
    copy.on('error', heard);
    copies.push(copy);
    return copy;
  };
  const shared = [answering, working];
  const end = () => {
    for (const connection of [...shared, ...copies]) disconnect(connection);
  };

  try {
    await Promise.all(shared.map(connected));
  } catch (error) {
    end();
    throw new AppError(
      'unavailable',
      'Redis, which was to keep the jobs, does not answer. Check REDIS_URL, and that Redis is running.',
      { cause: error },
    );
  }

  const backend: Backend = {
    label: 'Redis',
    prefix,
    factory: (name, opts, extra) =>
      createRedisBackend(
        name,
        { ...opts, connection: extra?.withBlockingConnection ? working : answering },
        extra,
      ),
    locks: SHARED_LOCKS,
    alone: false,
    answerWithinMs: 2_500,
    // The counts bound the memory.
    keep: {
      done: { age: KEEP_DONE_S, count: 20_000 },
      dead: { age: KEEP_DEAD_S, count: 10_000 },
    },
    async ping() {
      await answering.ping();
    },
    onReturn(callback) {
      answering.on('ready', callback);
    },
    onError(callback) {
      for (const connection of shared) connection.on('error', callback);
    },
    async close() {
      end();
    },
  };
  return assemble(backend, deps);
}

/**
 * Between two attempts to reconnect, `disconnect` only stops the attempts: it neither fails the waiting
 * commands nor says "end", and BullMQ would wait for that for ever. One more attempt, broken off, does.
 */
function disconnect(connection: Redis): void {
  connection.disconnect();
  if (connection.status !== 'reconnecting') return;
  connection.connect().catch(heard);
  connection.disconnect();
}

/** ioredis prints errors that nobody listens to, for instance while it is being closed. */
const heard = () => {};

function connected(connection: Redis): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => done(new Error('timeout')), START_WITHIN_MS);
    const done = (error?: Error) => {
      clearTimeout(timer);
      connection.off('ready', onReady).off('error', onError);
      connection.on('error', heard);
      if (error) reject(error);
      else resolve();
    };
    const onReady = () => done();
    const onError = (error: Error) => done(error);
    connection.once('ready', onReady).on('error', onError);
  });
}
