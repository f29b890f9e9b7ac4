import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '../../src/domain/errors.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { DocumentStore, KnownDocument } from '../../src/ports/document-store.ts';
import { crawl, isBelow, reasonOf, sourceOf } from './crawl.ts';
import { fetchPage, tooLarge } from './fetch-page.ts';
import { inParallel } from './in-parallel.ts';
import {
  type CreateCleaner,
  documentId,
  hashOf,
  readSource,
  type SourceBytes,
} from './read-source.ts';
import type { IngestReport } from './report.ts';
import { SPLIT_VERSION } from './split.ts';

export type RootDeps = {
  documents: DocumentStore;
  createCleaner: CreateCleaner;
  clock: Clock;
  /** Of the product: a newer one may see more secrets and split better, so it reads everything anew. */
  version: string;
  urlHosts: readonly string[];
};

/** One run over one or more roots of a collection. */
export type Run = {
  collection: string;
  /** What the collection holds, by id; kept up to date by the run. */
  known: Map<string, KnownDocument>;
  /** Keys of the roots that this run reads. */
  roots: Set<string>;
  report: IngestReport;
  /** Only looks what would change. */
  dry: boolean;
  signal?: AbortSignal;
  /** Hears of every document that was looked at. */
  looked?: () => void;
};

/** A document of text is far smaller, and a scanned PDF of this size has no text to find. */
const MOST_BYTES = 20_000_000;
/** Documents in memory at the same time. */
const AT_ONCE = 4;

/**
 * Brings a collection to what lies below a root: a folder, a file or an address. Which root a document came
 * from stands behind the `@` of its checksum, so that only what was read from here counts as removed here.
 */
export async function ingestRoot(deps: RootDeps, run: Run, root: string): Promise<void> {
  if (isAddress(root)) return ingestAddress(deps, run, root);
  const owner = ownerOf(root, run.known);
  const ownerKey = rootKey(owner);
  run.roots.add(ownerKey);
  const seen = new Set<string>();
  const blind: string[] = [];
  const inner = createInnerRoots(owner, run.known);

  await inParallel(AT_ONCE, crawl(root), async (found) => {
    run.signal?.throwIfAborted();
    const source = sourceOf(found.path, owner);
    const id = documentId(run.collection, source);
    inner.visit(found.path);
    seen.add(id);
    if ('reason' in found) {
      run.report.failed.push(found);
      if (found.isFolder) blind.push(source);
    } else {
      await ingestOne(deps, run, {
        id,
        source,
        path: found.path,
        rootKey: ownerKey,
        read: async () => {
          const { size } = await stat(found.path);
          if (size > MOST_BYTES) throw tooLarge(MOST_BYTES);
          return readFile(found.path);
        },
      });
    }
    run.looked?.();
  });

  const scope = root === owner ? '' : sourceOf(root, owner);
  const isGone = ({ id, source }: KnownDocument) =>
    !seen.has(id) &&
    (scope === '' || isUnder(source, scope)) &&
    !blind.some((folder) => isUnder(source, folder));
  await remove(deps, run, [
    ...documentsOf(run.known, ownerKey).filter(isGone),
    ...inner.found().flatMap((key) => documentsOf(run.known, key)),
  ]);
}

export function isAddress(root: string): boolean {
  return /^https?:\/\//i.test(root);
}

async function ingestAddress(deps: RootDeps, run: Run, root: string): Promise<void> {
  const { host, pathname, href } = new URL(root);
  const name = decodeURIComponent(`${host}${pathname}`);
  const source = /\.(md|markdown|txt)$/i.test(name) ? name : `${name.replace(/\/$/, '')}.md`;
  run.roots.add(rootKey(root));
  await ingestOne(deps, run, {
    id: documentId(run.collection, source),
    source,
    path: root,
    rootKey: rootKey(root),
    href,
    read: () =>
      fetchPage(root, {
        hosts: deps.urlHosts,
        mostBytes: MOST_BYTES,
        ...(run.signal === undefined ? {} : { signal: run.signal }),
      }),
  });
  run.looked?.();
}

type One = {
  id: string;
  source: string;
  path: string;
  rootKey: string;
  href?: string;
  read: () => Promise<Uint8Array>;
};

async function ingestOne(deps: RootDeps, run: Run, one: One): Promise<void> {
  const { report, known } = run;
  const before = known.get(one.id);
  const from = before && rootOf(before);
  if (from !== undefined && from !== one.rootKey && run.roots.has(from)) {
    // Of two paths that are read together neither has taken the place of the other.
    const reason = `the collection has a document "${one.source}" from another path: give one of them a --collection of its own`;
    report.failed.push({ path: one.path, reason });
    return;
  }
  let read: Awaited<ReturnType<typeof readSource>>;
  let text: string;
  try {
    const bytes = await one.read();
    text = hashOf(`${deps.version}/${SPLIT_VERSION}/${one.source}\0`, bytes);
    const checksum = `${text}@${one.rootKey}`;
    if (before?.checksum === checksum) {
      report.unchanged++;
      return;
    }
    const { collection } = run;
    const { source, href } = one;
    const given: SourceBytes = { collection, source, checksum, bytes };
    if (href !== undefined) given.href = href;
    read = await readSource(given, deps.createCleaner, deps.clock.now());
  } catch (error) {
    run.signal?.throwIfAborted();
    report.failed.push({ path: one.path, reason: whyNot(error) });
    return;
  }
  report.notes.push(...read.notes.map((note) => ({ path: one.path, note })));
  if (!run.dry) await deps.documents.put(read.stored);
  known.set(one.id, read.stored.document);
  if (before === undefined) report.added++;
  // Read from another place, but the same.
  else if (before.checksum.startsWith(`${text}@`)) report.unchanged++;
  else report.changed++;
}

function whyNot(error: unknown): string {
  if (error instanceof AppError) return error.message;
  return reasonOf(error);
}

async function remove(deps: RootDeps, run: Run, gone: readonly KnownDocument[]): Promise<void> {
  const ids = [...new Set(gone.map(({ id }) => id))];
  if (!run.dry) await deps.documents.remove(ids);
  for (const id of ids) run.known.delete(id);
  run.report.removed += ids.length;
}

export function rootKey(root: string): string {
  return hashOf(root).slice(0, 16);
}

/** The key of the root that the document was read from. */
export function rootOf({ checksum }: KnownDocument): string | undefined {
  return checksum.split('@')[1];
}

function documentsOf(known: ReadonlyMap<string, KnownDocument>, key: string): KnownDocument[] {
  return [...known.values()].filter((document) => rootOf(document) === key);
}

function keysOf(known: ReadonlyMap<string, KnownDocument>): Set<string | undefined> {
  return new Set([...known.values()].map(rootOf));
}

/** A path inside a folder that was read before belongs to that folder: its documents keep their names. */
function ownerOf(root: string, known: ReadonlyMap<string, KnownDocument>): string {
  const keys = keysOf(known);
  let owner = root;
  for (let folder = root; dirname(folder) !== folder; ) {
    folder = dirname(folder);
    if (keys.has(rootKey(folder))) owner = folder;
  }
  return owner;
}

/** Folders and files inside that were read by themselves before: now they are part of the larger one. */
function createInnerRoots(owner: string, known: ReadonlyMap<string, KnownDocument>) {
  const keys = keysOf(known);
  const visited = new Set<string>();
  const found = new Set<string>();
  return {
    visit(path: string): void {
      for (let at = path; at !== owner && isBelow(at, owner); at = dirname(at)) {
        if (visited.has(at)) return;
        // Files come once; only folders are worth remembering.
        if (at !== path) visited.add(at);
        const key = rootKey(at);
        if (keys.has(key)) found.add(key);
      }
    },
    found: () => [...found],
  };
}

function isUnder(source: string, folder: string): boolean {
  return source === folder || source.startsWith(folder === '' ? '' : `${folder}/`);
}
