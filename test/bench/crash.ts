/**
 * Rounds of 100 commands while the product is killed with -9 at a random moment and started again. At the end
 * every acknowledged command must have exactly one incident and exactly one card. Half of the commands are
 * sent again until they are acknowledged, as platforms do; the others are sent once, and if their answer was
 * lost they may exist or not, but never twice.
 */
import { resolve } from 'node:path';
import { openStore } from '../../adapters/store/index.ts';
import type { RunningProduct } from '../fixtures/product.ts';
import { createConsoleClient } from './console-client.ts';
import { inBothPlaces, type Place, startKillable } from './killed-product.ts';
import { sleep } from './sleep.ts';
import { printTable } from './statistics.ts';

const ROUNDS = Number(process.argv[2] ?? 20);
const COMMANDS = 100;
const WINDOW_MS = 1_500;
const SETTLED_WITHIN_MS = 180_000;
/** A sweep finds what a kill left behind within three quarters of a minute. */
const STILL_FOR_S = 50;

type Count = { text: string; incidents: number; cards: number };
type Result = {
  kills: number;
  sent: number;
  acknowledged: Set<string>;
  counts: Map<string, Count>;
  seconds: number;
};

async function run(place: Place): Promise<Result> {
  const started = performance.now();
  const killable = await startKillable(place);
  const client = createConsoleClient(killable.address);
  const acknowledged = new Set<string>();
  let sent = 0;
  let kills = 0;

  const send = async (round: number, i: number) => {
    const text = `crash-${round}-${i} orders are failing since the database failover`;
    await sleep(Math.random() * WINDOW_MS);
    sent += 1;
    const id = `crash-${round}-${i}`;
    do {
      if (await client.command(text, id)) {
        acknowledged.add(id);
        return;
      }
      await sleep(200);
    } while (i % 2 === 0);
  };

  for (let round = 0; round < ROUNDS; round++) {
    const commands = Array.from({ length: COMMANDS }, (_, i) => send(round, i));
    await sleep(Math.random() * WINDOW_MS);
    const victims = place.roles.filter(() => Math.random() < 0.6);
    const killed = victims.length > 0 ? victims : place.roles.slice(0, 1);
    await killable.killAndStart(killed);
    kills += killed.length;
    await Promise.all(commands);
    process.stderr.write(`  round ${round + 1} of ${ROUNDS}: killed ${killed.join(' and ')}\n`);
  }
  client.close();
  await settled(killable.product(), acknowledged.size);
  await killable.stop();
  const counts = await count(place);
  return { kills, sent, acknowledged, counts, seconds: (performance.now() - started) / 1000 };
}

/** Waits until the number of cards that a page would see stands still. */
async function settled(product: RunningProduct | undefined, least: number): Promise<void> {
  const until = performance.now() + SETTLED_WITHIN_MS;
  let cards = -1;
  let still = 0;
  while (still < STILL_FOR_S) {
    const now = product ? await countCards(product.address) : 0;
    still = now === cards && now >= least ? still + 1 : 0;
    cards = now;
    if (performance.now() > until) return;
    await sleep(1_000);
  }
}

async function countCards(address: string): Promise<number> {
  const stop = new AbortController();
  const response = await fetch(`${address}/console/stream?since=0`, { signal: stop.signal });
  const ids = new Set<string>();
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const chunk = await Promise.race([reader?.read(), sleep(1_000)]);
    if (!chunk?.value) break;
    text += decoder.decode(chunk.value, { stream: true });
  }
  stop.abort();
  for (const [, id] of text.matchAll(/"incidentId":"(\w+)"/g)) if (id) ids.add(id);
  return ids.size;
}

/** Asks the store itself, when nobody else has it open. */
async function count(place: Place): Promise<Map<string, Count>> {
  const silent = () => undefined;
  const store = await openStore({
    ...(place.env.DATABASE_URL === undefined ? {} : { databaseUrl: place.env.DATABASE_URL }),
    varDir: resolve(place.cwd, 'var'),
    migrationsFolder: resolve('adapters/store/migrations'),
    logger: { debug: silent, info: silent, warn: silent, error: silent },
    clock: { now: () => new Date() },
  });
  try {
    const { rows } = await store.pool.query(`
      select split_part(i.text, ' ', 1) as text,
             count(distinct i.id)::int as incidents,
             count(m.id)::int as cards
        from sitrep.incidents i
        left join sitrep.console_messages m on m.card->>'incidentId' = i.id
       group by 1`);
    return new Map((rows as Count[]).map((row) => [row.text, row]));
  } finally {
    await store.close();
  }
}

function judge(name: string, { kills, sent, acknowledged, counts, seconds }: Result) {
  const all = [...counts.values()];
  const lost = [...acknowledged].filter((id) => (counts.get(id)?.incidents ?? 0) === 0).length;
  const withoutCard = all.filter((row) => row.cards === 0).length;
  const doubledIncidents = all.filter((row) => row.incidents > 1).length;
  const doubledCards = all.filter((row) => row.cards > row.incidents).length;
  return {
    good: lost + withoutCard + doubledIncidents + doubledCards === 0,
    row: [
      name,
      ...[kills, sent, acknowledged.size, all.length, lost, withoutCard].map(String),
      ...[doubledIncidents, doubledCards, Math.round(seconds)].map(String),
    ],
  };
}

const results = await inBothPlaces({ SITREP_LOG_LEVEL: 'error' }, process.argv[3], async (place) =>
  judge(place.name, await run(place)),
);
printTable([
  [
    '',
    ...['kills', 'sent', 'acknowledged', 'recorded', 'lost', 'without card'],
    ...['incident doubled', 'card doubled', 'seconds'],
  ],
  ...results.map(({ row }) => row),
]);
process.exitCode = results.every(({ good }) => good) ? 0 : 1;
