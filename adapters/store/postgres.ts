import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import type { Logger } from '../../src/ports/logger.ts';
import type { Backend } from './backend.ts';
import { underMigrationLock } from './migrations.ts';
import { SEARCH_PATH } from './pool.ts';
import { type Target, targetOf, whyItDidNotStart } from './postgres-address.ts';
import * as schema from './schema/index.ts';
import { within } from './within.ts';

type Options = { databaseUrl: string; migrationsFolder: string; logger: Logger };

/** A server takes 100 unless told otherwise: enough for a handful of processes. */
const MOST_CONNECTIONS = 20;
const CONNECT_TIMEOUT_MS = 5_000;
/** A server that vanished without a word must not hold a request for a quarter of an hour. */
const QUERY_TIMEOUT_MS = 15_000;
/** Closing waits for connections that others still hold, but not for ever. */
const CLOSE_TIMEOUT_MS = 3_000;

export async function openPostgres(options: Options): Promise<Backend> {
  const { databaseUrl, migrationsFolder, logger } = options;
  const target = targetOf(databaseUrl);
  await prepare(target, databaseUrl, migrationsFolder, logger);

  const pool = new pg.Pool({
    connectionString: databaseUrl,
    application_name: 'sitrep',
    max: MOST_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    keepAlive: true,
    // Not as a start-up option: connection poolers refuse those.
    onConnect: async (client) => {
      await client.query(`set search_path to ${SEARCH_PATH}; set timezone to 'UTC'`);
    },
  });
  pool.on('error', (error) => {
    logger.warn('An idle database connection was lost.', { part: 'store' }, error);
  });
  // A connection lost between two statements of a transaction has no query to fail: without a listener
  // its error would end the process. The next statement on it fails in order.
  pool.on('connect', (client) => client.on('error', () => undefined));

  const orm = drizzle(pool, { schema });
  return {
    orm,
    rows: async <Row>(statement: Parameters<typeof orm.execute>[0]) =>
      (await orm.execute(statement)).rows as Row[],
    pool,
    title: `Postgres at ${target.place}`,
    close: () => within(CLOSE_TIMEOUT_MS, pool.end()),
  };
}

/** Connects once and migrates; what goes wrong here is said in one sentence. */
async function prepare(
  target: Target,
  databaseUrl: string,
  migrationsFolder: string,
  logger: Logger,
): Promise<void> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: 'sitrep-start',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await underMigrationLock(client, logger, () =>
      migrate(drizzle(client), {
        migrationsFolder,
        migrationsSchema: schema.sitrep.schemaName,
      }),
    );
  } catch (error) {
    throw whyItDidNotStart(error, target);
  } finally {
    await within(
      CLOSE_TIMEOUT_MS,
      client.end().catch(() => undefined),
    );
  }
}
