import { createPostgresBackend, DEFAULT_SCHEMA, type PgQueryable, runMigrations } from 'bullmq';
import { AppError } from '../../src/domain/errors.ts';
import { assemble } from './assemble.ts';
import {
  type Backend,
  KEEP_DEAD_S,
  KEEP_DONE_S,
  LONE_LOCKS,
  type QueueDeps,
  type QueueHandle,
  SHARED_LOCKS,
} from './backend.ts';
import { type QueuePool, shareListener } from './shared-listener.ts';

export type PostgresQueueOptions = QueueDeps & {
  /**
   * Its search path must reach the schema `bullmq`, and it must have one connection more than the rest of
   * the product needs, to listen on.
   */
  pool: QueuePool;
  /** The pool is the embedded database, which no other process can have open. */
  embedded?: boolean;
};

/** The queue in the schema `bullmq` of the database behind `pool`, which stays its owner's to end. */
export async function createPostgresQueue(options: PostgresQueueOptions): Promise<QueueHandle> {
  const { pool, embedded = false, ...deps } = options;
  const label = embedded ? 'the embedded database' : 'Postgres';
  await prepare(pool, label);
  const sharing = shareListener(pool);
  const backend: Backend = {
    label,
    factory: (name, opts, extra) =>
      createPostgresBackend(name, { ...opts, connection: sharing }, extra),
    locks: embedded ? LONE_LOCKS : SHARED_LOCKS,
    alone: embedded,
    answerWithinMs: embedded ? 10_000 : 2_500,
    // By age alone: with a count, BullMQ sorts all kept jobs each time one is done (143 jobs a second
    // instead of 490 with 500 kept).
    keep: { done: { age: KEEP_DONE_S }, dead: { age: KEEP_DEAD_S } },
    async ping() {
      await pool.query('SELECT 1');
    },
    onError: (callback) => sharing.on('error', callback),
    close: sharing.close,
  };
  return assemble(backend, deps);
}

/** Safe when many processes start at once: BullMQ migrates in one transaction under an advisory lock. */
async function prepare(pool: QueuePool, label: string): Promise<void> {
  let reachable: boolean | undefined;
  try {
    const client = await pool.connect();
    try {
      await runMigrations(client as unknown as PgQueryable, DEFAULT_SCHEMA);
      client.release();
    } catch (error) {
      client.release(true);
      throw error;
    }
    const { rows } = await pool.query('SELECT $1 = ANY (current_schemas(false)) AS reachable', [
      DEFAULT_SCHEMA,
    ]);
    reachable = (rows[0] as { reachable?: boolean } | undefined)?.reachable;
  } catch (error) {
    throw new AppError(
      'unavailable',
      `The job queue could not set up its tables in ${label}. Check that it can be reached and that its user may create a schema.`,
      { cause: error },
    );
  }
  if (reachable !== true) {
    throw new AppError(
      'config',
      `The search_path of the database connection does not reach the schema ${DEFAULT_SCHEMA}, where the job queue lives.`,
    );
  }
}
