/**
 * Reports at a steady pace while the product is killed with -9 ten times at random moments and started again.
 * Slack delivers again what nobody acknowledged, up to three times. At the end every acknowledged report has
 * exactly one card; one that nobody acknowledged may have a card or not, but never two.
 */
import { inBothPlaces, type Killable, type Place, startKillable } from './killed-product.ts';
import { type Drive, environmentFor, startDrive } from './slack-drive.ts';
import { sleep } from './sleep.ts';
import { printTable } from './statistics.ts';

const KILLS = Number(process.argv[2] ?? 10);
const EVERY_MS = 1_000 / Number(process.argv[3] ?? 50);
/** How long each of its lives may last at least and at most. */
const LIFE_MS = { least: 2_000, most: 5_000 };
const CARDS_WITHIN_MS = 600_000;
const MENTIONS = 0.5;

async function run(place: Place): Promise<{ row: string[]; good: boolean }> {
  const started = performance.now();
  const drive = await startDrive({
    retryAfterMs: [1_100, 4_000, 8_000],
    retried: ['event', 'command', 'interactive'],
  });
  const { slack } = drive;
  const env = { ...place.env, SITREP_LOG_LEVEL: 'error', ...environmentFor(slack) };
  const killable = await startKillable({ ...place, env });
  try {
    slack.deliverTo(`${killable.address}/slack/events`);
    const keys = await sendAndKill(drive, killable, place.roles);
    const ended = performance.now();
    const last = await drive.settled(keys, CARDS_WITHIN_MS);

    const acknowledged = drive.acknowledged(keys);
    const cards = drive.cards(keys);
    const shown = [...cards.values()].filter((count) => count > 0).length;
    const lost = [...acknowledged].filter((key) => cards.get(key) === 0).length;
    const doubled = [...cards.values()].filter((count) => count > 1).length;
    const seconds = [last - ended, performance.now() - started].map((ms) => Math.ceil(ms / 1_000));
    return {
      good: lost + doubled === 0,
      row: [
        place.name,
        ...[KILLS, keys.length, acknowledged.size, shown, lost, doubled].map(String),
        ...[drive.busiest(), slack.pacing.violations.length, ...seconds].map(String),
      ],
    };
  } finally {
    await killable.stop();
    await slack.close();
  }
}

async function sendAndKill(
  drive: Drive,
  killable: Killable,
  roles: readonly string[],
): Promise<string[]> {
  let done = false;
  const sent: Promise<string[]>[] = [];
  const load = async () => {
    const aSecond = Math.round(1_000 / EVERY_MS);
    for (let phase = 0; !done; phase++) {
      sent.push(drive.send(`crash${phase}`, aSecond, EVERY_MS, MENTIONS));
      await sleep(1_000);
    }
  };
  const loading = load();
  for (let kill = 0; kill < KILLS; kill++) {
    await sleep(LIFE_MS.least + Math.random() * (LIFE_MS.most - LIFE_MS.least));
    const victim = roles[kill % roles.length] ?? 'all';
    await killable.killAndStart([victim]);
    process.stderr.write(`  kill ${kill + 1} of ${KILLS}: ${victim}\n`);
  }
  done = true;
  await loading;
  return (await Promise.all(sent)).flat();
}

const results = await inBothPlaces({}, process.argv[4], run);
printTable([
  [
    '',
    ...['kills', 'sent', 'acknowledged', 'with a card', 'lost', 'doubled'],
    ...['in the busiest channel', 'too fast', 'last card after', 'seconds in all'],
  ],
  ...results.map(({ row }) => row),
]);
process.exitCode = results.every(({ good }) => good) ? 0 : 1;
