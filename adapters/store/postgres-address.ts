import { AppError } from '../../src/domain/errors.ts';
import { databaseErrorCode, driverError } from './database-errors.ts';

/** Where a database address leads, without its password. */
export type Target = { place: string; host: string; user: string; database: string };

const EXAMPLE = 'postgres://user:password@host:5432/database';

export function targetOf(databaseUrl: string): Target {
  try {
    const url = new URL(databaseUrl);
    const host = url.hostname || url.searchParams.get('host') || 'localhost';
    const user = decodeURIComponent(url.username) || 'the current user';
    return {
      host,
      place: `${host}:${url.port || '5432'}`,
      user,
      database: decodeURIComponent(url.pathname.slice(1)) || user,
    };
  } catch {
    throw new AppError('config', `DATABASE_URL is not an address; it must look like ${EXAMPLE}.`);
  }
}

/** Why the start failed and what would be right, in one sentence. */
export function whyItDidNotStart(error: unknown, target: Target): AppError {
  if (error instanceof AppError) return error;
  const cause = driverError(error);
  const reason = reasonFor(databaseErrorCode(error), cause, target);
  return new AppError('config', `DATABASE_URL: ${reason}.`, { cause });
}

function reasonFor(code: string | undefined, cause: unknown, target: Target): string {
  const { place, host, user, database } = target;
  const message = cause instanceof Error ? cause.message : '';
  switch (code) {
    case 'ECONNREFUSED':
      return `nothing listens at ${place}; start Postgres there, or correct the address to ${EXAMPLE}`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `the host ${host} is not known; correct the address to ${EXAMPLE}`;
    case '28P01':
    case '28000':
      return refusedUser(place, user);
    case '3D000':
      return `there is no database ${database} at ${place}; create it with "createdb ${database}", or correct the name at the end of the address`;
    case '42501':
      return `${user} may not create a schema in ${database}; allow it with "GRANT CREATE ON DATABASE ${database} TO ${user}"`;
    case '53300':
      return `${place} has no connection left; raise its max_connections, or stop a client`;
    case '57P03':
      return `${place} is starting up or shutting down; try again in a moment`;
  }
  // pg itself stops here, before the server could refuse.
  if (message.startsWith('SASL')) return refusedUser(place, user);
  if (message.includes('SSL')) {
    return `${place} and the address disagree about SSL; add or remove "?sslmode=require" at its end`;
  }
  if (/timeout/i.test(message) || code?.startsWith('E')) {
    return `${place} does not answer (${code ?? 'timeout'}); check the address and the firewall`;
  }
  return `${place} could not be used (${code ?? 'it hung up'}); see its log`;
}

function refusedUser(place: string, user: string): string {
  return `${place} refused the user ${user}; correct name and password at the start of the address`;
}
