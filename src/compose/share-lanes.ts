import type { SharedLanes } from '../../adapters/slack/index.ts';
import type { Config } from '../config.ts';
import type { Cache } from '../ports/cache.ts';
import type { Clock } from '../ports/clock.ts';
import type { DeliveryStore } from '../ports/delivery-store.ts';
import type { Ids } from '../ports/ids.ts';

/**
 * Several processes may post to one channel, except on the embedded store, which belongs to one alone. They share
 * its pace through Redis where there is one, else through leases in Postgres.
 */
export function shareLanes(
  { redisUrl }: Pick<Config, 'redisUrl'>,
  parts: { embedded: boolean; cache: Cache; deliveries: DeliveryStore; clock: Clock; ids: Ids },
): { lanes: SharedLanes; owner: string } | undefined {
  const { cache, deliveries, clock } = parts;
  if (parts.embedded) return undefined;
  const keyOf = (lane: string) => `lane-slack/${lane}`;
  const onRedis: SharedLanes = {
    take: async (lane, by, ms) =>
      (await cache.replace(keyOf(lane), by, by, ms)) || (await cache.add(keyOf(lane), by, ms)),
  };
  const onPostgres: SharedLanes = {
    take: async (lane, by, ms) =>
      (await deliveries.claim(keyOf(lane), by, clock.now(), ms)) !== undefined,
  };
  return {
    owner: parts.ids.next('process'),
    lanes: redisUrl === undefined ? onPostgres : onRedis,
  };
}
