import { type SQL, sql } from 'drizzle-orm';
import { customType, type PgColumn, pgSchema, timestamp } from 'drizzle-orm/pg-core';

/**
 * A schema of our own, named in every statement, so that nothing depends on the search_path: PGlite has one
 * session, and there the path belongs to the queue.
 */
export const sitrep = pgSchema('sitrep');

/** JavaScript's clock knows milliseconds; a finer column would give back what nobody wrote. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

/** Any JSON, given back as it was: Drizzle's own `jsonb` reads a string that looks like JSON a second time. */
export const json = customType<{ data: unknown; driverData: unknown }>({
  dataType: () => 'jsonb',
  toDriver: (value) => JSON.stringify(value),
});

/** The values that a text column may hold, as the body of a check. */
export function oneOf(column: PgColumn, values: readonly string[]): SQL {
  const list = values.map((value) => `'${value.replaceAll("'", "''")}'`).join(', ');
  return sql`${column} in (${sql.raw(list)})`;
}
