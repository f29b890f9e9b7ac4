/**
 * Reports at a steady pace while the product is killed with -9 ten times at random moments and started again.
 * Slack delivers again what nobody acknowledged, up to three times. At the end every acknowledged report has
 * exactly one card; one that nobody acknowledged may have a card or not, but never two.
 */
import { createServer } from 'node:net';
import { type RunningProduct, startSitrep, temporaryFolder } from '../fixtures/product.ts';
import { startPostgres } from '../fixtures/servers/postgres.ts';
import { startRedis } from '../fixtures/servers/redis.ts';
import { environmentFor, sleep, startDrive } from './slack-drive.ts';
import { printTable } from './statistics.ts';

const KILLS = Number(process.argv[2] ?? 10);
const EVERY_MS = 1_000 / Number(process.argv[3] ?? 50);
/** How long each of its lives may last at least and at most. */
const LIFE_MS = { least: 2_000, most: 5_000 };
const CARDS_WITHIN_MS = 600_000;
const MENTIONS = 0.5;

type Place = { name: string; cwd: string; env: Record<string, string>; roles: readonly string[] };

async function run(place: Place): Promise<{ row: string[]; good: boolean }> {
  const started = performance.now();
  const drive = await startDrive({
    retryAfterMs: [1_100, 4_000, 8_000],
    retried: ['event', 'command', 'interactive'],
  });
  const { slack } = drive;
  const env = { ...place.env, SITREP_LOG_LEVEL: 'error', ...environmentFor(slack) };
  const port = await freePort();
  const running = new Map<string, RunningProduct>();
  const start = async (role: string) => {
    const args = role === 'worker' ? ['--role', role] : ['--role', role, '--port', String(port)];
    running.set(role, await startSitrep({ cwd: place.cwd, env, args }));
  };
  try {
    for (const role of place.roles) await start(role);
    slack.deliverTo(`http://127.0.0.1:${port}/slack/events`);

    let done = false;
    const sent: Promise<string[]>[] = [];
    const load = async () => {
      const aSecond = Math.round(1_000 / EVERY_MS);
      for (let phase = 0; !done; phase++) {
        const batch = drive.send(`crash${phase}`, aSecond, EVERY_MS, MENTIONS);
        sent.push(batch);
        await sleep(1_000);
      }
    };
    const loading = load();
    for (let kill = 0; kill < KILLS; kill++) {
      await sleep(LIFE_MS.least + Math.random() * (LIFE_MS.most - LIFE_MS.least));
      const victim = place.roles[kill % place.roles.length] ?? 'all';
      await running.get(victim)?.kill();
      await start(victim);
      process.stderr.write(`  kill ${kill + 1} of ${KILLS}: ${victim}\n`);
    }
    done = true;
    await loading;
    const keys = (await Promise.all(sent)).flat();
    await drive.settled(keys, CARDS_WITHIN_MS);

    const acknowledged = drive.acknowledged(keys);
    const cards = drive.cards(keys);
    const shown = [...cards.values()].filter((count) => count > 0).length;
    const lost = [...acknowledged].filter((key) => cards.get(key) === 0).length;
    const doubled = [...cards.values()].filter((count) => count > 1).length;
    const seconds = Math.round((performance.now() - started) / 1_000);
    return {
      good: lost + doubled === 0,
      row: [
        place.name,
        ...[KILLS, keys.length, acknowledged.size, shown, lost, doubled, seconds].map(String),
      ],
    };
  } finally {
    for (const product of running.values()) await product.stop();
    await slack.close();
  }
}

async function embedded() {
  const folder = temporaryFolder();
  try {
    return await run({ name: 'embedded', cwd: folder.path, env: {}, roles: ['all'] });
  } finally {
    folder.remove();
  }
}

async function scaledOut() {
  const folder = temporaryFolder();
  const postgres = await startPostgres();
  const redis = await startRedis();
  try {
    return await run({
      name: 'Postgres, Redis, two roles',
      cwd: folder.path,
      env: { DATABASE_URL: postgres.url, REDIS_URL: redis.url },
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

process.stderr.write('Embedded, one process:\n');
const first = await embedded();
process.stderr.write('Postgres and Redis, web and worker apart:\n');
const second = await scaledOut();
printTable([
  ['', 'kills', 'sent', 'acknowledged', 'with a card', 'lost', 'doubled', 'seconds'],
  first.row,
  second.row,
]);
process.exitCode = first.good && second.good ? 0 : 1;
