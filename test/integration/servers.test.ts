import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import pg from 'pg';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { chromiumPath, postgresUrl, redisUrl } from '../fixtures/offered.ts';
import type { Server } from '../fixtures/servers/child.ts';
import { findPostgres, findRedis } from '../fixtures/servers/find.ts';
import { startPostgres } from '../fixtures/servers/postgres.ts';
import { startRedis } from '../fixtures/servers/redis.ts';

const cleanUp: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

async function folder(parent: string): Promise<string> {
  const dir = await mkdtemp(join(parent, 'sitrep-servers-'));
  cleanUp.push(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

function managed(server: Server): Server {
  cleanUp.push(() => server.stop());
  return server;
}

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function withRedis<T>(url: string, use: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url, { retryStrategy: () => null });
  try {
    return await use(redis);
  } finally {
    redis.disconnect();
  }
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(!redisUrl)('the offered Redis (skipped: no redis-server on this machine)', () => {
  it('answers', async () => {
    expect(await withRedis(redisUrl ?? '', (redis) => redis.ping())).toBe('PONG');
  });
});

describe.skipIf(!postgresUrl)('the offered Postgres (skipped: no Postgres on this machine)', () => {
  it('lets tests make databases of their own', async () => {
    const name = `sitrep_servers_${process.pid}`;
    await ask(postgresUrl ?? '', `create database ${name}`);
    await ask(postgresUrl ?? '', `drop database ${name}`);
  });
});

describe.skipIf(!chromiumPath)('the offered Chromium (skipped: none on this machine)', () => {
  it('is a browser', () => {
    const version = execFileSync(chromiumPath ?? '', ['--version', '--no-sandbox']).toString();
    expect(version).toMatch(/Chrom\w+ \d+/);
  });
});

describe.skipIf(!findRedis())('a Redis of our own (skipped: no redis-server here)', () => {
  it('comes back on its port with what it acknowledged after a kill -9', async () => {
    const dir = await folder(tmpdir());
    const first = managed(await startRedis({ dir }));
    await withRedis(first.url, (redis) => redis.set('kept', 'yes'));
    await first.kill('SIGKILL');
    expect(runs(first.pid)).toBe(false);

    const second = managed(await startRedis({ dir, port: first.port }));
    expect(second.url).toBe(first.url);
    expect(await withRedis(second.url, (redis) => redis.get('kept'))).toBe('yes');
  });

  it('can be paused, and is stopped even then', async () => {
    const server = await startRedis();
    await server.kill('SIGSTOP');
    expect(runs(server.pid)).toBe(true);
    await server.stop();
    expect(runs(server.pid)).toBe(false);
  });

  it('says why it does not start', async () => {
    const taken = managed(await startRedis());
    await expect(startRedis({ port: taken.port })).rejects.toThrow(/redis-server.*ended/s);
  });
});

describe.skipIf(!findPostgres())('a Postgres of our own (skipped: no Postgres here)', () => {
  it('comes back on its port with what it acknowledged after a kill -9', async () => {
    const dir = await folder('/tmp');
    const first = managed(await startPostgres({ dir }));
    await ask(first.url, 'create table kept as select 7 as number');
    await first.kill('SIGKILL');

    const second = managed(await startPostgres({ dir, port: first.port }));
    expect(second.url).toBe(first.url);
    expect(await ask(second.url, 'select number from kept')).toEqual([{ number: 7 }]);
    await second.stop();
    expect(runs(second.pid)).toBe(false);
    expect(existsSync(join(dir, 'PG_VERSION'))).toBe(true);
  });
});

describe.skipIf(!findRedis())('a run of the tests (skipped: no redis-server here)', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
    'leaves no server behind when %s ends it',
    async (signal) => {
      const { run, urls, dir } = await startRun();
      const before = await readdir(dir);
      expect(before.some((name) => name.startsWith('sitrep-redis-'))).toBe(true);
      run.kill(signal);
      await vi.waitFor(
        async () => {
          for (const url of urls) await expect(connect(url)).rejects.toThrow('ECONNREFUSED');
          const left = await readdir(dir);
          expect(left.filter((name) => name.startsWith('sitrep-redis-'))).toEqual([]);
        },
        { timeout: 15_000, interval: 100 },
      );
    },
  );
});

/** Another run with the same services, whose one test never ends. */
async function startRun(): Promise<{ run: ChildProcess; urls: URL[]; dir: string }> {
  const dir = await folder(await realpath(tmpdir()));
  const root = fileURLToPath(new URL('../..', import.meta.url));
  await symlink(join(root, 'node_modules'), join(dir, 'node_modules'));
  const services = JSON.stringify(join(root, 'test/fixtures/services.ts'));
  await writeFile(
    join(dir, 'vitest.config.mjs'),
    `export default { test: { pool: 'forks', globalSetup: [${services}] } };`,
  );
  await writeFile(
    join(dir, 'endless.test.mjs'),
    `import { writeFileSync } from 'node:fs';
     import { inject, it } from 'vitest';
     it('never ends', { timeout: 60_000 }, () => {
       writeFileSync('urls', [inject('redisUrl'), inject('postgresUrl')].filter(Boolean).join());
       return new Promise(() => {});
     });`,
  );
  const env = { ...process.env, TMPDIR: dir };
  for (const name of Object.keys(env)) {
    if (/^(SITREP_TEST_|VITEST)/.test(name)) Reflect.deleteProperty(env, name);
  }
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const run = spawn(process.execPath, [vitest, 'run'], { cwd: dir, env, stdio: 'ignore' });
  cleanUp.push(async () => run.kill('SIGKILL'));
  const list = await vi.waitFor(
    async () => {
      const written = await readFile(join(dir, 'urls'), 'utf8');
      expect(written).not.toBe('');
      return written;
    },
    { timeout: 25_000, interval: 100 },
  );
  return { run, urls: list.split(',').map((url) => new URL(url)), dir };
}

async function connect(url: URL): Promise<void> {
  const socket = createConnection(Number(url.port), url.hostname);
  await once(socket, 'connect');
  socket.destroy();
}
