import type { CleanText } from '../../src/domain/clean-text.ts';
import { AppError } from '../../src/domain/errors.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { DocumentStore } from '../../src/ports/document-store.ts';
import type { Embedder } from '../../src/ports/embedder.ts';
import { type CatchUpOptions, type CaughtUp, catchUp } from './catch-up.ts';
import type { VectorIndex } from './vector-index.ts';
import { createVectorSets, isGone, type VectorSet } from './vector-sets.ts';

export type VectorsOptions = {
  documents: DocumentStore;
  /** Where Chroma answers; undefined while it is away. */
  address: () => string | undefined;
  embedder: Embedder;
  /** Embedders that made vectors before and can still be asked: until theirs are replaced, searches use them. */
  formerEmbedders?: readonly Embedder[];
  clean: (text: string) => CleanText;
  clock: Clock;
};

export type Vectors = VectorIndex & {
  /** Embeds questions with whatever made the vectors that are searched. */
  readonly queryEmbedder: Embedder;
  catchUp(options?: CatchUpOptions): Promise<CaughtUp>;
  /** Forgets the vectors of a collection. */
  drop(collection: string): Promise<void>;
  /** What Chroma has of each collection, by every embedder. */
  sizes(): Promise<VectorSize[]>;
  /** What is not searched by vector yet, in words for people; undefined when nothing. Needs Chroma. */
  behind(): Promise<string | undefined>;
};

/** The vectors of one collection by one embedder. */
export type VectorSize = {
  collection: string;
  embedder: string;
  vectors: number;
  /** Every change of the documents is in them. */
  current: boolean;
};

/** Other processes make and drop sets, too; one that was dropped is noticed at once. */
const LOOK_AGAIN_MS = 2_000;
/** Between a change and its vectors lies a moment that is nothing to complain about. */
const LENIENT_MS = 30_000;

export function createVectors(options: VectorsOptions): Vectors {
  const { documents, address, embedder, formerEmbedders = [], clock } = options;
  const sets = createVectorSets(address);
  let active = embedder;
  let looked: { at: number; sets: Promise<VectorSet[]> } | undefined;
  let working: Promise<unknown> = Promise.resolve();
  let behindSince: number | undefined;

  /** The sets as they were a moment ago. */
  function known(): Promise<VectorSet[]> {
    const now = clock.now().getTime();
    if (looked === undefined || now - looked.at > LOOK_AGAIN_MS) {
      const listed = look();
      looked = { at: now, sets: listed };
      listed.catch(() => {
        looked = undefined;
      });
    }
    return looked.sets;
  }

  async function look(): Promise<VectorSet[]> {
    const found = await sets.list();
    const complete = found.some(
      ({ embedder: by, change }) => by === embedder.id && change !== undefined,
    );
    const former = formerEmbedders.find(
      ({ id }) => id !== embedder.id && found.some((set) => set.embedder === id),
    );
    const unfinished = found.some(
      ({ embedder: by, change }) => by === embedder.id && change === undefined,
    );
    // The old ones are dropped in the moment in which the new ones are complete.
    active = former !== undefined && (unfinished || !complete) ? former : embedder;
    return found;
  }

  async function searchable(collection: string | undefined): Promise<VectorSet[]> {
    const found = (await known()).filter((set) => set.embedder === active.id);
    const chosen = found.filter((set) => collection === undefined || set.collection === collection);
    if (chosen.length === 0 && (await isKnown(collection))) {
      throw new AppError('unavailable', 'The vectors of the knowledge are still being made.');
    }
    return chosen;
  }

  async function isKnown(collection: string | undefined): Promise<boolean> {
    const counts = await documents.counts();
    return counts.some((it) => collection === undefined || it.collection === collection);
  }

  const query: VectorIndex['query'] = async (vector, limit, where = {}) => {
    for (let attempt = 1; ; attempt++) {
      try {
        const chosen = await searchable(where.collection);
        // A remote embedder knows its dimensions once it was asked.
        const { dimensions } = active;
        if (chosen.length > 0 && dimensions > 0 && vector.length !== dimensions) {
          throw new AppError('unavailable', 'The embedder of the knowledge has just changed.');
        }
        const hits = await Promise.all(chosen.map((set) => sets.query(set, vector, limit, where)));
        return hits
          .flat()
          .sort((a, b) => b.similarity - a.similarity)
          .slice(0, limit);
      } catch (error) {
        looked = undefined;
        if (!isGone(error)) throw error;
        if (attempt > 1) {
          const sentence = 'The vectors of the knowledge are being replaced.';
          throw new AppError('unavailable', sentence, { cause: error });
        }
      }
    }
  };

  return {
    query,

    queryEmbedder: {
      get id() {
        return active.id;
      },
      get dimensions() {
        return active.dimensions;
      },
      async embed(texts, purpose, signal) {
        // Says which one is active; without Chroma any will do, as there is nothing to search.
        await known().catch(() => undefined);
        return active.embed(texts, purpose, signal);
      },
    },

    /** One after the other: a second one finds little left to do. */
    catchUp(wanted = {}) {
      const work = working.then(async () => {
        try {
          return await catchUp({ ...options, sets }, wanted);
        } finally {
          looked = undefined;
        }
      });
      working = work.catch(() => undefined);
      return work;
    },

    drop(collection) {
      const work = working.then(async () => {
        for (const set of await sets.list()) {
          if (set.collection === collection) await sets.drop(set);
        }
        looked = undefined;
      });
      working = work.catch(() => undefined);
      return work;
    },

    async sizes() {
      const [last, found] = await Promise.all([documents.change(), sets.list()]);
      return Promise.all(
        found.map(async (set) => ({
          collection: set.collection,
          embedder: set.embedder,
          vectors: await sets.count(set),
          current: set.change !== undefined && set.change >= last,
        })),
      );
    },

    async behind() {
      const [change, counts, found] = await Promise.all([
        documents.change(),
        documents.counts(),
        known(),
      ]);
      const made = found.filter((set) => set.embedder === embedder.id);
      const missing = counts.some(
        ({ collection }) => !made.some((set) => set.collection === collection),
      );
      const late = made.some((set) => (set.change ?? 0) < change);
      if (!missing && !late) {
        behindSince = undefined;
        return undefined;
      }
      const now = clock.now().getTime();
      behindSince ??= now;
      const unsearched = missing || made.some((set) => set.change === undefined);
      if (!unsearched && now - behindSince < LENIENT_MS) return undefined;
      return active === embedder
        ? 'The vectors of the newest documents are still being made; these are found by words alone.'
        : 'A new embedder is taking over; until then the old vectors are searched.';
    },
  };
}
