import { passageText } from '../../../knowledge/collection/passage-text.ts';
import type { VectorIndex } from '../../../knowledge/collection/vector-index.ts';
import { createLocalEmbedder, localVector } from '../../../knowledge/embedding/index.ts';
import { createFinder, createKnowledgeSearch } from '../../../knowledge/search/index.ts';
import { AppError } from '../../../src/domain/errors.ts';
import type { DocumentStore, StoredDocument } from '../../../src/ports/document-store.ts';
import type { Embedder } from '../../../src/ports/embedder.ts';
import type { LogFields, Logger } from '../../../src/ports/logger.ts';
import type { Metrics } from '../../../src/ports/metrics.ts';

export const clock = { now: () => new Date('2026-05-04T03:00:00Z') };

type Given = Partial<StoredDocument['document']> & { text: string | string[]; headings?: string[] };

/** A stored page; its id is its source. */
export function page(source: string, { text, headings = [], ...document }: Given): StoredDocument {
  const texts = typeof text === 'string' ? [text] : text;
  return {
    document: {
      id: source,
      collection: 'pages',
      source,
      kind: 'page',
      title: source,
      checksum: source,
      tags: [],
      ingestedAt: new Date(0),
      ...document,
    },
    chunks: texts.map((words, position) => ({
      id: `${source}#${position}`,
      documentId: source,
      position,
      section: headings,
      text: words,
      line: 1 + position * 10,
      checksum: words,
    })),
  };
}

/** The store's promises about changes, in memory. */
export function storeOf(given: readonly StoredDocument[] = []) {
  const kept = new Map<string, { stored: StoredDocument; change: number }>();
  const removed = new Map<string, number>();
  let last = 0;
  let forgotten = 0;
  let away = false;
  const here = () => {
    if (away) throw new AppError('unavailable', 'The store is away.');
  };
  const store: DocumentStore = {
    async put(stored) {
      here();
      kept.set(stored.document.id, { stored, change: ++last });
      removed.delete(stored.document.id);
    },
    async remove(ids) {
      here();
      for (const id of ids) if (kept.delete(id)) removed.set(id, ++last);
    },
    counts: async () => [],
    list: async () => [...kept.values()].map(({ stored }) => stored.document),
    chunks: async () => [...kept.values()].flatMap(({ stored }) => stored.chunks),
    async chunksById(ids) {
      here();
      const all = [...kept.values()].flatMap(({ stored }) => stored.chunks);
      return all.filter(({ id }) => ids.includes(id));
    },
    async change() {
      here();
      return last;
    },
    async changedSince(change) {
      here();
      const reset = change < forgotten;
      const put = [...kept].filter(([, one]) => reset || one.change > change).map(([id]) => id);
      const gone = [...removed].filter(([, at]) => !reset && at > change).map(([id]) => id);
      return { change: last, put, removed: gone, reset };
    },
    async load(ids) {
      here();
      return ids.flatMap((id) => kept.get(id)?.stored ?? []);
    },
  };
  for (const stored of given) kept.set(stored.document.id, { stored, change: ++last });
  return {
    ...store,
    goAway: () => {
      away = true;
    },
    comeBack: () => {
      away = false;
    },
    /** Removals until now are no longer known. */
    forgetRemovals: () => {
      removed.clear();
      forgotten = last;
    },
  };
}

export type TestStore = ReturnType<typeof storeOf>;

/** Exact nearest neighbours of what is in the store now. */
function vectorsOf(store: TestStore): VectorIndex {
  return {
    async query(vector, limit, { collection, exceptDocument } = {}) {
      const documents = await store.list();
      const rows = [];
      for (const document of documents) {
        if (collection !== undefined && document.collection !== collection) continue;
        if (document.id === exceptDocument) continue;
        const [stored] = await store.load([document.id]);
        for (const chunk of stored?.chunks ?? []) {
          const other = localVector(passageText(document.title, chunk), 'passage');
          const similarity = other.reduce((sum, value, i) => sum + value * (vector[i] ?? 0), 0);
          rows.push({ id: chunk.id, similarity });
        }
      }
      return rows.sort((a, b) => b.similarity - a.similarity).slice(0, limit);
    },
  };
}

export function knowledgeOn(
  store: TestStore,
  {
    vectors = vectorsOf(store),
    embedder = createLocalEmbedder(),
  }: { vectors?: VectorIndex; embedder?: Embedder } = {},
) {
  const lines: { message: string; fields: LogFields | undefined }[] = [];
  const log = (message: string, fields?: LogFields) => {
    lines.push({ message, fields });
  };
  const logger: Logger = { debug: log, info: log, warn: log, error: log };
  const counted: string[] = [];
  const metrics: Metrics = {
    count: (name, labels) => {
      counted.push(`${name} ${Object.values(labels).join(' ')}`);
    },
    gauge: () => undefined,
    observe: (name) => {
      counted.push(name);
    },
  };
  const cached = new Map<string, unknown>();
  const cache = {
    get: async (key: string) => cached.get(key),
    set: async (key: string, value: unknown) => {
      cached.set(key, value);
    },
    delete: async (key: string) => {
      cached.delete(key);
    },
  };
  const finder = createFinder({ documents: store, embedder, vectors, cache, logger });
  const search = createKnowledgeSearch({ finder, documents: store, clock, metrics, logger });
  return { finder, search, lines, counted, cached, logger };
}
