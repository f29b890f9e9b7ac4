import { AppError } from '../../src/domain/errors.ts';
import type { Logger } from '../../src/ports/logger.ts';
import { databaseErrorCode, driverError } from './database-errors.ts';

type Session = { query(text: string, params?: unknown[]): Promise<{ rows: unknown[] }> };

/** Any number that nobody else uses as an advisory lock in this database. */
const LOCK = 7_483_648_001;
const PATIENCE = '60s';
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Of processes that start together one migrates while the others wait. The lock belongs to the session, so
 * it ends with a killed process.
 */
export async function underMigrationLock(
  session: Session,
  logger: Logger,
  migrate: () => Promise<void>,
): Promise<void> {
  const started = performance.now();
  await session.query(`set lock_timeout to '${PATIENCE}'`);
  try {
    await session.query('select pg_advisory_lock($1)', [LOCK]);
  } catch (error) {
    if (databaseErrorCode(error) !== LOCK_NOT_AVAILABLE) throw error;
    throw new AppError(
      'unavailable',
      `Another process has been changing the database for more than ${PATIENCE}. Wait for it, or stop it, and start again.`,
      { cause: driverError(error) },
    );
  }
  try {
    await migrate();
  } finally {
    await session.query('select pg_advisory_unlock($1)', [LOCK]);
    await session.query('reset lock_timeout');
  }
  logger.debug('The database is up to date.', {
    part: 'store',
    ms: Math.round(performance.now() - started),
  });
}
