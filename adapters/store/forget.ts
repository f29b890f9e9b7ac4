import { type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Database } from './database.ts';

const AT_ONCE = 1_000;

/**
 * Deletes in small steps: a statement keeps PGlite's one thread from beginning to end, and everybody else
 * has a turn in between.
 */
export async function forgetRows({ rows }: Database, table: PgTable, old: SQL): Promise<void> {
  for (;;) {
    const gone = await rows(sql`
      delete from ${table}
      where ctid = any(array(select ctid from ${table} where ${old} limit ${AT_ONCE}))
      returning 1`);
    if (gone.length < AT_ONCE) return;
  }
}
