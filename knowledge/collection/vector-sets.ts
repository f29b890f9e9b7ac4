import type { Collection, Where } from 'chromadb';
import { AppError } from '../../src/domain/errors.ts';
import { createChromaClient, guarded } from './chroma-client.ts';
import type { VectorFilter, VectorHit } from './vector-index.ts';

/** The vectors of one collection by one embedder: vectors of different embedders cannot be compared. */
export type VectorSet = {
  collection: string;
  embedder: string;
  /** Complete up to this change of the documents; undefined while it is being made. */
  change: number | undefined;
  name: string;
  handle: Collection;
};

export type VectorRecord = {
  id: string;
  documentId: string;
  /** Of the text that was embedded. */
  checksum: string;
  vector: number[];
  kind: 'page' | 'incident';
  service: string | undefined;
  tags: readonly string[];
};

/** Chunk id to checksum. */
export type Embedded = Map<string, string>;

const WRITE_MS = 60_000;
/** A search that waits longer than this is better answered by words alone. */
const QUERY_MS = 1_000;
const PAGE = 2_000;
const MOST_SETS = 1_000;

/** The vectors in Chroma. What it says and how it fails stays in here. */
export function createVectorSets(address: () => string | undefined) {
  const chroma = createChromaClient(address);

  return {
    async list(): Promise<VectorSet[]> {
      const found = await guarded(QUERY_MS, () => chroma().listCollections({ limit: MOST_SETS }));
      return found.flatMap((handle) => {
        const { collection, embedder, change } = handle.metadata ?? {};
        return typeof collection === 'string' && typeof embedder === 'string'
          ? [
              {
                collection,
                embedder,
                change: typeof change === 'number' ? change : undefined,
                name: handle.name,
                handle,
              },
            ]
          : [];
      });
    },

    async open(name: string, collection: string, embedder: string): Promise<VectorSet> {
      const handle = await guarded(WRITE_MS, () =>
        chroma().getOrCreateCollection({
          name,
          metadata: { collection, embedder },
          configuration: { hnsw: { space: 'cosine' } },
          // Its default one downloads a model.
          embeddingFunction: null,
        }),
      );
      return { collection, embedder, change: undefined, name, handle };
    },

    /** How many vectors it has. */
    count: ({ handle }: VectorSet): Promise<number> => guarded(QUERY_MS, () => handle.count()),

    async drop(set: VectorSet): Promise<void> {
      await guarded(WRITE_MS, () => chroma().deleteCollection({ name: set.name })).catch(
        (error: unknown) => {
          if (!isGone(error)) throw error;
        },
      );
    },

    /** Notes how far it is complete. */
    async mark({ collection, embedder, handle }: VectorSet, change: number): Promise<void> {
      await guarded(WRITE_MS, () => handle.modify({ metadata: { collection, embedder, change } }));
    },

    async allEmbedded({ handle }: VectorSet): Promise<Embedded> {
      const embedded: Embedded = new Map();
      for (let offset = 0; ; offset += PAGE) {
        const page = await guarded(WRITE_MS, () =>
          handle.get({ include: ['metadatas'], limit: PAGE, offset }),
        );
        note(embedded, page);
        if (page.ids.length < PAGE) return embedded;
      }
    },

    async embeddedOf({ handle }: VectorSet, documentIds: string[]): Promise<Embedded> {
      const page = await guarded(WRITE_MS, () =>
        handle.get({ include: ['metadatas'], where: { document: { $in: documentIds } } }),
      );
      return note(new Map(), page);
    },

    async write({ handle }: VectorSet, records: readonly VectorRecord[]): Promise<void> {
      await guarded(WRITE_MS, () =>
        handle.upsert({
          ids: records.map(({ id }) => id),
          embeddings: records.map(({ vector }) => vector),
          metadatas: records.map(({ documentId, checksum, kind, service, tags }) => ({
            document: documentId,
            checksum,
            kind,
            ...(service === undefined ? {} : { service }),
            ...Object.fromEntries(tags.map((tag) => [`tag:${tag}`, true])),
          })),
        }),
      );
    },

    async erase({ handle }: VectorSet, ids: readonly string[]): Promise<void> {
      for (let at = 0; at < ids.length; at += PAGE) {
        await guarded(WRITE_MS, () => handle.delete({ ids: ids.slice(at, at + PAGE) }));
      }
    },

    async query(
      { handle }: VectorSet,
      vector: readonly number[],
      limit: number,
      filter: VectorFilter,
    ): Promise<VectorHit[]> {
      const where = whereOf(filter);
      const { ids, distances } = await guarded(QUERY_MS, () => {
        // A set that was found while Chroma was at another address would be asked there.
        chroma();
        return handle.query({
          queryEmbeddings: [[...vector]],
          nResults: limit,
          include: ['distances'],
          ...(where === undefined ? {} : { where }),
        });
      });
      return (ids[0] ?? []).map((id, i) => ({ id, similarity: 1 - (distances[0]?.[i] ?? 1) }));
    },
  };
}

export type VectorSets = ReturnType<typeof createVectorSets>;

/** The collection was dropped meanwhile, by a change of the embedder or a reset. */
export function isGone(error: unknown): boolean {
  return error instanceof AppError && error.code === 'not_found';
}

function note(
  embedded: Embedded,
  page: { ids: string[]; metadatas: (Record<string, unknown> | null)[] },
): Embedded {
  for (const [i, id] of page.ids.entries()) {
    embedded.set(id, String(page.metadatas[i]?.checksum ?? ''));
  }
  return embedded;
}

function whereOf({ kind, service, tags = [], exceptDocument }: VectorFilter): Where | undefined {
  const conditions: Where[] = [
    ...(kind === undefined ? [] : [{ kind }]),
    ...(service === undefined ? [] : [{ service }]),
    ...tags.map((tag) => ({ [`tag:${tag}`]: true })),
    ...(exceptDocument === undefined ? [] : [{ document: { $ne: exceptDocument } }]),
  ];
  return conditions.length > 1 ? { $and: conditions } : conditions[0];
}
