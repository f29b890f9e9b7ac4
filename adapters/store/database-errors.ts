import { DrizzleQueryError } from 'drizzle-orm';
import { AppError } from '../../src/domain/errors.ts';

/** Node's names for a connection that failed. */
const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** pg and PGlite give these no code. */
const GONE =
  /^Connection terminated|^Client has encountered a connection error|^Client was closed|^timeout exceeded when trying to connect|^Query read timeout|^Cannot use a pool after|^PGlite is clos/;

/** The driver's own error. Drizzle's wrapper must not travel on: its message quotes every parameter. */
export function driverError(error: unknown): unknown {
  return error instanceof DrizzleQueryError ? (error.cause ?? new Error('Query failed')) : error;
}

export function databaseErrorCode(error: unknown): string | undefined {
  const code = (driverError(error) as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : undefined;
}

/** Whether the database itself was out of reach, or told us to come back later. */
function isAway(error: unknown): boolean {
  const code = databaseErrorCode(error);
  if (code !== undefined) {
    // 08: connection lost, 53: out of memory, disk or connections, 57P: shutting down or starting up,
    // 25006: read-only, as a server is in the middle of a failover.
    return NETWORK.has(code) || /^(08|53|57P)/.test(code) || code === '25006';
  }
  const cause = driverError(error);
  return cause instanceof Error && GONE.test(cause.message);
}

/** A foreign error at run time, in our own words. */
export function translate(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const cause = driverError(error);
  const code = databaseErrorCode(error);
  if (isAway(error)) {
    return new AppError('unavailable', 'The database cannot be reached right now.', { cause });
  }
  if (code === '40001' || code === '40P01' || code === '55P03') {
    return new AppError('busy', 'The database was busy with the same records.', { cause });
  }
  if (code === '57014') return new AppError('timeout', 'The database took too long.', { cause });
  if (code === '23503') {
    return new AppError('not_found', 'What this belongs to is not in the store.', { cause });
  }
  // 22: data that does not fit, 23: a broken constraint, 42: a wrong statement, 54: a limit. Trying again
  // ends the same; anything unknown may not.
  const final = code !== undefined && /^(22|23|42|54)/.test(code);
  return new AppError('internal', 'The store could not do this.', { cause, retryable: !final });
}
