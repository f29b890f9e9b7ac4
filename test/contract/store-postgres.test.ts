import { chown, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openStore, type Store } from '../../adapters/store/index.ts';
import { createDatabase, createVarDir, storeTools } from '../fixtures/database.ts';
import { postgresUrl } from '../fixtures/offered.ts';
import type { Server } from '../fixtures/servers/child.ts';
import { findPostgres } from '../fixtures/servers/find.ts';
import { startPostgres } from '../fixtures/servers/postgres.ts';
import { recorded } from './store-records.ts';

const soon = { timeout: 20_000, interval: 50 };
const open = (databaseUrl: string): Promise<Store> =>
  openStore({ ...storeTools, varDir: 'unused', databaseUrl });
const refusal = (databaseUrl: string) =>
  open(databaseUrl).then(
    () => 'opened',
    (error: unknown) => error,
  );

describe('a database address that is wrong', () => {
  it('is named when nothing listens there', async () => {
    expect(await refusal('postgres://someone:hush@127.0.0.1:1/sitrep')).toMatchObject({
      code: 'config',
      retryable: false,
      message:
        'DATABASE_URL: nothing listens at 127.0.0.1:1; start Postgres there, or correct the address to postgres://user:password@host:5432/database.',
    });
  });

  it('is named when its host is not known', async () => {
    expect(await refusal('postgres://someone:hush@nowhere.invalid/sitrep')).toMatchObject({
      code: 'config',
      message: expect.stringMatching(/nowhere\.invalid.*(is not known|does not answer)/),
    });
  });

  it('is named when it is no address at all', async () => {
    expect(await refusal('postgres://:::::')).toMatchObject({
      code: 'config',
      message: expect.stringContaining('must look like postgres://user:password@host'),
    });
  });
});

describe.skipIf(!postgresUrl)(
  `the store on Postgres${postgresUrl ? '' : ' (skipped: no Postgres on this machine)'}`,
  () => {
    it('names a database that does not exist', async () => {
      const url = new URL(postgresUrl ?? '');
      url.pathname = '/not_there';
      expect(await refusal(url.href)).toMatchObject({
        code: 'config',
        message: expect.stringMatching(/there is no database not_there at .*createdb not_there/),
      });
    });

    it('names the right that is missing when the user may not create tables', async () => {
      const database = await createDatabase(postgresUrl ?? '');
      const user = new URL(database.url).pathname.slice(1);
      const client = new pg.Client({ connectionString: database.url });
      await client.connect();
      await client.query(`create role ${user} login password 'hush'`);
      const url = new URL(database.url);
      url.username = user;
      url.password = 'hush';
      expect(await refusal(url.href)).toMatchObject({
        code: 'config',
        message: expect.stringContaining(`GRANT CREATE ON DATABASE ${user} TO ${user}`),
      });
      await client.query(`drop role ${user}`);
      await client.end();
      await database.drop();
    });

    it('is migrated once when four processes start together, and data outlives a new start', async () => {
      const database = await createDatabase(postgresUrl ?? '');
      const stores = await Promise.all(Array.from({ length: 4 }, () => open(database.url)));
      const [first, second] = stores;
      if (!first || !second) throw new Error('No store was opened.');
      const incident = await recorded(first);
      expect(await second.incidents.byId(incident.id)).toEqual(incident);
      const { rows } = await first.pool.query(
        'select count(*)::int as applied from sitrep.__drizzle_migrations',
      );
      await Promise.all(stores.map((store) => store.close()));

      const again = await open(database.url);
      expect(await again.incidents.byId(incident.id)).toEqual(incident);
      expect(
        (await again.pool.query('select count(*)::int as applied from sitrep.__drizzle_migrations'))
          .rows,
      ).toEqual(rows);
      await again.close();
      await database.drop();
    });

    it('goes on after its connections were cut', async () => {
      const database = await createDatabase(postgresUrl ?? '');
      const store = await open(database.url);
      const incident = await recorded(store);
      const held = await store.pool.connect();
      await held.query('BEGIN');
      const client = new pg.Client({ connectionString: database.url });
      await client.connect();
      await client.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      );
      await client.end();
      await expect(held.query('select 1')).rejects.toThrow();
      held.release(true);
      await vi.waitFor(
        async () => expect(await store.incidents.byId(incident.id)).toEqual(incident),
        soon,
      );
      await store.close();
      await database.drop();
    });
  },
);

const bin = findPostgres();

describe.skipIf(!bin)(
  `a Postgres of its own${bin ? '' : ' (skipped: no Postgres on this machine)'}`,
  () => {
    let dir: string;
    let server: Server;

    beforeAll(async () => {
      dir = await mkdtemp('/tmp/sitrep-store-');
      server = await startPostgres({ dir });
    });
    afterAll(async () => {
      await server.stop();
      await rm(dir, { recursive: true, force: true });
    });

    it('that goes away makes the store unavailable, and available when it is back', async () => {
      const store = await open(server.url);
      const incident = await recorded(store);
      expect(await store.part.health()).toEqual({
        status: 'up',
        detail: `Postgres at 127.0.0.1:${server.port}.`,
      });

      await server.kill('SIGKILL');
      await expect(store.incidents.byId(incident.id)).rejects.toMatchObject({
        code: 'unavailable',
        retryable: true,
        message: 'The database cannot be reached right now.',
      });
      expect(await store.part.health()).toMatchObject({ status: 'down' });

      server = await startPostgres({ dir, port: server.port });
      await vi.waitFor(
        async () => expect(await store.incidents.byId(incident.id)).toEqual(incident),
        soon,
      );
      expect(await store.part.health()).toMatchObject({ status: 'up' });
      await store.close();
    });

    it('that does not answer any more is reported down soon, and its start is given up', async () => {
      const store = await open(server.url);
      await server.kill('SIGSTOP');
      expect(await store.part.health()).toMatchObject({
        status: 'down',
        detail: expect.stringContaining('does not answer'),
      });
      expect(await refusal(server.url)).toMatchObject({
        code: 'config',
        message: expect.stringContaining(`127.0.0.1:${server.port} does not answer`),
      });
      await server.kill('SIGCONT');
      await vi.waitFor(
        async () => expect(await store.part.health()).toMatchObject({ status: 'up' }),
        soon,
      );
      await store.close();
    });

    it('that refuses the password is named without printing it', async () => {
      await server.kill('SIGINT');
      const hba = join(dir, 'pg_hba.conf');
      await writeFile(hba, 'host all all 127.0.0.1/32 scram-sha-256\n');
      const { uid, gid } = await stat(dir);
      await chown(hba, uid, gid);
      server = await startPostgres({ dir, port: server.port });
      const url = new URL(server.url);
      for (const password of ['', 'hush']) {
        url.password = password;
        expect(await refusal(url.href)).toMatchObject({
          code: 'config',
          message: `DATABASE_URL: 127.0.0.1:${server.port} refused the user postgres; correct name and password at the start of the address.`,
        });
      }
    });
  },
);

describe('where the embedded store would be', () => {
  it('nothing is written when the database is elsewhere', async () => {
    const folder = await createVarDir();
    await openStore({
      ...storeTools,
      varDir: join(folder.path, 'var'),
      databaseUrl: 'postgres://someone@127.0.0.1:1/sitrep',
    }).catch(() => undefined);
    await expect(stat(join(folder.path, 'var'))).rejects.toMatchObject({ code: 'ENOENT' });
    await folder.remove();
  });
});
