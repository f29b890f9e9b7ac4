import { setImmediate } from 'node:timers/promises';
import { PGlite, type QueryOptions, type Results } from '@electric-sql/pglite';

/**
 * PGlite answers without ever waiting for the system, so code that goes from statement to statement (a
 * worker with a full queue) would keep the event loop to itself: no request would be read until it is
 * done. Here everybody else has a turn after each statement, at a cost of some 10 µs.
 */
class YieldingPGlite extends PGlite {
  override async query<T>(
    text: string,
    params?: unknown[],
    options?: QueryOptions,
  ): Promise<Results<T>> {
    try {
      return await super.query<T>(text, params, options);
    } finally {
      await setImmediate();
    }
  }

  override async exec(text: string, options?: QueryOptions): Promise<Results[]> {
    try {
      return await super.exec(text, options);
    } finally {
      await setImmediate();
    }
  }
}

export async function openPglite(folder: string): Promise<PGlite> {
  const db = new YieldingPGlite(folder);
  await db.waitReady;
  return db;
}
