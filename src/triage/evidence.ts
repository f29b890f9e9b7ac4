import { createHash } from 'node:crypto';
import type { TimelineEntry } from '../domain/incident.ts';
import type { Triage } from '../domain/triage.ts';
import { isRepeat } from './same-matter.ts';

/** Everything said so far, as one text. Ten people who report the same are no ten reasons to believe it. */
export function textOf(entries: readonly TimelineEntry[]): string {
  const [report, ...rest] = entries;
  if (!report) return '';
  const news = rest.filter(({ text }) => !isRepeat(report.text, text));
  return [report, ...news].map((entry) => withoutAddresses(entry.text)).join('\n');
}

/** The way to the tool that sent an alert, behind the words that are shown for it. */
export function withoutAddresses(text: string): string {
  return text.replace(/[ \t]*\(https?:\/\/[^\s)]*\)/g, '');
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
