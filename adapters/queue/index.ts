export type { QueueHandle } from './backend.ts';
export { createPostgresQueue } from './postgres-queue.ts';
export { createRedisQueue } from './redis-queue.ts';
