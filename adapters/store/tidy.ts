import type { PGlite } from '@electric-sql/pglite';

/**
 * What autovacuum does on a server: PGlite has none, and without it a busy queue's tables only ever grow.
 * Table by table, so that others have a turn in between: each keeps the one thread for some milliseconds.
 */
export async function tidy(db: PGlite): Promise<void> {
  const { rows } = await db.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  for (const { name } of rows) await db.exec(`vacuum analyze ${name}`);
}
