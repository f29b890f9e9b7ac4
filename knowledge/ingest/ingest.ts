import { stat } from 'node:fs/promises';
import { AppError } from '../../src/domain/errors.ts';
import type { AuditStore } from '../../src/ports/audit-store.ts';
import type { Vectors } from '../collection/vectors.ts';
import { crawl, reasonOf } from './crawl.ts';
import { noteIngest } from './history.ts';
import { ingestRoot, isAddress, type RootDeps, type Run } from './ingest-root.ts';
import { emptyReport, type IngestReport } from './report.ts';

export type IngestRequest = {
  /** Absolute paths of folders and files, and addresses. */
  paths: readonly string[];
  collection: string;
  /** Forgets what the collection held before. */
  reset?: boolean;
};

export type Progress = { phase: 'reading' | 'embedding'; done: number; total: number };

export type IngestOptions = {
  progress?: (progress: Progress) => void;
  /** Awaited before the vectors are touched: Chroma may get ready while the texts are read. */
  beforeVectors?: () => Promise<unknown>;
  signal?: AbortSignal;
};

type IngestDeps = RootDeps & { vectors: Vectors; audit: AuditStore };

/**
 * Reads documents into a collection. Text first, each document in one transaction; vectors follow, and what is
 * missing of them is made good by whoever catches up next. So it may be killed at any moment and run again.
 */
export async function ingest(
  deps: IngestDeps,
  { paths, collection, reset = false }: IngestRequest,
  { progress, beforeVectors, signal }: IngestOptions = {},
): Promise<IngestReport> {
  const { documents, vectors } = deps;
  const report = emptyReport();
  const known = await knownPages(deps, collection);
  const before = new Set(known.keys());
  if (reset) {
    await documents.remove([...known.keys()]);
    known.clear();
    // Without Chroma they stay, and are compared with the new text when it is back.
    await beforeVectors?.();
    await orBehind(() => vectors.drop(collection));
  }

  const present: string[] = [];
  for (const path of paths) {
    const missing = isAddress(path) ? undefined : await whyMissing(path);
    if (missing === undefined) present.push(path);
    else report.failed.push({ path, reason: missing });
  }
  const total = progress ? await countFiles(present) : 0;
  let done = 0;
  const run: Run = {
    collection,
    known,
    roots: new Set(),
    report,
    dry: false,
    looked: () => progress?.({ phase: 'reading', done: ++done, total }),
    ...(signal === undefined ? {} : { signal }),
  };
  for (const path of present) {
    await ingestRoot(deps, run, path);
    await noteIngest(deps, collection, path);
  }
  if (reset) report.removed = [...before].filter((id) => !known.has(id)).length;

  await beforeVectors?.();
  const behind = await orBehind(async () => {
    const chunks = progress ? await countChunks(deps, collection) : 0;
    const { embedded } = await vectors.catchUp({
      ...(signal === undefined ? {} : { signal }),
      progress: (made) => progress?.({ phase: 'embedding', done: made, total: chunks }),
    });
    report.embedded = embedded;
  });
  if (behind !== undefined) report.behind = behind;
  return report;
}

/** What an ingest of this path would change; nothing is written. */
export async function lookForChanges(
  deps: RootDeps,
  { path, collection }: { path: string; collection: string },
): Promise<IngestReport> {
  const report = emptyReport();
  const missing = await whyMissing(path);
  if (missing !== undefined) {
    report.failed.push({ path, reason: missing });
    return report;
  }
  const known = await knownPages(deps, collection);
  await ingestRoot(deps, { collection, known, roots: new Set(), report, dry: true }, path);
  return report;
}

/** Past incidents may share the collection, and no file says that they are gone. */
async function knownPages({ documents }: RootDeps, collection: string): Promise<Run['known']> {
  const listed = await documents.list(collection);
  return new Map(listed.filter(({ kind }) => kind === 'page').map((it) => [it.id, it]));
}

/** Text is found by its words while the vectors are away, so their failure is told, not thrown. */
async function orBehind(work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}

async function whyMissing(path: string): Promise<string | undefined> {
  try {
    await stat(path);
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

async function countFiles(paths: readonly string[]): Promise<number> {
  let count = 0;
  for (const path of paths) {
    if (isAddress(path)) count++;
    else for await (const _ of crawl(path)) count++;
  }
  return count;
}

async function countChunks({ documents }: RootDeps, collection: string): Promise<number> {
  const counts = await documents.counts();
  return counts.find((count) => count.collection === collection)?.chunks ?? 0;
}
