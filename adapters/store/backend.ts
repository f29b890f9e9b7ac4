import type { Database } from './database.ts';
import type { Pool } from './pool.ts';

/** An open database, whichever it is. */
export type Backend = Database & {
  pool: Pool;
  /** Which database this is, in words for people; never with a password. */
  title: string;
  close(): Promise<void>;
};
