import { resolve } from 'node:path';
import type { CollectionStatus, IngestReport } from '../../knowledge/index.ts';
import type { RetrievalLog } from '../ports/retrieval-log.ts';
import { type CommandLine, readArguments, WrongUse } from './command-line.ts';
import { waitForChroma, withKnowledge } from './knowledge-parts.ts';
import { runKnowledgeSearch } from './knowledge-search.ts';
import { createProgressBar } from './progress-bar.ts';
import { textTable } from './text-table.ts';

/** Where documents go that nobody gave another place. */
const DEFAULT_COLLECTION = 'default';
/** The packaged server is there within a second; longer only on a machine with other things to do. */
const CHROMA_FOR_INGEST_MS = 15_000;
const CHROMA_FOR_STATUS_MS = 5_000;
const DAY_MS = 24 * 3_600_000;
const DAYS_LOOKED_BACK = 7;
const MISSED_SHOWN = 10;
const QUESTION_WIDTH = 100;

/** Reads documents in, searches them, and says what there is. Not while the product runs on the same folder. */
export const runKnowledge: CommandLine = async ([verb, ...args]) => {
  switch (verb) {
    case 'ingest':
      return runIngest(args);
    case 'search':
      return runKnowledgeSearch(args);
    case 'status':
      return runStatus(args);
    default:
      throw new WrongUse('Say what to do with the knowledge: ingest, search or status.');
  }
};

const runIngest: CommandLine = async (args) => {
  const { values, positionals } = readArguments({
    args,
    allowPositionals: true,
    options: {
      reset: { type: 'boolean', default: false },
      collection: { type: 'string', default: DEFAULT_COLLECTION },
    },
  });
  const { reset, collection } = values as { reset: boolean; collection: string };
  if (positionals.length === 0) throw new WrongUse('Name the folders and files to read.');
  if (collection.trim() === '') throw new WrongUse('--collection needs a name.');
  const paths = positionals.map((path) => (/^https?:\/\//i.test(path) ? path : resolve(path)));
  return withKnowledge(async ({ knowledge, chroma }) => {
    const bar = createProgressBar(process.stderr);
    let report: IngestReport;
    try {
      report = await knowledge.ingest(
        { paths, collection, reset },
        {
          beforeVectors: () => waitForChroma(chroma, CHROMA_FOR_INGEST_MS),
          progress: bar.show,
        },
      );
    } finally {
      bar.end();
    }
    for (const { path, reason } of report.failed)
      process.stderr.write(`failed: ${path}: ${reason}\n`);
    for (const { path, note } of report.notes) process.stderr.write(`note: ${path}: ${note}\n`);
    if (report.behind !== undefined) {
      process.stderr.write(
        `note: ${report.behind} The text is in and found by its words; the next ingest or start makes the vectors.\n`,
      );
    }
    process.stdout.write(`${counts(report)}\n`);
    // The rest of a folder goes in; a path that was named and gave nothing is a failure.
    return report.failed.some(({ path }) => paths.includes(path)) ? 1 : 0;
  });
};

const runStatus: CommandLine = async (args) => {
  readArguments({ args, options: {} });
  return withKnowledge(async ({ knowledge, chroma, retrievals }) => {
    if (!(await waitForChroma(chroma, CHROMA_FOR_STATUS_MS))) {
      process.stderr.write('note: Chroma is away; its vectors are not counted.\n');
    }
    process.stdout.write(statusTable(await knowledge.status()));
    process.stdout.write(await askedLately(retrievals));
    return 0;
  });
};

/** How often the knowledge was asked, and what it does not know: the pages to be written. */
async function askedLately(retrievals: RetrievalLog): Promise<string> {
  const since = new Date(Date.now() - DAYS_LOOKED_BACK * DAY_MS);
  const { searches, misses, degraded } = await retrievals.since(since);
  if (searches === 0) return '';
  const without = degraded === 0 ? '' : `, ${degraded} went without a part that was away`;
  const counts = `\nIn ${DAYS_LOOKED_BACK} days: ${searches} searches, nothing fitted ${misses} of them${without}.\n`;
  const missed = await retrievals.mostMissed(since, MISSED_SHOWN);
  if (missed.length === 0) return counts;
  const rows = missed.map(({ question, times, last }) => [
    String(times),
    last.toISOString().slice(0, 10),
    inOneLine(question),
  ]);
  return `${counts}\n${textTable([['missed', 'last', 'question that no page answers'], ...rows])}`;
}

function inOneLine(question: string): string {
  const line = question.replace(/\s+/g, ' ').trim();
  return line.length <= QUESTION_WIDTH ? line : `${line.slice(0, QUESTION_WIDTH - 1)}…`;
}

function counts({ added, changed, unchanged, removed, failed }: IngestReport): string {
  return `added ${added}, changed ${changed}, unchanged ${unchanged}, removed ${removed}, failed ${failed.length}`;
}

function statusTable(statuses: readonly CollectionStatus[]): string {
  if (statuses.length === 0) return 'There are no documents yet.\n';
  const rows = [
    [
      ...['collection', 'documents', 'chunks', 'vectors', 'embedder'],
      ...['last ingest', 'source', 'drift of the source'],
    ],
  ];
  for (const { collection, documents, chunks, vectors, roots } of statuses) {
    const size = [collection, String(documents), String(chunks), ...vectorsInWords(vectors)];
    if (roots.length === 0) rows.push([...size, '-', '-', '-']);
    for (const [i, { root, lastIngest, drift }] of roots.entries()) {
      const start = i === 0 ? size : size.map(() => '');
      rows.push([...start, lastIngest.toISOString(), root, driftInWords(drift)]);
    }
  }
  return textTable(rows);
}

/** While an embedder takes over, there are vectors of two. */
function vectorsInWords(vectors: CollectionStatus['vectors']): [string, string] {
  if (vectors === undefined) return ['?', '?'];
  if (vectors.length === 0) return ['0', '-'];
  return [
    vectors.map((one) => one.vectors).join(', '),
    vectors.map(({ embedder, current }) => embedder + (current ? '' : ' (behind)')).join(', '),
  ];
}

function driftInWords(drift: CollectionStatus['roots'][number]['drift']): string {
  if (drift === undefined) return 'not looked at';
  const { added, changed, removed, failed } = drift;
  const parts = Object.entries({ added, changed, removed, unreadable: failed.length })
    .filter(([, count]) => count > 0)
    .map(([what, count]) => `${count} ${what}`);
  return parts.length === 0 ? 'none' : parts.join(', ');
}
