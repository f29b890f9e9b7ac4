import type { SQL } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type * as schema from './schema/index.ts';

/** What repositories work with, the same for PGlite and Postgres. */
export type Database = {
  orm: PgDatabase<PgQueryResultHKT, typeof schema>;
  /** Rows of a hand-written statement, as the driver gives them. */
  rows<Row>(statement: SQL): Promise<Row[]>;
};
