import { once } from 'node:events';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openStore, type Store } from '../../adapters/store/index.ts';
import { tidy } from '../../adapters/store/tidy.ts';
import { takeVarLock } from '../../adapters/store/var-lock.ts';
import { openPglite } from '../../adapters/store/yielding-pglite.ts';
import { createVarDir, storeTools, type TestFolder } from '../fixtures/database.ts';
import { putMadeStore } from '../fixtures/made-store.ts';
import { type StoreProcess, startStoreProcess } from './store-child.ts';
import { recorded } from './store-records.ts';

const clock = storeTools.clock;
let folder: TestFolder;
let children: StoreProcess[];

beforeEach(async () => {
  folder = await createVarDir();
  children = [];
});
afterEach(async () => {
  for (const child of children) await child.kill();
  await folder.remove();
});

const start = () => {
  const child = startStoreProcess(folder.path);
  children.push(child);
  return child;
};
const open = (varDir = folder.path): Promise<Store> => openStore({ ...storeTools, varDir });
const refusal = (varDir?: string) =>
  open(varDir).then(
    async (store) => {
      await store.close();
      return 'opened';
    },
    (error: unknown) => error,
  );

describe('the folder of the embedded store', () => {
  it('is refused to a second process with the first one named, and free when that was killed', async () => {
    putMadeStore(folder.path);
    const holder = start();
    expect(await holder.next()).toBe('starting');
    expect(await holder.next()).toBe('open');
    expect(await refusal()).toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(
        new RegExp(
          `^Another Sitrep \\(process ${holder.pid}, since 20.+Z\\) is using ${folder.path}\\. Stop it, or set SITREP_VAR_DIR`,
        ),
      ),
    });

    const ids = [await holder.next(), await holder.next(), await holder.next()];
    await holder.kill();
    const store = await open();
    for (const id of ids) expect(await store.incidents.byId(id)).toBeDefined();
    await store.close();
    expect(await readdir(join(folder.path, 'lock'))).toEqual([]);
  });

  it('opens for exactly one of three processes that start together', async () => {
    putMadeStore(folder.path);
    const outcomes = await Promise.all(
      [start(), start(), start()].map(async (child) => {
        await child.next();
        return child.next();
      }),
    );
    expect(outcomes.filter((line) => line === 'open')).toHaveLength(1);
    expect(outcomes.filter((line) => line.startsWith('refused: Another Sitrep'))).toHaveLength(2);
  });

  it('opens after the process that was just making it was killed', async () => {
    for (const wait of [600, 1_200]) {
      const child = start();
      await child.next();
      await new Promise((resolve) => setTimeout(resolve, wait));
      await child.kill();
    }
    const store = await open();
    const incident = await recorded(store);
    expect(await store.incidents.byId(incident.id)).toEqual(incident);
    await store.close();
  });

  it('keeps what it holds from one opening to the next', async () => {
    putMadeStore(folder.path);
    const first = await open();
    const incident = await recorded(first);
    await first.close();
    const again = await open();
    expect(await again.incidents.byId(incident.id)).toEqual(incident);
    expect(await again.part.health()).toMatchObject({ status: 'up' });
    await Promise.all([again.close(), again.close()]);
    await again.close();
    expect(await again.part.health()).toMatchObject({ status: 'down' });
    await expect(again.incidents.byId(incident.id)).rejects.toMatchObject({
      code: 'unavailable',
      retryable: true,
    });
  });

  it('is named in one sentence when the database in it is broken', async () => {
    putMadeStore(folder.path);
    await writeFile(join(folder.path, 'store/global/pg_control'), 'not a database');
    expect(await refusal()).toMatchObject({
      code: 'config',
      message: expect.stringContaining(`${folder.path}/store does not open: restore`),
    });
    // The folder is not kept locked by the failure.
    await rm(join(folder.path, 'store'), { recursive: true });
    putMadeStore(folder.path);
    expect(await refusal()).toBe('opened');
  });

  it('is not made where something else is', async () => {
    await mkdir(join(folder.path, 'store'));
    await writeFile(join(folder.path, 'store', 'holiday.jpg'), 'x');
    expect(await refusal()).toMatchObject({ code: 'config' });
    expect(await readdir(join(folder.path, 'store'))).toEqual(['holiday.jpg']);
  });

  it('is named in one sentence when it cannot be made or written', async () => {
    const file = join(folder.path, 'file');
    await writeFile(file, '');
    expect(await refusal(join(file, 'var'))).toMatchObject({
      code: 'config',
      message: `${file}/var cannot be used: there is a file in its place. Set SITREP_VAR_DIR to a folder that can be written.`,
    });
    expect(await refusal(file)).toMatchObject({ code: 'config' });
  });
});

describe('the embedded store at work', () => {
  it('ends its closing although a client left a transaction open, and stays locked until it is over', async () => {
    putMadeStore(folder.path);
    const store = await open();
    const incident = await recorded(store);
    const client = await store.pool.connect();
    await client.query('BEGIN');
    await store.close();
    expect(await refusal()).toMatchObject({ code: 'conflict' });

    client.release();
    const again = await vi.waitFor(() => open(), { timeout: 10_000, interval: 50 });
    expect(await again.incidents.byId(incident.id)).toEqual(incident);
    await again.close();
  });

  it('gives everybody else a turn after each statement', async () => {
    putMadeStore(folder.path);
    const store = await open();
    let turns = 0;
    const other = () => {
      turns += 1;
      if (turns < 5) setImmediate(other);
    };
    setImmediate(other);
    for (let i = 0; i < 5; i++) await store.incidents.countOpen();
    expect(turns).toBe(5);
    await store.close();
  });

  it('can be tidied up while it is written to', async () => {
    putMadeStore(folder.path);
    const db = await openPglite(join(folder.path, 'store'));
    await db.exec('create table public.notes (note text)');
    const writing = Array.from({ length: 20 }, (_, i) =>
      db.query('insert into public.notes values ($1)', [`note ${i}`]),
    );
    await Promise.all([tidy(db), ...writing]);
    await tidy(db);
    const { rows } = await db.query(
      `select n_live_tup::int as live, vacuum_count::int as vacuums
       from pg_stat_user_tables, pg_stat_force_next_flush() where relname = 'notes'`,
    );
    expect(rows).toEqual([{ live: 20, vacuums: 2 }]);
    await db.close();
  });
});

describe('the lock on a folder', () => {
  it('has exactly one holder when many ask at once, again and again', async () => {
    for (let round = 0; round < 10; round++) {
      // What killed processes left behind must not let two in.
      await mkdir(join(folder.path, 'lock'), { recursive: true });
      for (const name of ['000.sock', 'fff.sock']) {
        await writeFile(join(folder.path, 'lock', name), '');
      }
      const asked = await Promise.allSettled(
        Array.from({ length: 8 }, () => takeVarLock(folder.path, clock)),
      );
      const held = asked.flatMap((outcome) =>
        outcome.status === 'fulfilled' ? [outcome.value] : [],
      );
      expect(held).toHaveLength(1);
      await expect(takeVarLock(folder.path, clock)).rejects.toMatchObject({ code: 'conflict' });
      await held[0]?.release();
      expect(await readdir(join(folder.path, 'lock'))).toEqual([]);
    }
  });

  it('holds in a folder whose path is too long for a socket', async () => {
    vi.stubEnv('TMPDIR', folder.path);
    const deep = join(folder.path, 'd'.repeat(60), 'e'.repeat(60));
    await mkdir(deep, { recursive: true });
    const lock = await takeVarLock(deep, clock);
    await expect(takeVarLock(deep, clock)).rejects.toMatchObject({ code: 'conflict' });
    const other = await takeVarLock(folder.path, clock);
    await other.release();
    await lock.release();
    await (await takeVarLock(deep, clock)).release();
    vi.unstubAllEnvs();
  });

  it('is given back although somebody who asked does not hang up', async () => {
    const lock = await takeVarLock(folder.path, clock);
    const [name = ''] = await readdir(join(folder.path, 'lock'));
    const lingering = connect({ path: join(folder.path, 'lock', name), allowHalfOpen: true });
    await once(lingering.resume(), 'end');
    await lock.release();
    await (await takeVarLock(folder.path, clock)).release();
    lingering.destroy();
  });

  it('says who holds it to whoever connects', async () => {
    const lock = await takeVarLock(folder.path, clock);
    const [name = ''] = await readdir(join(folder.path, 'lock'));
    let said = '';
    for await (const chunk of connect(join(folder.path, 'lock', name))) said += String(chunk);
    expect(JSON.parse(said)).toMatchObject({ pid: process.pid, holding: true });
    await lock.release();
  });
});
