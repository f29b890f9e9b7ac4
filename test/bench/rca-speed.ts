/**
 * How fast explanations come: the narrator alone, a cached answer of the started product over HTTP, and how
 * often a provider is asked when a hundred want the same at once. The product is a process of its own; the
 * provider is a double of OpenAI in this one. Every second request goes to a bare Express handler, which shows
 * what of the time is the machine's mood.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createCache } from '../../adapters/cache/index.ts';
import type { Rca } from '../../src/domain/rca.ts';
import { createMetrics } from '../../src/observability/index.ts';
import { createExplain } from '../../src/rca/index.ts';
import { narrate } from '../../src/rca/narrate.ts';
import { keepTraced } from '../../src/rca/telling.ts';
import { createVerifier } from '../../src/rca/verify/verify.ts';
import { createIds, systemClock } from '../../src/system.ts';
import { startProviderDouble } from '../fakes/providers/index.ts';
import { startSitrep, temporaryFolder } from '../fixtures/product.ts';
import { createDice, madeUpCase } from './rca-cases.ts';
import { FITTED } from './rca-fitted.ts';
import { tellTruth } from './rca-lies.ts';
import { milliseconds, percentile, printTable } from './statistics.ts';

const EXPLANATIONS = 2_000;
const CACHED = 500;
const AT_ONCE = 100;
const WARM_UP = 50;
const SLOW_MS = 300;
const SEED = 20_260_305;

type Answer = { data?: { cached: boolean; provider: string; verified: boolean } };

function row(name: string, times: readonly number[]): string[] {
  const shares = [0.5, 0.99, 1].map((share) => milliseconds(percentile(times, share)));
  return [name, String(times.length), ...shares];
}

/** The telling alone, the whole use case (redacted, told, each sentence traced), and the check of a model's words. */
async function measureNarrator(cases: readonly Rca[]): Promise<string[][]> {
  const logger = { debug() {}, info() {}, warn() {}, error() {} };
  const { cache } = await createCache({ clock: systemClock, logger });
  const explain = createExplain({
    cache,
    cacheTtlMs: undefined,
    clock: systemClock,
    ids: createIds(systemClock),
    logger,
    metrics: createMetrics().metrics,
  });
  const timed = async (work: (rca: Rca) => unknown) => {
    for (const rca of cases.slice(0, WARM_UP)) await work(rca);
    const times: number[] = [];
    for (const rca of cases) {
      const started = performance.now();
      await work(rca);
      times.push(performance.now() - started);
    }
    return times;
  };
  const dice = createDice(SEED + 1);
  const texts = new Map(cases.map((rca) => [rca, tellTruth(rca, FITTED, dice).text]));
  const written = (rca: Rca) => texts.get(rca) ?? '';
  return [
    row('narrator, telling alone', await timed((rca) => narrate(rca, 'executive'))),
    row('narrator, told and traced', await timed((rca) => explain(rca))),
    row(
      'what a model wrote, checked',
      await timed((rca) => keepTraced(written(rca), createVerifier(rca))),
    ),
  ];
}

function post(agent: http.Agent, url: string, rca: Rca): Promise<Answer> {
  const body = JSON.stringify({ rcaData: rca });
  return new Promise((resolve, reject) => {
    const request = http.request(
      url,
      {
        agent,
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => {
          if (response.statusCode === 200) resolve(JSON.parse(text));
          else reject(new Error(`Status ${response.statusCode}: ${text}`));
        });
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

async function measureProduct([first, second]: readonly [Rca, Rca]): Promise<string[][]> {
  const folder = temporaryFolder();
  const double = await startProviderDouble('openai');
  // What a model may write of an analysis: the narrator's own words can all be traced.
  const truth = (rca: Rca) => narrate(rca, 'executive');
  const product = await startSitrep({
    cwd: folder.path,
    env: {
      SITREP_LOG_LEVEL: 'warn',
      MIRA_PROVIDER: 'openai',
      MIRA_RATE_LIMIT: 'false',
      OPENAI_API_KEY: 'a-key-of-the-bench',
      OPENAI_BASE_URL: double.url,
    },
  });
  const bare: ChildProcess = spawn(
    process.execPath,
    [fileURLToPath(new URL('./bare-express.js', import.meta.url))],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const agent = new http.Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const timed = async (times: number[], url: string, rca: Rca) => {
    const started = performance.now();
    const answer = await post(agent, url, rca);
    times.push(performance.now() - started);
    return answer;
  };
  try {
    if (!bare.stdout) throw new Error('The bare server has no output.');
    const [line] = (await once(bare.stdout, 'data')) as [Buffer];
    const bareUrl = `http://127.0.0.1:${Number(line)}/`;
    const url = `${product.address}/api/v1/mira/rca_analyze`;
    double.say({ text: truth(first) });
    for (let i = 0; i < WARM_UP; i++) {
      await post(agent, url, first);
      await post(agent, bareUrl, first);
    }
    const times: number[] = [];
    const bareTimes: number[] = [];
    let cached = 0;
    for (let i = 0; i < CACHED; i++) {
      const { data } = await timed(times, url, first);
      if (data?.cached) cached++;
      await timed(bareTimes, bareUrl, first);
    }
    const before = double.calls.length;
    double.say({ text: truth(second), slowMs: SLOW_MS });
    const answers = await Promise.all(
      Array.from({ length: AT_ONCE }, () => post(agent, url, second)),
    );
    const told = answers.filter(({ data }) => data?.provider === 'openai' && data.verified).length;
    process.stdout.write(
      `${cached} of ${CACHED} answers came from the cache; calls to the provider so far: ${before}\n` +
        `${AT_ONCE} equal requests at once: calls to the provider: ${double.calls.length - before}; told by it and verified: ${told}\n\n`,
    );
    return [row('cached answer over HTTP', times), row('bare Express beside it', bareTimes)];
  } finally {
    bare.kill();
    agent.destroy();
    await product.stop();
    await double.close();
    folder.remove();
  }
}

export async function measureRcaSpeed(): Promise<void> {
  const dice = createDice(SEED);
  const cases = Array.from({ length: EXPLANATIONS }, () => madeUpCase(dice));
  const [first, second] = cases;
  if (!first || !second) throw new Error('There are no cases.');
  const narrated = await measureNarrator(cases);
  const served = await measureProduct([first, second]);
  printTable([['explanations', 'count', 'p50', 'p99', 'worst'], ...narrated, ...served]);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await measureRcaSpeed();
