/**
 * The whole road under load, beside a bare Express handler that only answers: the same client, the same
 * number of requests, one after the other in one run, so that the machine's mood cancels out.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import { fileURLToPath } from 'node:url';
import { startSitrep, temporaryFolder } from '../fixtures/product.ts';
import { createConsoleClient, post, watchCards } from './console-client.ts';
import { milliseconds, percentile, printTable } from './statistics.ts';

const WARM_UP = 50;
const COMMANDS = 1_000;
const AT_ONCE = 8;
const CALM = 100;
const CALM_EVERY_MS = 50;
const CARDS_WITHIN_MS = 120_000;

type Load = { seconds: number; latencies: number[] };

async function load(count: number, send: (i: number) => Promise<boolean>): Promise<Load> {
  const latencies: number[] = [];
  let next = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (next < count) {
        const i = next++;
        const sent = performance.now();
        if (!(await send(i))) throw new Error(`Request ${i} was not acknowledged.`);
        latencies.push(performance.now() - sent);
      }
    }),
  );
  return { seconds: (performance.now() - started) / 1000, latencies };
}

/** Spread out as people type: what one of them waits when nobody else is in the way. */
async function calm(count: number, send: (i: number) => Promise<boolean>): Promise<void> {
  for (let i = 0; i < count; i++) {
    await Promise.all([send(i), new Promise((done) => setTimeout(done, CALM_EVERY_MS))]);
  }
}

async function measureBare(): Promise<Load> {
  const server: ChildProcess = spawn(
    process.execPath,
    [fileURLToPath(new URL('./bare-express.js', import.meta.url))],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  try {
    if (!server.stdout) throw new Error('The bare server has no output.');
    const [line] = (await once(server.stdout, 'data')) as [Buffer];
    const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
    const send = (i: number) => post(agent, `http://127.0.0.1:${Number(line)}/`, { text: text(i) });
    await load(WARM_UP, send);
    const result = await load(COMMANDS, send);
    agent.destroy();
    return result;
  } finally {
    server.kill();
  }
}

async function measureRoad() {
  const folder = temporaryFolder();
  const product = await startSitrep({ cwd: folder.path, env: { SITREP_LOG_LEVEL: 'warn' } });
  const client = createConsoleClient(product.address);
  const sentAt = new Map<string, number>();
  const cardLatencies = new Map<string, number>();
  const stopWatching = await watchCards(product.address, (card) => {
    const key = /road-\w+-\d+/.exec(card.text)?.[0];
    const sent = key === undefined ? undefined : sentAt.get(key);
    if (key !== undefined && sent !== undefined) cardLatencies.set(key, card.at - sent);
  });
  const command = (phase: string) => (i: number) => {
    sentAt.set(`road-${phase}-${i}`, performance.now());
    return client.command(text(i, phase));
  };
  const cards = async (phase: string, count: number): Promise<number[]> => {
    const until = performance.now() + CARDS_WITHIN_MS;
    const seen = () => [...cardLatencies].filter(([key]) => key.startsWith(`road-${phase}-`));
    while (seen().length < count) {
      if (performance.now() > until)
        throw new Error(`Only ${seen().length} of ${count} cards came.`);
      await new Promise((done) => setTimeout(done, 20));
    }
    return seen().map(([, latency]) => latency);
  };
  try {
    await load(WARM_UP, command('warm'));
    await cards('warm', WARM_UP);
    const calmAcknowledged: number[] = [];
    await calm(CALM, async (i) => {
      const sent = performance.now();
      const taken = await command('calm')(i);
      calmAcknowledged.push(performance.now() - sent);
      return taken;
    });
    const calmCards = await cards('calm', CALM);
    const started = performance.now();
    const acknowledged = await load(COMMANDS, command('load'));
    const loadCards = await cards('load', COMMANDS);
    const wholeSeconds = (performance.now() - started) / 1000;
    return { acknowledged, wholeSeconds, calmAcknowledged, calmCards, loadCards };
  } finally {
    stopWatching();
    client.close();
    await product.stop();
    folder.remove();
  }
}

function text(i: number, phase = 'bare'): string {
  return `road-${phase}-${i} checkout is timing out since 10:05, database connection pool exhausted`;
}

const bare = await measureBare();
const road = await measureRoad();
const row = (name: string, rate: string, latencies: readonly number[]) => [
  name,
  rate,
  ...[0.5, 0.95, 0.99].map((share) => milliseconds(percentile(latencies, share))),
];
printTable([
  ['', 'a second', 'p50', 'p95', 'p99'],
  row('bare Express answer', (COMMANDS / bare.seconds).toFixed(0), bare.latencies),
  row(
    `acknowledged, ${AT_ONCE} at once`,
    (COMMANDS / road.acknowledged.seconds).toFixed(0),
    road.acknowledged.latencies,
  ),
  row(`card shown, ${AT_ONCE} at once`, (COMMANDS / road.wholeSeconds).toFixed(0), road.loadCards),
  row('acknowledged, one at a time', `${1000 / CALM_EVERY_MS}`, road.calmAcknowledged),
  row('card shown, one at a time', `${1000 / CALM_EVERY_MS}`, road.calmCards),
]);
process.stdout.write(
  `The whole road runs at 1/${(road.wholeSeconds / bare.seconds).toFixed(0)} of the bare handler's rate.\n`,
);
