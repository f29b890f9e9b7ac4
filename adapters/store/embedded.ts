import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { AppError } from '../../src/domain/errors.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Logger } from '../../src/ports/logger.ts';
import type { Backend } from './backend.ts';
import { underMigrationLock } from './migrations.ts';
import { createPglitePool } from './pglite-pool.ts';
import { SEARCH_PATH } from './pool.ts';
import * as schema from './schema/index.ts';
import { tidy } from './tidy.ts';
import { takeVarLock } from './var-lock.ts';
import { within } from './within.ts';
import { openPglite } from './yielding-pglite.ts';

type Options = { varDir: string; migrationsFolder: string; clock: Clock; logger: Logger };

const TIDY_EVERY_MS = 3_600_000;
const CLOSE_TIMEOUT_MS = 3_000;

/**
 * Postgres inside this process, in a folder. What it acknowledged survives a killed process; as it cannot
 * make the system flush its files, the last seconds may be lost with the power.
 */
export async function openEmbedded(options: Options): Promise<Backend> {
  const { varDir, migrationsFolder, clock, logger } = options;
  await makeUsable(varDir);
  const lock = await takeVarLock(varDir, clock).catch((error: unknown) => {
    throw error instanceof AppError ? error : unusable(varDir, error);
  });
  try {
    const db = await openFolder(varDir);
    try {
      await db.exec(`set search_path to ${SEARCH_PATH}`);
      const orm = drizzle(db, { schema });
      await underMigrationLock(createPglitePool(db), logger, () =>
        migrate(orm, { migrationsFolder, migrationsSchema: schema.sitrep.schemaName }),
      );
      const tidying = setInterval(() => {
        tidy(db).catch((error: unknown) => {
          logger.warn('The embedded database could not be tidied up.', { part: 'store' }, error);
        });
      }, TIDY_EVERY_MS);
      tidying.unref();
      return {
        orm,
        rows: async <Row>(statement: Parameters<typeof orm.execute>[0]) =>
          (await orm.execute(statement)).rows as Row[],
        pool: createPglitePool(db),
        title: `The embedded database in ${join(varDir, FOLDER)}`,
        async close() {
          clearInterval(tidying);
          // A client that holds a transaction open keeps the database from closing. It is whole at the next
          // start all the same, but the folder stays ours until then: at the latest the process's end frees it.
          await within(
            CLOSE_TIMEOUT_MS,
            db.close().then(() => lock.release()),
          );
        },
      };
    } catch (error) {
      await db.close().catch(() => undefined);
      throw error;
    }
  } catch (error) {
    await lock.release();
    throw error;
  }
}

const FOLDER = 'store';

async function makeUsable(varDir: string): Promise<void> {
  try {
    await mkdir(varDir, { recursive: true });
  } catch (error) {
    throw unusable(varDir, error);
  }
}

/**
 * A process killed while the database is being made leaves half of one, which looks finished. So it is made
 * under another name and renamed; opening it a second time costs 0.2 s, once.
 */
async function openFolder(varDir: string): Promise<PGlite> {
  const folder = join(varDir, FOLDER);
  try {
    if (!existsSync(join(folder, 'PG_VERSION'))) {
      const found = existsSync(folder) ? await readdir(folder) : [];
      if (found.length > 0) throw new Error('There is something else in its place.');
      const made = `${folder}.new`;
      await rm(made, { recursive: true, force: true });
      await (await openPglite(made)).close();
      await rename(made, folder);
    }
    return await openPglite(folder);
  } catch (error) {
    if (isRefusal(error)) throw unusable(varDir, error);
    throw new AppError(
      'config',
      `The embedded database in ${folder} does not open: restore the folder from a backup, or move it away to start with an empty one.`,
      { cause: error },
    );
  }
}

const REFUSALS: Readonly<Record<string, string>> = {
  EACCES: 'the user that Sitrep runs as may not write there',
  EPERM: 'the user that Sitrep runs as may not write there',
  EROFS: 'it is on a read-only file system',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOTDIR: 'there is a file in its place',
  EEXIST: 'there is a file in its place',
};

function isRefusal(error: unknown): boolean {
  return REFUSALS[(error as NodeJS.ErrnoException).code ?? ''] !== undefined;
}

function unusable(varDir: string, error: unknown): AppError {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
  return new AppError(
    'config',
    `${varDir} cannot be used: ${REFUSALS[code] ?? code}. Set SITREP_VAR_DIR to a folder that can be written.`,
    { cause: error },
  );
}
