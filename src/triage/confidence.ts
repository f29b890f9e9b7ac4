import { SEVERITIES, type Severity } from '../domain/taxonomy.ts';
import type { Triage, Verdict } from '../domain/triage.ts';

/** The contract's default: what the fast rung may answer by itself. */
const FAST_CONFIDENCE = 0.85;

export function isSure(triage: Pick<Triage, 'confidence' | 'uncertainty'>): boolean {
  return triage.confidence >= FAST_CONFIDENCE && !triage.uncertainty.should_escalate;
}

export function confidenceInWords(triage: Pick<Triage, 'confidence' | 'uncertainty'>): string {
  if (isSure(triage)) return 'sure';
  if (triage.confidence >= 0.6) return 'fairly sure';
  if (triage.confidence >= 0.4) return 'unsure';
  return 'guessing';
}

/** The contract's least lead of the first category over the second. */
const CLEAR_LEAD = 0.2;

/**
 * Whether what was said in the thread is worth a changed card: another kind of incident and clearly so, a
 * worse one, or certainty where there was none. Talk that only blurs the picture changes nothing.
 */
export function isNews(previous: Verdict, next: Verdict): boolean {
  const isOtherKind = previous.category !== next.category && next.uncertainty.margin >= CLEAR_LEAD;
  const isWorse = worse(previous.severity, next.severity) !== previous.severity;
  return isOtherKind || isWorse || (isSure(next) && !isSure(previous));
}

/** Talk in the thread may raise a severity and never lowers it: that is for people to do. */
export function worse(a: Severity, b: Severity): Severity {
  return SEVERITIES.indexOf(a) <= SEVERITIES.indexOf(b) ? a : b;
}
