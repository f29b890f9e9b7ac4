import { Redis } from 'ioredis';
import { AppError } from '../../src/domain/errors.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { PartHealth } from '../../src/ports/health.ts';
import type { Logger } from '../../src/ports/logger.ts';
import { Late, within } from './within.ts';

/** A connection that says at once when Redis is not to be had, and mends itself. */
export interface RedisLink {
  /**
   * What Redis answered; undefined while it is away or when it fails. A question that changes a key names
   * it: a key whose change did not arrive is deleted before Redis is believed again.
   */
  ask<Answer>(
    question: (redis: Redis) => Promise<Answer>,
    changes?: string,
  ): Promise<{ answer: Answer } | undefined>;
  health(): Promise<PartHealth>;
  close(): Promise<void>;
}

export type RedisLinkOptions = {
  url: string;
  prefix: string;
  clock: Clock;
  logger: Logger;
  /** Most keys to remember whose change did not arrive; those beyond it end with their own time to live. */
  maxChanges: number;
  /** Called when Redis goes away, before anything else is answered without it. */
  onAway(): void;
};

/** A healthy Redis answers in about a millisecond; a person waits for what is behind this. */
const ANSWER_MS = 150;
/** Connecting and catching up happens while nobody waits. */
const HANDSHAKE_MS = 2_000;
/** How long the product's start waits for the first connection. */
const FIRST_CONNECTION_MS = 1_000;
/** Between two tries with a Redis that takes connections but refuses to work. */
const RETRY_MS = 1_000;

export async function openRedisLink(options: RedisLinkOptions): Promise<RedisLink> {
  const { url, prefix, clock, logger, maxChanges, onAway } = options;
  if (!URL.canParse(url)) {
    throw new AppError(
      'config',
      'REDIS_URL cannot be read; it must be an address such as redis://host:6379.',
    );
  }
  const missed = new Set<string>();
  let away: { since: Date; why: string } | undefined = { since: clock.now(), why: 'no answer yet' };
  let announced: 'up' | 'away' | undefined;
  /** Counts connections, so that a late failure of an old one is not held against the new one. */
  let session = 0;
  let closed = false;
  let retry: NodeJS.Timeout | undefined;
  let settle: () => void = () => undefined;
  const settled = new Promise<void>((resolve) => {
    settle = resolve;
  });

  const redis = new Redis(url, {
    // Whoever asks while Redis is away is answered from memory, not kept waiting or answered later.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    connectTimeout: HANDSHAKE_MS,
    // Bounds the handshake with a server that accepts connections but hangs.
    commandTimeout: HANDSHAKE_MS,
    disconnectTimeout: 500,
  });

  let lastError = 'connection closed';
  redis.on('error', (error) => {
    lastError = reason(error);
  });
  redis.on('close', () => {
    leave(lastError);
    lastError = 'connection closed';
    settle();
  });
  redis.on('ready', () => void comeBack());

  function announce(status: 'up' | 'away', why?: string): void {
    if (announced === status) return;
    if (status === 'away') {
      logger.warn("Redis is away, using this process's memory until it returns", {
        part: 'cache',
        ...(why === undefined ? {} : { code: why }),
      });
    } else if (announced === 'away') {
      logger.info('Redis is back', { part: 'cache' });
    }
    announced = status;
  }

  function leave(why: string): void {
    session += 1;
    clearTimeout(retry);
    if (closed) return;
    if (away) {
      away.why = why;
    } else {
      away = { since: clock.now(), why };
      onAway();
    }
    announce('away', why);
  }

  /** Deletes what was changed without Redis. */
  async function catchUp(): Promise<void> {
    const keys = [...missed];
    missed.clear();
    try {
      // A write, because a replica or a full Redis would answer a read.
      await redis.set(`${prefix}:probe`, '1', 'PX', RETRY_MS);
      if (keys.length > 0) await redis.del(...keys);
    } catch (error) {
      for (const key of keys) miss(key);
      throw error;
    }
  }

  async function comeBack(): Promise<void> {
    session += 1;
    const ours = session;
    try {
      // More may be missed meanwhile; between the last look and `away = undefined` nothing can be.
      do await catchUp();
      while (missed.size > 0);
      if (closed || ours !== session) return;
      away = undefined;
      announce('up');
    } catch (error) {
      if (closed || ours !== session) return;
      leave(reason(error));
      // A new connection may reach another server, such as the one that was made the primary.
      retry = setTimeout(() => redis.disconnect(true), RETRY_MS);
    } finally {
      settle();
    }
  }

  function miss(key: string | undefined): void {
    if (key !== undefined && missed.size < maxChanges) missed.add(key);
  }

  async function ask<Answer>(
    question: (redis: Redis) => Promise<Answer>,
    changes?: string,
  ): Promise<{ answer: Answer } | undefined> {
    if (away) {
      miss(changes);
      return undefined;
    }
    const ours = session;
    try {
      return { answer: await within(ANSWER_MS, question(redis)) };
    } catch (error) {
      miss(changes);
      if (ours === session && !closed) {
        leave(reason(error));
        redis.disconnect(true);
      }
      return undefined;
    }
  }

  const patience = setTimeout(settle, FIRST_CONNECTION_MS);
  await settled;
  clearTimeout(patience);
  if (away) announce('away', away.why);

  return {
    ask,
    async health() {
      // Asked here, too: without traffic nobody else would notice a Redis that hangs.
      await ask((connection) => connection.ping());
      if (!away) return { status: 'up', detail: 'Redis' };
      return {
        status: 'degraded',
        detail: `Redis is away since ${away.since.toISOString()} (${away.why}); using this process's memory.`,
      };
    },
    async close() {
      closed = true;
      clearTimeout(retry);
      // Between two tries there is no connection whose end could be awaited.
      const connected = redis.status !== 'end' && redis.status !== 'reconnecting';
      const ended = new Promise((resolve) => redis.once('end', resolve));
      redis.disconnect();
      if (connected) await ended;
    },
  };
}

/** What went wrong in a word that is safe to show: messages of Redis quote what they were sent. */
function reason(error: unknown): string {
  if (error instanceof Late) return 'no answer in time';
  if (!(error instanceof Error)) return 'unknown';
  if ('code' in error && typeof error.code === 'string') return error.code;
  const [word] = /^[A-Z]{2,20}(?= )/.exec(error.message) ?? [];
  if (word !== undefined) return word;
  return error.message === 'Command timed out' ? 'no answer in time' : 'connection closed';
}
