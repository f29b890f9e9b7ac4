import type { CleanText } from '../../src/domain/clean-text.ts';
import { AppError } from '../../src/domain/errors.ts';
import type { Cache } from '../../src/ports/cache.ts';
import type { DocumentStore, KnownDocument } from '../../src/ports/document-store.ts';
import type { Embedder } from '../../src/ports/embedder.ts';
import type { Logger } from '../../src/ports/logger.ts';
import type { VectorFilter, VectorHit, VectorIndex } from '../collection/vector-index.ts';
import { type Corpus, createCorpus } from './corpus.ts';
import type { LexicalIndex } from './lexical-index.ts';
import { queryVector } from './query-vector.ts';
import type { Evidence } from './search-hold.ts';

export type FinderOptions = {
  documents: DocumentStore;
  embedder: Embedder;
  vectors: VectorIndex;
  cache: Cache;
  logger: Logger;
};

/** A document that may fit, with everything that speaks for it. */
export type Candidate = {
  document: KnownDocument;
  evidence: Evidence & {
    /** Its place among the documents nearest by vector, from 0; undefined when it is not among them. */
    place: number | undefined;
  };
  /** All of them; `similarity` is the cosine of those that are among the nearest by vector. */
  chunks: { id: string; lexical: number; similarity: number | undefined }[];
};

export type FinderFilter = VectorFilter;

export type Found = {
  /** In no order yet. */
  candidates: Candidate[];
  /** The share of the question's information that stands anywhere in the knowledge base. */
  known: number;
  /** The least similarity of what the vectors gave: all else is further away. */
  leastSimilarity: number;
  /** Whose vectors were searched. */
  embedder: string;
  degraded: string[];
};

/** Finds documents by words and by vectors, and goes on with what there is when a part is away. */
export type Finder = {
  find(query: CleanText, options: { filter: FinderFilter; signal?: AbortSignal }): Promise<Found>;
};

/** Enough to hold the right document on every evaluation, and few enough to weigh in a millisecond. */
const DOCUMENTS_BY_WORDS = 50;
const CHUNKS_BY_VECTOR = 60;
/** A search is worth no more waiting than this; the rest of Chroma's own limits are longer. */
const PATIENCE_MS = 1_500;

export function createFinder(options: FinderOptions): Finder {
  const { documents, embedder, vectors, cache, logger } = options;
  const corpus = createCorpus(documents);

  async function byVector(
    query: CleanText,
    filter: FinderFilter,
    signal: AbortSignal | undefined,
    degraded: string[],
  ): Promise<VectorHit[]> {
    const search = async () => {
      const vector = await queryVector(query, { embedder, cache, ...(signal ? { signal } : {}) });
      return vectors.query(vector, CHUNKS_BY_VECTOR, filter);
    };
    try {
      return await patiently(search());
    } catch (error) {
      signal?.throwIfAborted();
      logger.debug('searched without vectors', { part: 'knowledge' }, error);
      degraded.push(
        error instanceof AppError
          ? error.message
          : 'The vectors of the knowledge cannot be searched; words alone were used.',
      );
      return [];
    }
  }

  return {
    async find(query, { filter, signal }) {
      signal?.throwIfAborted();
      const degraded: string[] = [];
      const [index, near] = await Promise.all([
        current(corpus, degraded),
        byVector(query, filter, signal, degraded),
      ]);
      signal?.throwIfAborted();
      return { ...combine(index, query, filter, near), embedder: embedder.id, degraded };
    },
  };
}

async function current(corpus: Corpus, degraded: string[]): Promise<LexicalIndex> {
  try {
    return await corpus.fresh();
  } catch (error) {
    const last = corpus.last();
    if (!last) throw error;
    degraded.push('The store cannot be asked; the newest documents may be missing.');
    return last;
  }
}

function combine(
  index: LexicalIndex,
  query: string,
  filter: FinderFilter,
  near: readonly VectorHit[],
): Omit<Found, 'embedder' | 'degraded'> {
  const places = new Map<string, number>();
  const similarities = new Map<string, number>();
  for (const { id, similarity } of near) {
    const document = index.documentOf(id);
    if (!document) continue;
    similarities.set(id, similarity);
    if (!places.has(document.id)) places.set(document.id, places.size);
  }
  const found = index.search(query, {
    limit: DOCUMENTS_BY_WORDS,
    ...(isEmpty(filter) ? {} : { accepts: accepting(filter) }),
    also: new Set(places.keys()),
  });
  return {
    known: found.known,
    leastSimilarity: near.at(-1)?.similarity ?? 0,
    candidates: found.hits.map(({ document, evidence, chunks }) => ({
      document,
      evidence: { ...evidence, place: places.get(document.id) },
      chunks: chunks.map(({ id, score }) => ({
        id,
        lexical: score,
        similarity: similarities.get(id),
      })),
    })),
  };
}

const isEmpty = (filter: FinderFilter) =>
  Object.values(filter).every((value) => value === undefined || value.length === 0);

function accepting(filter: FinderFilter): (document: KnownDocument) => boolean {
  const { collection, kind, service, tags = [], exceptDocument } = filter;
  return (document) =>
    (collection === undefined || document.collection === collection) &&
    (kind === undefined || document.kind === kind) &&
    (service === undefined || document.service === service) &&
    document.id !== exceptDocument &&
    tags.every((tag) => document.tags.includes(tag));
}

async function patiently<Value>(search: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      const sentence = 'The vectors of the knowledge took too long; words alone were used.';
      reject(new AppError('timeout', sentence));
    }, PATIENCE_MS);
  });
  try {
    return await Promise.race([search, late]);
  } finally {
    clearTimeout(timer);
  }
}
