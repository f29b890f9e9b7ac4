import { createHash } from 'node:crypto';
import type { CleanText } from '../../src/domain/clean-text.ts';
import type { DocumentStore, KnownChunk } from '../../src/ports/document-store.ts';
import type { Embedder } from '../../src/ports/embedder.ts';
import type { Embedded, VectorSet, VectorSets } from './vector-sets.ts';
import { createVectorWriter } from './vector-writer.ts';

export type CatchUpOptions = {
  /** Compares every chunk instead of following the changes, which also mends what others spoilt. */
  thorough?: boolean;
  /** Hears of every batch how many chunks were embedded so far. */
  progress?: (embedded: number) => void;
  signal?: AbortSignal;
};

/** What had to be done. */
export type CaughtUp = { embedded: number; erased: number };

type Deps = {
  documents: DocumentStore;
  sets: VectorSets;
  embedder: Embedder;
  clean: (text: string) => CleanText;
};

const CHUNKS_READ = 500;
const DOCUMENTS_READ = 50;

/**
 * Brings the vectors in Chroma to what the documents say: makes what it lacks, deletes what it has too much.
 * How far a set got is written into the set itself and last, so whatever is killed in between is done again,
 * and a set that was lost or restored from a backup is made good. Equal checksums are never embedded again.
 */
export async function catchUp(deps: Deps, options: CatchUpOptions): Promise<CaughtUp> {
  const { documents, sets, embedder } = deps;
  const upTo = await documents.change();
  const collections = (await documents.counts()).map(({ collection }) => collection);
  const found = await sets.list();
  const ours = found.filter((set) => set.embedder === embedder.id);
  const pass = createPass(deps, options);

  const whole: VectorSet[] = [];
  let parts: { set: VectorSet; since: number }[] = [];
  for (const collection of collections) {
    const set =
      ours.find((one) => one.collection === collection) ??
      (await sets.open(setName(collection, embedder.id), collection, embedder.id));
    // A later change than the last one is of another database.
    const follow = set.change !== undefined && set.change <= upTo && !options.thorough;
    if (follow) parts.push({ set, since: set.change ?? 0 });
    else whole.push(set);
  }

  const since = Math.min(upTo, ...parts.map((part) => part.since));
  if (since < upTo) {
    const changed = await documents.changedSince(since);
    // The store forgets after a while what was removed.
    if (changed.reset) {
      whole.push(...parts.map(({ set }) => set));
      parts = [];
    } else {
      await pass.follow(
        parts.map(({ set }) => set),
        changed,
      );
    }
  }
  for (const set of whole) await pass.compare(set);

  const advanced = [...whole, ...parts.filter((part) => part.since < upTo).map(({ set }) => set)];
  for (const set of advanced) await sets.mark(set, upTo);
  for (const set of found) {
    const current = set.embedder === embedder.id && collections.includes(set.collection);
    if (!current) await sets.drop(set);
  }
  return pass.done;
}

/** Readable, and within what Chroma takes for a name. */
function setName(collection: string, embedder: string): string {
  const readable = collection.replace(/[^a-zA-Z0-9]+/g, '-').slice(0, 40);
  const hash = createHash('sha256').update(`${collection}\0${embedder}`).digest('hex');
  return `sitrep.${readable}.${hash.slice(0, 16)}`;
}

function createPass(deps: Deps, options: CatchUpOptions) {
  const { documents, sets } = deps;
  const done: CaughtUp = { embedded: 0, erased: 0 };

  const writerFor = (set: VectorSet) =>
    createVectorWriter({
      ...deps,
      write: (records) => sets.write(set, records),
      embedded(count) {
        done.embedded += count;
        options.progress?.(done.embedded);
      },
      signal: options.signal,
    });

  async function erase(set: VectorSet, leftOver: Embedded): Promise<void> {
    if (leftOver.size === 0) return;
    await sets.erase(set, [...leftOver.keys()]);
    done.erased += leftOver.size;
  }

  /** Everything that the store has against everything that the set has. */
  async function compare(set: VectorSet): Promise<void> {
    const { collection } = set;
    const embedded = await sets.allEmbedded(set);
    const byId = new Map((await documents.list(collection)).map((it) => [it.id, it]));
    const writer = writerFor(set);
    for (let after: string | undefined; ; ) {
      const chunks = await documents.chunks({
        collection,
        limit: CHUNKS_READ,
        ...(after === undefined ? {} : { after }),
      });
      for (const chunk of chunks) {
        const document = byId.get(chunk.documentId);
        // Written since the list was read: the next pass takes it.
        if (!document) continue;
        if (!matches(embedded, chunk)) await writer.add(document, chunk);
        embedded.delete(chunk.id);
      }
      after = chunks.at(-1)?.id;
      if (chunks.length < CHUNKS_READ) break;
    }
    await writer.end();
    await erase(set, embedded);
  }

  /** Only the documents that changed. */
  async function follow(
    parts: readonly VectorSet[],
    changed: { put: string[]; removed: string[] },
  ): Promise<void> {
    for (const ids of groups(changed.removed)) {
      for (const set of parts) await erase(set, await sets.embeddedOf(set, ids));
    }
    const works = parts.map((set) => ({
      set,
      writer: writerFor(set),
      leftOver: new Map<string, string>(),
    }));
    for (const ids of groups(changed.put)) {
      const stored = await documents.load(ids);
      for (const { set, writer, leftOver } of works) {
        const here = stored.filter(({ document }) => document.collection === set.collection);
        if (here.length === 0) continue;
        const embedded = await sets.embeddedOf(
          set,
          here.map(({ document }) => document.id),
        );
        for (const { document, chunks } of here) {
          for (const chunk of chunks) {
            if (!matches(embedded, chunk)) await writer.add(document, chunk);
            embedded.delete(chunk.id);
          }
        }
        for (const [id, checksum] of embedded) leftOver.set(id, checksum);
      }
    }
    for (const { set, writer, leftOver } of works) {
      await writer.end();
      await erase(set, leftOver);
    }
  }

  return { done, compare, follow };
}

function matches(embedded: Embedded, chunk: KnownChunk): boolean {
  return embedded.get(chunk.id) === chunk.checksum;
}

function groups(ids: readonly string[]): string[][] {
  const found: string[][] = [];
  for (let at = 0; at < ids.length; at += DOCUMENTS_READ) {
    found.push(ids.slice(at, at + DOCUMENTS_READ));
  }
  return found;
}
