/**
 * How long a search takes and how much memory the words need, with 10,000 and 100,000 chunks of generated
 * text. Vectors are Chroma's own matter and answer nothing here, which is the slower way for the rest: the
 * likeness of every passage shown must then be computed.
 */

import { createLocalEmbedder } from '../../knowledge/embedding/index.ts';
import { createFinder, createKnowledgeSearch } from '../../knowledge/search/index.ts';
import { createLexicalIndex } from '../../knowledge/search/lexical-index.ts';
import type { StoredDocument } from '../../src/ports/document-store.ts';
import type { Metrics } from '../../src/ports/metrics.ts';
import { clean } from '../../src/safety/index.ts';
import { documentsOf, pagesIn, SEEDS, seedQuestions, silent } from './knowledge-corpus.ts';
import { milliseconds, percentile, printTable } from './statistics.ts';

const SIZES = [10_000, 100_000];
const CHUNKS_A_DOCUMENT = 3;
const WORDS_A_CHUNK = 350;
/** Names, hosts and codes that stand in a few documents only, in every so many words. */
const OWN_WORD_EVERY = 40;

function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function* generated(chunks: number, words: readonly string[]): Iterable<StoredDocument> {
  const random = createRandom(11);
  const pick = () => {
    if (random() < 1 / OWN_WORD_EVERY)
      return `svc${Math.floor(random() * chunks * 2).toString(36)}`;
    // Some words are said far more often than others, as in real texts.
    return words[Math.floor(random() ** 2 * words.length)] ?? '';
  };
  for (let made = 0, n = 0; made < chunks; n++) {
    const id = `doc-${n}`;
    const count = Math.min(CHUNKS_A_DOCUMENT, chunks - made);
    made += count;
    yield {
      document: {
        id,
        collection: 'bench',
        source: `team-${n % 97}/page-${n}.md`,
        kind: 'page',
        title: `${pick()} ${pick()} ${pick()}`,
        checksum: id,
        tags: [],
        ingestedAt: new Date(0),
      },
      chunks: Array.from({ length: count }, (_, position) => ({
        id: `${id}-${position}`,
        documentId: id,
        position,
        section: ['Diagnosis'],
        text: Array.from({ length: WORDS_A_CHUNK }, pick).join(' '),
        line: 1,
        checksum: `${id}-${position}`,
      })),
    };
  }
}

function megabytes(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1e6;
}

const unmeasured: Metrics = {
  count: () => undefined,
  gauge: () => undefined,
  observe: () => undefined,
};

const seeds = await pagesIn(SEEDS);
const words = [
  ...new Set(seeds.flatMap(({ chunks }) => chunks.flatMap(({ text }) => text.split(/\s+/)))),
];
const queries = seedQuestions().map(({ query }) => clean(query));
const rows = [
  ['chunks', 'indexed in', 'memory', 'lists', 'words p50', 'words p95', 'search p50', 'search p95'],
];
/** Lets go of the index before the next one is made. */
function measureWords(size: number) {
  const before = megabytes();
  const index = createLexicalIndex();
  const start = performance.now();
  for (const stored of generated(size, words)) index.put(stored);
  const built = performance.now() - start;
  index.search(queries[0] ?? '', { limit: 10 });
  const used = megabytes() - before;
  const times = queries.map((query) => {
    const asked = performance.now();
    index.search(query, { limit: 50 });
    return performance.now() - asked;
  });
  return { built, used, lists: index.bytes, times };
}

for (const size of SIZES) {
  const { built, used, lists, times: byWords } = measureWords(size);
  const kept = new Map([...generated(size, words)].map((one) => [one.document.id, one]));
  const documents = documentsOf(kept);
  const knowledge = createKnowledgeSearch({
    documents,
    finder: createFinder({
      documents,
      embedder: createLocalEmbedder(),
      vectors: { query: async () => [] },
      cache: {
        get: async () => undefined,
        set: async () => undefined,
        delete: async () => undefined,
      },
      logger: silent,
    }),
    clock: { now: () => new Date() },
    metrics: unmeasured,
    logger: silent,
  });
  await knowledge.search(queries[0] ?? clean('warm'), { limit: 5 });
  const whole: number[] = [];
  for (const query of queries) {
    const start = performance.now();
    await knowledge.search(query, { limit: 5 });
    whole.push(performance.now() - start);
  }
  rows.push([
    String(size),
    `${(built / 1000).toFixed(1)} s`,
    `${used.toFixed(0)} MB`,
    `${(lists / 1e6).toFixed(0)} MB`,
    ...[byWords, whole]
      .flatMap((times) => [percentile(times, 0.5), percentile(times, 0.95)])
      .map(milliseconds),
  ]);
}
printTable(rows);
