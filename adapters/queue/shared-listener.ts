import { EventEmitter } from 'node:events';
import type { PgPool, PgPoolClient, PgQueryResult } from 'bullmq';

type Emitter = Pick<EventEmitter, 'on' | 'removeAllListeners'>;

/** The part of a `pg.Pool` that the queue needs; one over the embedded database fits as well. */
export type QueuePool = Pick<EventEmitter, 'on' | 'removeListener'> & {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
  connect(): Promise<QueueClient>;
};

export type QueueClient = Emitter & {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
  /** With `true` the connection is ended instead of going back to the pool. */
  release(destroy?: boolean): void;
};

/**
 * BullMQ borrows one client of the pool for each worker and keeps it to LISTEN on. With a worker a job
 * name that would eat the pool, so all of them listen through one client here; everything else that
 * they ask goes through the pool as usual.
 */
export function shareListener(pool: QueuePool): PgPool & { close(): Promise<void> } {
  const guests = new Set<Guest>();
  const shared = new EventEmitter().setMaxListeners(0);
  const listens = new WeakMap<QueueClient, Map<string, ReturnType<QueueClient['query']>>>();
  let host: Promise<QueueClient> | undefined;

  async function query<R>(text: string, params?: readonly unknown[]): Promise<PgQueryResult<R>> {
    try {
      return (await pool.query(text, params as unknown[] | undefined)) as PgQueryResult<R>;
    } catch (error) {
      throw translated(error);
    }
  }

  function hostClient(): Promise<QueueClient> {
    if (host) return host;
    const connecting = pool.connect().then((client) => {
      client.on('notification', (message) => {
        for (const guest of guests) guest.emit('notification', message);
      });
      const lose = (error: unknown) => {
        if (host !== connecting) return;
        host = undefined;
        giveBack(client);
        for (const guest of [...guests]) guest.emit('error', error);
      };
      client.on('error', lose);
      client.on('end', () => lose(unreachable('The listening connection ended.')));
      return client;
    });
    host = connecting;
    connecting.catch(() => {
      // Every idle worker asks ten times a second; a server that is away is tried once.
      const again = () => {
        if (host === connecting) host = undefined;
      };
      setTimeout(again, TRY_AGAIN_MS).unref();
    });
    return connecting;
  }

  async function listen(statement: string): Promise<PgQueryResult> {
    try {
      const client = await hostClient();
      // Once for all guests: what one client listens to, it listens to.
      const known = listens.get(client)?.get(statement);
      if (known) return await known;
      const listening = client.query(statement);
      listens.set(client, new Map(listens.get(client)).set(statement, listening));
      listening.catch(() => listens.delete(client));
      return await listening;
    } catch (error) {
      throw translated(error);
    }
  }

  function leave(guest: Guest): void {
    guests.delete(guest);
    if (guests.size > 0 || host === undefined) return;
    const leaving = host;
    host = undefined;
    leaving.then(giveBack, () => undefined);
  }

  const onPoolError = (error: Error) => shared.emit('error', error);
  pool.on('error', onPoolError);

  return Object.assign(shared, {
    // BullMQ reads from here whether a silently dropped connection would be noticed.
    options: (pool as { options?: unknown }).options,
    query,
    async connect(): Promise<PgPoolClient> {
      const guest: Guest = new Guest(
        (text, params) => {
          const statement = text.replace(/^\s*--.*$/gm, '').trim();
          if (/^LISTEN\s/i.test(statement)) return listen(statement);
          // The name of one worker would stick to a connection that serves everybody.
          if (statement.includes("set_config('application_name'")) return NOTHING;
          return query(text, params);
        },
        () => leave(guest),
      );
      guests.add(guest);
      return guest as unknown as PgPoolClient;
    },
    async end() {},
    async close() {
      const leaving = host?.catch(() => undefined);
      for (const guest of [...guests]) leave(guest);
      pool.removeListener('error', onPoolError);
      await leaving;
    },
  }) as unknown as PgPool & { close(): Promise<void> };
}

const TRY_AGAIN_MS = 1_000;

const NOTHING: Promise<PgQueryResult> = Promise.resolve({ rows: [], rowCount: 0 });

/** What BullMQ takes for a client of the pool. */
class Guest extends EventEmitter {
  readonly query: PgPoolClient['query'];
  readonly release: () => void;
  constructor(
    query: (text: string, params?: readonly unknown[]) => Promise<PgQueryResult>,
    release: () => void,
  ) {
    super();
    this.query = query as PgPoolClient['query'];
    this.release = release;
    // An emitter without a listener for its errors would end the process.
    this.on('error', () => {});
  }
}

/** Its LISTENs must not go on in other hands, so the connection itself is ended. */
function giveBack(client: QueueClient): void {
  client.removeAllListeners('notification');
  try {
    client.release(true);
  } catch {
    // It was given back already.
  }
}

/**
 * BullMQ waits before it tries again only when an error reads like a refused connection, and otherwise
 * tries in a tight loop. A server that is shutting down, starting or full is as good as one that refuses.
 */
function translated(error: unknown): unknown {
  const code = (error as { code?: unknown } | undefined)?.code;
  const sqlState = typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
  const lost = sqlState === undefined ? true : /^(08|57P|53)/.test(sqlState);
  return lost && error instanceof Error ? unreachable(error.name, error) : error;
}

function unreachable(what: string, cause?: Error): Error {
  return Object.assign(new Error(`ECONNREFUSED: ${what}`, { cause }), { code: 'ECONNREFUSED' });
}
