import { AppError } from '../src/domain/errors.ts';
import type { AuditStore } from '../src/ports/audit-store.ts';
import type { Embedder } from '../src/ports/embedder.ts';
import type { VectorSize, Vectors } from './collection/vectors.ts';
import { ingestedRoots } from './ingest/history.ts';
import { lookForChanges } from './ingest/ingest.ts';
import { isAddress, type RootDeps, rootKey, rootOf } from './ingest/ingest-root.ts';
import type { IngestReport } from './ingest/report.ts';

/** One path of a collection, and how far its source has moved on since it was read. */
export type RootStatus = {
  root: string;
  lastIngest: Date;
  /** Undefined for an address: it is not fetched just to look. */
  drift?: Pick<IngestReport, 'added' | 'changed' | 'removed' | 'failed'>;
};

export type CollectionStatus = {
  collection: string;
  documents: number;
  chunks: number;
  /** By the embedder that is configured first; undefined while Chroma is away. */
  vectors?: Omit<VectorSize, 'collection'>[];
  roots: RootStatus[];
};

/** What the knowledge base holds, against what lies in its sources now. Nothing is written. */
export async function knowledgeStatus(
  deps: RootDeps & { audit: AuditStore; vectors: Pick<Vectors, 'sizes'>; embedder: Embedder },
): Promise<CollectionStatus[]> {
  const statuses: CollectionStatus[] = [];
  const sizes = await sizesOrNone(deps.vectors);
  for (const count of await deps.documents.counts()) {
    const { collection } = count;
    const roots: RootStatus[] = [];
    const read = new Set((await deps.documents.list(collection)).map(rootOf));
    for (const { root, at } of await ingestedRoots(deps.audit, collection)) {
      const status: RootStatus = { root, lastIngest: at };
      if (!isAddress(root)) {
        status.drift = await lookForChanges(deps, { path: root, collection });
        // A folder that is gone and left nothing behind is history.
        if (status.drift.failed.some(({ path }) => path === root) && !read.has(rootKey(root))) {
          continue;
        }
      }
      roots.push(status);
    }
    const status: CollectionStatus = { ...count, roots };
    if (sizes) status.vectors = vectorsOf(sizes, collection, deps.embedder.id);
    statuses.push(status);
  }
  return statuses;
}

async function sizesOrNone(vectors: Pick<Vectors, 'sizes'>): Promise<VectorSize[] | undefined> {
  try {
    return await vectors.sizes();
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

function vectorsOf(sizes: readonly VectorSize[], collection: string, embedder: string) {
  return sizes
    .filter((size) => size.collection === collection)
    .map(({ collection: _, ...size }) => size)
    .sort((a, b) => Number(b.embedder === embedder) - Number(a.embedder === embedder));
}
