import { isInSight, type Sight } from '../../src/domain/circle.ts';
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
  cache: Pick<Cache, 'get' | 'set'>;
  logger: Logger;
  /**
   * How long a search waits for the words to be read in, which takes a minute for 100,000 chunks after a start;
   * then it goes on with what was read so far. Without it, until all is read.
   */
  readingPatienceMs?: number;
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

/** Few past incidents are out of sight, so that is not asked of the vectors. */
export type FinderFilter = VectorFilter & { sight: Sight };

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
const TOO_LATE = 'The vectors of the knowledge took too long; words alone were used.';
const STILL_READING = 'The knowledge is still being read in; what is not read yet cannot be found.';

export function createFinder(options: FinderOptions): Finder {
  const { documents, embedder, vectors, cache, logger, readingPatienceMs } = options;
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
      return await patiently(search(), PATIENCE_MS, TOO_LATE);
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
        current(corpus, degraded, readingPatienceMs),
        byVector(query, filter, signal, degraded),
      ]);
      signal?.throwIfAborted();
      return { ...combine(index, query, filter, near), embedder: embedder.id, degraded };
    },
  };
}

async function current(
  corpus: Corpus,
  degraded: string[],
  patienceMs: number | undefined,
): Promise<LexicalIndex> {
  try {
    const fresh = corpus.fresh();
    if (patienceMs === undefined) return await fresh;
    return await patiently(fresh, patienceMs, STILL_READING);
  } catch (error) {
    if (error instanceof AppError && error.message === STILL_READING) {
      degraded.push(STILL_READING);
      return corpus.soFar();
    }
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

const isEmpty = ({ sight, ...filter }: FinderFilter) =>
  sight === 'everything' &&
  Object.values(filter).every((value) => value === undefined || value.length === 0);

function accepting(filter: FinderFilter): (document: KnownDocument) => boolean {
  const { collection, kind, service, tags = [], exceptDocument, sight } = filter;
  return (document) =>
    (collection === undefined || document.collection === collection) &&
    (kind === undefined || document.kind === kind) &&
    (service === undefined || document.service === service) &&
    document.id !== exceptDocument &&
    isInSight(sight, document.incident?.circle) &&
    tags.every((tag) => document.tags.includes(tag));
}

async function patiently<Value>(
  work: Promise<Value>,
  patienceMs: number,
  otherwise: string,
): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new AppError('timeout', otherwise)), patienceMs);
  });
  // It may fail when nobody waits for it any more.
  work.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
