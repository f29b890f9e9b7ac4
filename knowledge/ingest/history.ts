import { z } from 'zod';
import type { AuditStore } from '../../src/ports/audit-store.ts';
import type { Clock } from '../../src/ports/clock.ts';

/** One path that was read into a collection, and when that was last done. */
export type IngestedRoot = { root: string; at: Date };

const ACTION = 'knowledge_ingested';
const subjectOf = (collection: string) => `knowledge/${collection}`;
const detailSchema = z.object({ root: z.string() });

export async function noteIngest(
  { audit, clock }: { audit: AuditStore; clock: Clock },
  collection: string,
  root: string,
): Promise<void> {
  await audit.add({
    at: clock.now(),
    actor: 'sitrep',
    action: ACTION,
    subject: subjectOf(collection),
    detail: JSON.stringify({ root }),
  });
}

/** The paths that were read into the collection, each with the last time, the latest first. */
export async function ingestedRoots(
  audit: AuditStore,
  collection: string,
): Promise<IngestedRoot[]> {
  const last = new Map<string, Date>();
  for (const { action, at, detail } of await audit.ofSubject(subjectOf(collection))) {
    const parsed = action === ACTION && detail !== undefined ? read(detail) : undefined;
    if (parsed !== undefined) last.set(parsed, at);
  }
  return [...last]
    .map(([root, at]) => ({ root, at }))
    .sort((a, b) => b.at.getTime() - a.at.getTime());
}

function read(detail: string): string | undefined {
  try {
    return detailSchema.parse(JSON.parse(detail)).root;
  } catch {
    return undefined;
  }
}
