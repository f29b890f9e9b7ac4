/**
 * How long a search takes from end to end, with the store and the packaged Chroma, among 10,000 and 100,000
 * chunks, beside a plain BM25 in the same run, and how much memory it needs. A folder given to it keeps what
 * was built, for the next run: `node dist/test/bench/knowledge-speed.js [folder] [chunks...]`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { createMemoryCache } from '../../adapters/cache/memory-cache.ts';
import { openStore } from '../../adapters/store/index.ts';
import { startChroma } from '../../knowledge/chroma/index.ts';
import { createLocalEmbedder } from '../../knowledge/embedding/index.ts';
import { createKnowledge } from '../../knowledge/index.ts';
import { createFinder, createKnowledgeSearch } from '../../knowledge/search/index.ts';
import type { Metrics } from '../../src/ports/metrics.ts';
import { clean } from '../../src/safety/index.ts';
import { temporaryFolder } from '../fixtures/product.ts';
import { createGenerator } from './generated-pages.ts';
import { seedQuestions, silent } from './knowledge-corpus.ts';
import { createPlainSearch } from './plain-bm25.ts';
import { milliseconds, percentile, printTable } from './statistics.ts';

const SIZES = [10_000, 100_000];
const GENERATED_QUESTIONS = 500;
const WARM_UP = 20;

const clock = { now: () => new Date() };
const unmeasured: Metrics = {
  count: () => undefined,
  gauge: () => undefined,
  observe: () => undefined,
};

/** The product's own parts on a folder. */
async function openParts(varDir: string) {
  const tools = { clock, logger: silent };
  // From the project's folder, as this runs compiled, too.
  const migrationsFolder = resolve('adapters/store/migrations');
  const store = await openStore({ ...tools, migrationsFolder, varDir });
  const chroma = await startChroma({ ...tools, varDir });
  while (chroma.address() === undefined) await new Promise((done) => setTimeout(done, 20));
  const { documents, audit } = store;
  const { vectors } = createKnowledge({
    ...tools,
    documents,
    audit,
    chroma,
    embedder: createLocalEmbedder(),
    createCleaner: () => (text) => clean(text),
    metrics: unmeasured,
    version: '1',
    urlHosts: [],
  });
  const embedder = vectors.queryEmbedder;
  const finder = createFinder({
    ...tools,
    documents,
    vectors,
    embedder,
    cache: createMemoryCache({ clock }),
  });
  const knowledge = createKnowledgeSearch({ ...tools, documents, finder, metrics: unmeasured });
  return {
    documents,
    vectors,
    finder,
    knowledge,
    close: async () => {
      await chroma.close();
      await store.close();
    },
  };
}

async function build(varDir: string, chunks: number): Promise<void> {
  const { documents, vectors, close } = await openParts(varDir);
  const { pages } = await createGenerator();
  const start = performance.now();
  for (const page of pages(chunks)) await documents.put(page);
  const written = performance.now();
  await vectors.catchUp();
  const seconds = (ms: number) => `${(ms / 1000).toFixed(0)} s`;
  process.stdout.write(
    `${chunks} chunks written in ${seconds(written - start)}, their vectors in ${seconds(performance.now() - written)}.\n`,
  );
  await close();
}

function residentMegabytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}

function serverOf(varDir: string): number {
  return markSchema.parse(JSON.parse(readFileSync(join(varDir, 'chroma.pid'), 'utf8'))).server.pid;
}

const markSchema = z.object({ server: z.object({ pid: z.number() }) });

/** What Linux says that it has used so far, in hundredths of a second. */
function processorMs(pid: number): number {
  const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const [user = 0, system = 0] = rest.split(' ').slice(11, 13).map(Number);
  return (user + system) * 10;
}

function measuredRow(what: string, times: readonly number[], found: number, asked: number) {
  const at = [0.5, 0.95, 0.99].map((share) => milliseconds(percentile(times, share)));
  return [what, ...at, `${((found / asked) * 100).toFixed(1)} %`];
}

async function search(varDir: string, chunks: number): Promise<void> {
  const generator = await createGenerator();
  const questions = [
    ...generator.questions(chunks, GENERATED_QUESTIONS),
    ...seedQuestions().map(({ query }) => ({ query, gold: undefined })),
  ];
  const asked = GENERATED_QUESTIONS;
  const opened = performance.now();
  const { knowledge, close } = await openParts(varDir);
  const ready = performance.now();
  await knowledge.search(clean('warm the index'), { sight: 'everything', limit: 5 });
  const warm = performance.now();
  for (const { query } of questions.slice(-WARM_UP)) {
    await knowledge.search(clean(`${query} again`), { limit: 5, sight: 'everything' });
  }
  const times: number[] = [];
  const server = serverOf(varDir);
  const used = { ours: process.cpuUsage(), chroma: processorMs(server) };
  let found = 0;
  let degraded = 0;
  for (const { query, gold } of questions) {
    const text = clean(query);
    const start = performance.now();
    const answer = await knowledge.search(text, { sight: 'everything', limit: 5 });
    times.push(performance.now() - start);
    if (answer.degraded.length > 0) degraded++;
    if (gold !== undefined && answer.passages[0]?.source === gold) found++;
  }
  const rows = [['', 'p50', 'p95', 'p99', 'right page first']];
  rows.push(measuredRow('search', times, found, asked));
  const { user, system } = process.cpuUsage(used.ours);
  const perSearch = [(user + system) / 1_000, processorMs(server) - used.chroma].map((ms) =>
    milliseconds(ms / questions.length),
  );
  globalThis.gc?.();
  const { heapUsed, arrayBuffers, rss } = process.memoryUsage();
  const chromaMegabytes = residentMegabytes(server);
  await close();

  const plain = createPlainSearch(texts(generator.pages(chunks)));
  const plainTimes: number[] = [];
  let plainFound = 0;
  for (const { query, gold } of questions) {
    const start = performance.now();
    const [first] = plain(query, 5);
    plainTimes.push(performance.now() - start);
    if (first === gold) plainFound++;
  }
  rows.push(measuredRow('plain BM25, words alone', plainTimes, plainFound, asked));
  process.stdout.write(`\n${chunks} chunks, ${questions.length} questions\n`);
  printTable(rows);
  const mb = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
  process.stdout.write(
    `processor time a search: ${perSearch[0]} here, ${perSearch[1]} in Chroma (on a busy machine the only figure to compare)\n` +
      `opened in ${milliseconds(ready - opened)}, indexed in ${milliseconds(warm - ready)}; ` +
      `this process ${mb(rss)} (heap ${mb(heapUsed)}, buffers ${mb(arrayBuffers)}, the rest is mostly the store), ` +
      `Chroma ${chromaMegabytes.toFixed(0)} MB; degraded searches: ${degraded}\n`,
  );
}

function* texts(pages: ReturnType<Awaited<ReturnType<typeof createGenerator>>['pages']>) {
  for (const { document, chunks } of pages) {
    const text = [document.title, ...chunks.map((chunk) => chunk.text)].join('\n');
    yield { id: document.source, text };
  }
}

/** In a process of its own, so that its memory is its own. */
async function inOwnProcess(...args: string[]): Promise<void> {
  const child = spawn(process.execPath, ['--expose-gc', fileURLToPath(import.meta.url), ...args], {
    stdio: 'inherit',
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}.`);
}

async function measure(folder: string, sizes: readonly number[]): Promise<void> {
  for (const size of sizes) {
    const varDir = join(folder, `chunks-${size}`);
    const done = join(varDir, 'built');
    // Vectors of another embedder than this one would not be searched.
    const { id } = createLocalEmbedder();
    if (!existsSync(done) || readFileSync(done, 'utf8') !== id) {
      rmSync(varDir, { recursive: true, force: true });
      mkdirSync(varDir, { recursive: true });
      await inOwnProcess('build', varDir, String(size));
      writeFileSync(done, id);
    }
    await inOwnProcess('search', varDir, String(size));
  }
}

const [first = '', ...others] = process.argv.slice(2);
if (first === 'build') await build(others[0] ?? '', Number(others[1]));
else if (first === 'search') await search(others[0] ?? '', Number(others[1]));
else {
  const sizes = others.length > 0 ? others.map(Number) : SIZES;
  const temporary = first === '' ? temporaryFolder() : undefined;
  try {
    await measure(temporary?.path ?? resolve(first), sizes);
  } finally {
    temporary?.remove();
  }
}
