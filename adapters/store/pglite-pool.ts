import { EventEmitter } from 'node:events';
import { type PGlite, type Results, type Transaction, types } from '@electric-sql/pglite';
import type { Pool, PoolClient, QueryResult } from './pool.ts';

/**
 * One PGlite in the shape of a `pg.Pool`. All its clients share the one session: what one sets outside a
 * transaction (such as the search_path) all have, and while one is in a transaction the others wait.
 */
export function createPglitePool(db: PGlite): Pool {
  const events = new EventEmitter();
  return Object.assign(events, {
    query: (text: string, params?: unknown[]) => run(db, text, params),
    async connect() {
      const client = createClient(db);
      events.emit('connect', client);
      return client;
    },
    // The database belongs to the store, which closes it.
    end: () => Promise.resolve(),
  });
}

/** pg gives 8-byte integers as text, and whoever was written for pg relies on it. */
const AS_PG = { parsers: { [types.INT8]: (value: string) => value } };

/** Only the simple protocol takes several statements at once; only the other one takes parameters. */
async function run(
  target: Pick<Transaction, 'query' | 'exec'>,
  text: string,
  params: unknown[] = [],
): Promise<QueryResult> {
  if (params.length > 0) return toResult(await target.query<unknown>(text, params, AS_PG));
  return toResult((await target.exec(text, AS_PG)).at(-1));
}

function toResult(results: Results<unknown> | undefined): QueryResult {
  const rows = results?.rows ?? [];
  return { rows, rowCount: rows.length > 0 ? rows.length : (results?.affectedRows ?? 0) };
}

/** A transaction that one client has open; every other statement waits until `leave` was called. */
type Open = { inside: Transaction; leave: () => void; over: Promise<void> };

function createClient(db: PGlite): PoolClient {
  const events = new EventEmitter();
  // The session is shared, and so is its LISTEN: clients hear every channel and pick by name, as they must
  // anyway with several listeners on one.
  const deafen = db.onNotification((channel, payload) =>
    events.emit('notification', { channel, payload }),
  );
  let open: Open | undefined;
  let released = false;
  let last: Promise<unknown> = Promise.resolve();

  const end = async (how: 'commit' | 'rollback') => {
    const ending = open;
    open = undefined;
    if (ending === undefined) return;
    try {
      if (how === 'rollback') await ending.inside.rollback();
    } finally {
      ending.leave();
    }
    // A commit that could not be one throws here: pg would say "ROLLBACK" and nobody looks.
    await ending.over;
  };

  const execute = async (text: string, params?: unknown[]): Promise<QueryResult> => {
    const control = controlOf(text);
    if (control === undefined) return run(open?.inside ?? db, text, params);
    if (control === 'begin') open ??= await begin(db);
    else await end(control);
    return toResult(undefined);
  };

  /** As with pg, what one client is told runs in the order told, without waiting in between. */
  const inOrder = <T>(act: () => Promise<T>): Promise<T> => {
    const result = last.then(act);
    last = result.catch(() => undefined);
    return result;
  };

  return Object.assign(events, {
    query: (text: string, params?: unknown[]) =>
      released
        ? Promise.reject(new Error('Client was closed and is not queryable'))
        : inOrder(() => execute(text, params)),
    release() {
      if (released) return;
      released = true;
      deafen();
      // A transaction left open would stop everybody for good.
      void inOrder(() => end('rollback')).catch(() => undefined);
    },
  });
}

/** Resolves once the transaction is open and everybody else waits. */
function begin(db: PGlite): Promise<Open> {
  return new Promise((resolve, reject) => {
    const over = db.transaction(
      (inside) =>
        new Promise<void>((leave) => {
          resolve({ inside, leave, over });
        }),
    );
    // Says why it could not be opened; once it is open, whoever ends it hears of it.
    over.catch(reject);
  });
}

const CONTROL = /^\s*(begin|commit|rollback)\s*;?\s*$/i;
/** Would open or end a transaction behind our back; savepoints may pass. */
const OTHER_CONTROL = /^\s*(begin|start\s+transaction|commit|end|abort|rollback(?!\s+to\b))\b/i;

function controlOf(text: string): 'begin' | 'commit' | 'rollback' | undefined {
  const word = CONTROL.exec(text)?.[1]?.toLowerCase();
  if (word === 'begin' || word === 'commit' || word === 'rollback') return word;
  if (OTHER_CONTROL.test(text)) {
    throw new Error('PGlite is shared: only plain BEGIN, COMMIT and ROLLBACK are understood.');
  }
  return undefined;
}
