import type { EventEmitter } from 'node:events';

type Query = (text: string, params?: unknown[]) => Promise<QueryResult>;

export type QueryResult = { rows: unknown[]; rowCount: number | null };

/**
 * What the queue needs of a connection pool: the part of `pg.Pool` that it calls. A real pool fits; PGlite
 * is given this shape by `createPglitePool`.
 */
export type Pool = Pick<EventEmitter, 'on' | 'removeListener' | 'removeAllListeners'> & {
  query: Query;
  connect(): Promise<PoolClient>;
  end(): Promise<void>;
};

/** Emits `notification` with the channel and its payload. */
export type PoolClient = Pick<EventEmitter, 'on' | 'removeListener' | 'removeAllListeners'> & {
  query: Query;
  release(destroy?: boolean): void;
};

/** The queue's tables live here, and its statements name them without a schema. */
export const SEARCH_PATH = 'bullmq, public';
