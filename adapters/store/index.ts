export { openStore, type Store } from './open-store.ts';
export type { Pool, PoolClient } from './pool.ts';
