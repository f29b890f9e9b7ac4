import type { Vote } from '../domain/feedback.ts';
import type { Category, Severity } from '../domain/taxonomy.ts';
import type { Triage } from '../domain/triage.ts';

/** What people say an incident is; of the category and of the severity the last word each. */
export type Correction = {
  category?: Category | undefined;
  severity?: Severity | undefined;
  /** Who says so. */
  by: string;
};

/** Undefined when nobody said so, or all that they said is what the verdict says too. */
export function correctionOf(
  verdict: Pick<Triage, 'category' | 'severity'>,
  votes: readonly Vote[],
): Correction | undefined {
  const byTime = votes.toSorted((a, b) => a.at.getTime() - b.at.getTime());
  const ofCategory = byTime.findLast(({ correction }) => correction !== undefined);
  const ofSeverity = byTime.findLast(({ correctedSeverity }) => correctedSeverity !== undefined);
  const category = ofCategory?.correction;
  const severity = ofSeverity?.correctedSeverity;
  const said = [
    ...(category !== undefined && category !== verdict.category ? [ofCategory?.voterName] : []),
    ...(severity !== undefined && severity !== verdict.severity ? [ofSeverity?.voterName] : []),
  ].filter((name) => name !== undefined);
  if (said.length === 0) return undefined;
  return { category, severity, by: [...new Set(said)].join(' and ') };
}

/** The verdict as people corrected it: from then on this is what counts, wherever it is shown. */
export function corrected<Verdict extends Pick<Triage, 'category' | 'severity'>>(
  verdict: Verdict,
  votes: readonly Vote[],
): Verdict & { correctedBy?: string } {
  const correction = correctionOf(verdict, votes);
  if (!correction) return verdict;
  const { category = verdict.category, severity = verdict.severity, by } = correction;
  return { ...verdict, category, severity, correctedBy: by };
}
