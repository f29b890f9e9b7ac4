import { AppError } from '../../src/domain/errors.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { PartHealth } from '../../src/ports/health.ts';
import type { Logger } from '../../src/ports/logger.ts';
import { hasHeartbeat } from './heartbeat.ts';
import { pause } from './pause.ts';
import type { FindPlace, Place } from './place.ts';

export type SuperviseOptions = {
  find: FindPlace;
  clock: Clock;
  logger: Logger;
  random: () => number;
};

export type Supervised = {
  health(): PartHealth;
  address(): string | undefined;
  close(): Promise<void>;
};

type State = { up: Place } | { away: string; since: Date } | 'starting';

const WATCH_MS = 1_000;
const WATCH_SILENT_MS = 250;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 30_000;
/** A server that ran for so long did not die of what its start does. */
const GOOD_RUN_MS = 60_000;

const MEANS = 'Meanwhile the knowledge is searched by words alone.';

/** Finds a place, watches it, and finds one again when it is lost, less and less often when in vain. */
export function supervise({ find, clock, logger, random }: SuperviseOptions): Supervised {
  const closing = new AbortController();
  const { signal } = closing;
  let state: State = 'starting';

  function rise(place: Place): void {
    if (isUp(state)) return;
    state = { up: place };
    logger.info('Chroma is ready', {
      part: 'knowledge',
      ...(place.pid === undefined ? {} : { pid: place.pid }),
      ...(place.port === undefined ? {} : { port: place.port }),
    });
  }

  function fall(why: string, code: string): void {
    if (signal.aborted) return;
    const since = isAway(state) ? state.since : clock.now();
    if (!isAway(state)) {
      logger.warn('Chroma is away, the knowledge is searched by words alone', {
        part: 'knowledge',
        code,
      });
    }
    state = { away: why, since };
  }

  /** Until the place is gone, or silent for longer than it may be. */
  async function watch(place: Place): Promise<void> {
    const over = new AbortController();
    const end = () => over.abort();
    signal.addEventListener('abort', end, { once: true });
    void place.gone.then(end);
    try {
      let silentSince: number | undefined;
      while (!over.signal.aborted) {
        const answers = await hasHeartbeat(place.address, over.signal);
        if (over.signal.aborted) break;
        if (answers) {
          silentSince = undefined;
          rise(place);
        } else {
          silentSince ??= performance.now();
          // Only the origin: the rest of the address may hold a password.
          fall(`no answer at ${new URL(place.address).origin}`, 'silent');
          if (performance.now() - silentSince > place.patienceMs) break;
        }
        await pause(answers ? WATCH_MS : WATCH_SILENT_MS, over.signal);
      }
    } finally {
      signal.removeEventListener('abort', end);
    }
  }

  async function run(): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      let goodRun = false;
      try {
        const place = await find(signal);
        const startedAt = performance.now();
        try {
          await watch(place);
          fall('its server ended and is started again', 'ended');
        } finally {
          goodRun = performance.now() - startedAt > GOOD_RUN_MS;
          await place.leave();
        }
      } catch (error) {
        fall(sentence(error), error instanceof AppError ? error.code : 'internal');
        if (error instanceof AppError && !error.retryable) return;
      }
      failures = goodRun ? 0 : failures + 1;
      // Jitter, because the servers of many processes may have died together.
      const longest = Math.min(FIRST_WAIT_MS * 2 ** Math.max(0, failures - 1), LONGEST_WAIT_MS);
      await pause(longest * (0.5 + random() / 2), signal);
    }
  }

  const running = run();

  return {
    health() {
      if (state === 'starting') return degraded('Chroma is starting.');
      if (isUp(state)) return { status: 'up', detail: `Chroma is ${state.up.described}.` };
      return degraded(`Chroma is away since ${state.since.toISOString()}: ${state.away}.`);
    },
    address: () => (isUp(state) ? state.up.address : undefined),
    async close() {
      closing.abort();
      await running;
      state = { away: 'Sitrep is stopping', since: clock.now() };
    },
  };
}

function isUp(state: State): state is { up: Place } {
  return typeof state === 'object' && 'up' in state;
}

function isAway(state: State): state is { away: string; since: Date } {
  return typeof state === 'object' && 'away' in state;
}

function degraded(what: string): PartHealth {
  return { status: 'degraded', detail: `${what} ${MEANS}` };
}

/** Foreign messages are for nobody's eyes: they may quote what they were given. */
function sentence(error: unknown): string {
  return error instanceof AppError ? error.message : 'it could not be started';
}
