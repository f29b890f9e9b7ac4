import { setTimeout as wait } from 'node:timers/promises';
import type { Cache } from '../ports/cache.ts';
import type { Ids } from '../ports/ids.ts';
import type { Logger } from '../ports/logger.ts';
import { type Explanation, explanationSchema } from './explanation.ts';

export type SingleFlightDeps = {
  cache: Cache;
  ids: Ids;
  logger: Logger;
  pause?: (ms: number) => Promise<unknown>;
};

export type Flight = {
  /** What is in the cache by now. */
  stored(): Promise<Explanation | undefined>;
  work(): Promise<Explanation>;
};

export type SingleFlight = (
  key: string,
  flight: Flight,
) => Promise<{ explanation: Explanation; isFirst: boolean }>;

/** A holder that died is missed for no longer than this; one that lives renews it in good time. */
const LEASE_MS = 5_000;
const RENEW_MS = 1_500;
const LOOK_MS = 25;
/** Five minutes: longer than any chain of providers takes. Then one works for oneself. */
const MOST_LOOKS = 12_000;
/** For those who waited, also where the answer itself is not kept. */
const RESULT_MS = 10_000;

/**
 * Of equal requests at one moment one does the work and the others get what it made, in this process and in all
 * that share the cache. A lease says who works; it ends by itself when its holder dies, and without the cache
 * each process works for itself.
 */
export function createSingleFlight(deps: SingleFlightDeps): SingleFlight {
  const running = new Map<string, Promise<{ explanation: Explanation; isFirst: boolean }>>();
  return async (key, flight) => {
    const first = running.get(key);
    if (first !== undefined) return { explanation: (await first).explanation, isFirst: false };
    const flying = amongProcesses(deps, key, flight);
    running.set(key, flying);
    try {
      return await flying;
    } finally {
      running.delete(key);
    }
  };
}

async function amongProcesses(
  { cache, ids, logger, pause = wait }: SingleFlightDeps,
  key: string,
  { stored, work }: Flight,
) {
  const lease = `mira:working:${key}`;
  const mine = ids.next('work');
  const resultOf = (holder: string) => `mira:made:${holder}`;
  const quietly = async <Answer>(ask: () => Promise<Answer>, otherwise: Answer) => {
    try {
      return await ask();
    } catch (error) {
      logger.warn('The lease of an explanation could not be used', {}, error);
      return otherwise;
    }
  };
  const madeBy = async (holder: string) => {
    const made = explanationSchema.safeParse(
      await quietly(() => cache.get(resultOf(holder)), undefined),
    );
    return made.data ?? (await stored());
  };

  async function lead() {
    const renewal = setInterval(
      () => void quietly(() => cache.replace(lease, mine, mine, LEASE_MS), false),
      RENEW_MS,
    );
    try {
      // Another may have finished between our look into the cache and the lease.
      const found = await stored();
      if (found !== undefined) return { explanation: found, isFirst: false };
      const explanation = await work();
      await quietly(() => cache.set(resultOf(mine), explanation, RESULT_MS), undefined);
      return { explanation, isFirst: true };
    } finally {
      clearInterval(renewal);
      await quietly(() => cache.replace(lease, mine, undefined, 0), false);
    }
  }

  let followed: string | undefined;
  for (let looks = 0; looks < MOST_LOOKS; looks++) {
    if (followed === undefined) {
      if (await quietly(() => cache.add(lease, mine, LEASE_MS), true)) return lead();
    }
    const holder = await quietly(() => cache.get(lease), undefined);
    if (followed !== undefined && holder !== followed) {
      const explanation = await madeBy(followed);
      if (explanation !== undefined) return { explanation, isFirst: false };
      followed = undefined;
    } else {
      followed = typeof holder === 'string' ? holder : undefined;
      await pause(LOOK_MS);
    }
  }
  return { explanation: await work(), isFirst: true };
}
