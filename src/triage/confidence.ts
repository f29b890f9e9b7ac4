import { SEVERITIES, type Severity } from '../domain/taxonomy.ts';
import type { Triage, Verdict } from '../domain/triage.ts';
import { CONTRACT_LADDER, takes } from './thresholds.ts';

/** Whether the fast rung takes it by the contract's numbers. */
export function isSure(verdict: Pick<Verdict, 'confidence' | 'uncertainty'>): boolean {
  return takes('fast', verdict, CONTRACT_LADDER);
}

/** How sure in a word: the rung says whether it takes the verdict, the number does the rest. */
export function confidenceInWords(
  verdict: Pick<Verdict, 'confidence' | 'uncertainty'> & { sure?: boolean },
): string {
  const isHigh = verdict.confidence >= 0.85;
  if (verdict.sure ?? isSure(verdict)) return isHigh ? 'sure' : 'fairly sure';
  // A few other words would have changed it.
  if (isHigh) return 'nearly sure';
  if (verdict.confidence >= 0.6) return 'not quite sure';
  if (verdict.confidence >= 0.4) return 'unsure';
  return 'guessing';
}

/** The contract's least lead of the first category over the second. */
const CLEAR_LEAD = 0.2;

type Judged = Verdict & Pick<Triage, 'sure'>;

/**
 * Whether what was said in the thread is worth a changed card: another kind of incident and clearly so, a
 * worse one, or certainty where there was none. Talk that only blurs the picture changes nothing.
 */
export function isNews(previous: Judged, next: Judged): boolean {
  const isOtherKind = previous.category !== next.category && next.uncertainty.margin >= CLEAR_LEAD;
  const isWorse = worse(previous.severity, next.severity) !== previous.severity;
  return isOtherKind || isWorse || (next.sure && !previous.sure);
}

/** Talk in the thread may raise a severity and never lowers it: that is for people to do. */
export function worse(a: Severity, b: Severity): Severity {
  return SEVERITIES.indexOf(a) <= SEVERITIES.indexOf(b) ? a : b;
}
