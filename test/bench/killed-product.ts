import { createServer } from 'node:net';
import { type RunningProduct, startSitrep, temporaryFolder } from '../fixtures/product.ts';
import { startPostgres } from '../fixtures/servers/postgres.ts';
import { startRedis } from '../fixtures/servers/redis.ts';

/** Where the product runs, and as which processes. */
export type Place = {
  name: string;
  cwd: string;
  env: Record<string, string>;
  roles: readonly string[];
};

/** The processes of one product, which are killed with -9 and started again. */
export type Killable = {
  /** Where platforms deliver to, also after a kill. */
  address: string;
  /** Some process of it that is running. */
  product(): RunningProduct | undefined;
  killAndStart(roles: readonly string[]): Promise<void>;
  stop(): Promise<void>;
};

export async function startKillable({ cwd, env, roles }: Place): Promise<Killable> {
  const port = await freePort();
  const running = new Map<string, RunningProduct>();
  const start = async (role: string) => {
    const args = role === 'worker' ? ['--role', role] : ['--role', role, '--port', String(port)];
    running.set(role, await startSitrep({ cwd, env, args }));
  };
  const stop = async () => {
    for (const product of running.values()) await product.stop();
  };
  try {
    for (const role of roles) await start(role);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    address: `http://127.0.0.1:${port}`,
    product: () => [...running.values()][0],
    async killAndStart(victims) {
      await Promise.all(victims.map((role) => running.get(role)?.kill()));
      for (const role of victims) await start(role);
    },
    stop,
  };
}

/** The two ways to run it, one after the other; `only` starts the name of the wanted one. */
export async function inBothPlaces<Result>(
  env: Record<string, string>,
  only: string | undefined,
  run: (place: Place) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const withPlace of [embedded, scaledOut]) {
    const result = await withPlace(env, async (place) => {
      if (only !== undefined && !place.name.startsWith(only)) return undefined;
      process.stderr.write(`${place.name}:\n`);
      return run(place);
    });
    if (result !== undefined) results.push(result);
  }
  return results;
}

async function embedded<Result>(
  env: Record<string, string>,
  act: (place: Place) => Promise<Result>,
): Promise<Result> {
  const folder = temporaryFolder();
  try {
    return await act({ name: 'embedded', cwd: folder.path, env, roles: ['all'] });
  } finally {
    folder.remove();
  }
}

async function scaledOut<Result>(
  env: Record<string, string>,
  act: (place: Place) => Promise<Result>,
): Promise<Result> {
  const folder = temporaryFolder();
  const postgres = await startPostgres();
  const redis = await startRedis();
  try {
    return await act({
      name: 'Postgres, Redis, two roles',
      cwd: folder.path,
      env: { ...env, DATABASE_URL: postgres.url, REDIS_URL: redis.url },
      roles: ['web', 'worker'],
    });
  } finally {
    await redis.stop();
    await postgres.stop();
    folder.remove();
  }
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });
}
