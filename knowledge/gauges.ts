import type { AuditStore } from '../src/ports/audit-store.ts';
import type { Clock } from '../src/ports/clock.ts';
import type { DocumentStore } from '../src/ports/document-store.ts';
import type { Metrics } from '../src/ports/metrics.ts';
import { ingestedRoots } from './ingest/history.ts';

type Deps = { documents: DocumentStore; audit: AuditStore; metrics: Metrics; clock: Clock };

/** Another process may do the ingest, so it is asked for, but not at every scrape. */
const ASK_AGAIN_MS = 60_000;

/** Sets the gauges of size and age; call it before they are read. */
export function createGauges({ documents, audit, metrics, clock }: Deps): () => Promise<void> {
  const seen = new Set<string>();
  const lastIngests = new Map<string, { at: Date | undefined; asked: number }>();

  async function lastIngest(collection: string, now: number): Promise<Date | undefined> {
    const kept = lastIngests.get(collection);
    if (kept && now - kept.asked < ASK_AGAIN_MS) return kept.at;
    const [latest] = await ingestedRoots(audit, collection);
    lastIngests.set(collection, { at: latest?.at, asked: now });
    return latest?.at;
  }

  return async () => {
    const now = clock.now().getTime();
    const counts = await documents.counts();
    for (const { collection } of counts) seen.add(collection);
    for (const collection of seen) {
      // One that was emptied is 0, not what it was last.
      const count = counts.find((it) => it.collection === collection);
      metrics.gauge('sitrep_knowledge_documents', { collection }, count?.documents ?? 0);
      metrics.gauge('sitrep_knowledge_chunks', { collection }, count?.chunks ?? 0);
      const at = await lastIngest(collection, now);
      if (at !== undefined) {
        const seconds = (now - at.getTime()) / 1000;
        metrics.gauge('sitrep_knowledge_age_seconds', { collection }, seconds);
      }
    }
  };
}
