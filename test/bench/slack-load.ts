/**
 * Reports at a steady 50 a second over signed HTTP, to the started product and to a bare Bolt echo bot in the
 * same run. Slack gives up on an acknowledgement after three seconds; here it must come far sooner. At the end
 * every acknowledged report has exactly one card, and no channel got more than Slack takes. Then the same with
 * deliveries that are retried or come twice, and with a Web API that fails.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startSitrep, temporaryFolder } from '../fixtures/product.ts';
import { type Drive, environmentFor, startDrive } from './slack-drive.ts';
import { milliseconds, percentile, printTable } from './statistics.ts';

const SECONDS = Number(process.argv[2] ?? 60);
const EVERY_MS = 1_000 / Number(process.argv[3] ?? 50);
const WARM_UP = 50;
const CARDS_WITHIN_MS = 300_000;
/** Most people type the command; some mention the bot, which also works in threads. */
const MENTIONS = 0.5;
/** An acknowledgement that comes this late is late for us, long before it is for Slack. */
const ACKNOWLEDGED_WITHIN_MS = 300;

type Result = { name: string; row: string[]; good: boolean };

async function measure(name: string, drive: Drive, phase: string): Promise<Result> {
  const { slack } = drive;
  const before = {
    receipts: slack.receipts.length,
    violations: slack.pacing.violations.length,
    calls: slack.calls().length,
  };
  const count = Math.round((SECONDS * 1_000) / EVERY_MS);
  const keys = await drive.send(phase, count, EVERY_MS, MENTIONS);
  await drive.settled(keys, CARDS_WITHIN_MS);
  const attempts = slack.receipts.slice(before.receipts).flatMap((receipt) => receipt.attempts);
  const latencies = attempts.map((attempt) => attempt.milliseconds);
  const failed = attempts.filter((attempt) => attempt.failure !== undefined).length;
  const acknowledged = drive.acknowledged(keys);
  const cards = drive.cards(keys);
  const without = [...acknowledged].filter((key) => cards.get(key) === 0).length;
  const doubled = [...cards.values()].filter((each) => each > 1).length;
  const violations = slack.pacing.violations.length - before.violations;
  const p99 = percentile(latencies, 0.99);
  return {
    name,
    good: failed + without + doubled === 0 && p99 < ACKNOWLEDGED_WITHIN_MS,
    row: [
      name,
      ...[keys.length, attempts.length].map(String),
      ...[0.5, 0.99, 1].map((share) => milliseconds(percentile(latencies, share))),
      ...[failed, acknowledged.size, without, doubled, violations].map(String),
      String(slack.calls().length - before.calls),
    ],
  };
}

async function measureBare(): Promise<Result> {
  const drive = await startDrive({});
  const child: ChildProcess = spawn(
    process.execPath,
    [fileURLToPath(new URL('./bare-bolt.js', import.meta.url))],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { PATH: process.env.PATH, ...environmentFor(drive.slack) },
    },
  );
  try {
    if (!child.stdout) throw new Error('The bare bot has no output.');
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    drive.slack.deliverTo(`http://127.0.0.1:${Number(line)}/slack/events`);
    await drive.settled(await drive.send('warm', WARM_UP, EVERY_MS, MENTIONS), CARDS_WITHIN_MS);
    return await measure('bare Bolt echo', drive, 'bare');
  } finally {
    child.kill();
    await drive.slack.close();
  }
}

async function measureProduct(): Promise<Result[]> {
  const folder = temporaryFolder();
  // A retry comes a second later, so that it is signed anew, as Slack's are.
  const drive = await startDrive({ retryAfterMs: [1_100, 5_000, 10_000], seed: 3 });
  const product = await startSitrep({
    cwd: folder.path,
    env: { SITREP_LOG_LEVEL: 'error', ...environmentFor(drive.slack) },
  });
  try {
    drive.slack.deliverTo(`${product.address}/slack/events`);
    await drive.settled(await drive.send('warm', WARM_UP, EVERY_MS, MENTIONS), CARDS_WITHIN_MS);
    const calm = await measure('Sitrep', drive, 'calm');
    const { faults } = drive.slack;
    faults.deliveries.retried = 0.3;
    // Only events have ids of their own; commands are the other half.
    faults.deliveries.duplicated = 0.05 / MENTIONS;
    faults.often(0.02, [
      { kind: 'ratelimited' },
      { kind: 'status' },
      { kind: 'timeout', when: 'before' },
      { kind: 'timeout', when: 'after' },
      { kind: 'reset', when: 'before' },
      { kind: 'reset', when: 'after' },
    ]);
    const rough = await measure('Sitrep, rough', drive, 'rough');
    return [calm, rough];
  } finally {
    await product.stop();
    await drive.slack.close();
    folder.remove();
  }
}

const results = [await measureBare(), ...(await measureProduct())];
printTable([
  [
    '',
    ...['reports', 'deliveries', 'ack p50', 'p99', 'worst', 'not in time'],
    ...['acknowledged', 'no card', 'doubled', 'too fast', 'API calls'],
  ],
  ...results.map((result) => result.row),
]);
process.exitCode = results.slice(1).every((result) => result.good) ? 0 : 1;
