import type { AuditStore } from '../src/ports/audit-store.ts';
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
  roots: RootStatus[];
};

/** What the knowledge base holds, against what lies in its sources now. Nothing is written. */
export async function knowledgeStatus(
  deps: RootDeps & { audit: AuditStore },
): Promise<CollectionStatus[]> {
  const statuses: CollectionStatus[] = [];
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
    statuses.push({ ...count, roots });
  }
  return statuses;
}
