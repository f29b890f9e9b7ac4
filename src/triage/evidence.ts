import { createHash } from 'node:crypto';
import type { TimelineEntry } from '../domain/incident.ts';
import type { Triage } from '../domain/triage.ts';

/** Everything said so far, as one text. */
export function textOf(entries: readonly TimelineEntry[]): string {
  return entries.map((entry) => entry.text).join('\n');
}

export function evidenceKey(entries: readonly TimelineEntry[]): string {
  const hash = createHash('sha256');
  for (const entry of entries) hash.update(entry.eventKey).update('\n');
  return hash.digest('hex').slice(0, 32);
}

/** Somebody asked for an escalation of evidence that may have been escalated before: another round of it. */
export function askedKey(key: string): string {
  return `${key}-asked`;
}

/** What stands: our own last verdict, and what others said about the same evidence. */
export function standing(triages: readonly Triage[]): {
  /** Every rung of ours on this evidence, in order. */
  trail: Triage[];
  ours: Triage | undefined;
  escalation: Triage | undefined;
} {
  const own = triages.filter(({ rung }) => rung !== 'escalation');
  const ours = own.at(-1);
  if (!ours) return { trail: [], ours: undefined, escalation: triages.at(-1) };
  const key = ours.evidenceKey;
  return {
    trail: own.filter((triage) => triage.evidenceKey === key),
    ours,
    escalation: triages.findLast(
      (triage) =>
        triage.rung === 'escalation' &&
        (triage.evidenceKey === key || triage.evidenceKey === askedKey(key)),
    ),
  };
}
