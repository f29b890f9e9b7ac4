import type { Rung, Uncertainty, Verdict } from '../domain/triage.ts';

/** What each rung may answer by itself, and how much doubt it bears. */
export type LadderThresholds = {
  fastConfidence: number;
  retrievalConfidence: number;
  mostDropout: number;
  leastMargin: number;
  mostEntropy: number;
};

/** The numbers of the escalation contract. */
export const CONTRACT_LADDER: LadderThresholds = {
  fastConfidence: 0.85,
  retrievalConfidence: 0.7,
  mostDropout: 0.3,
  leastMargin: 0.2,
  mostEntropy: 1,
};

/** The verdict with `should_escalate` as these thresholds say, whatever it was told before. */
export function underThresholds(verdict: Verdict, thresholds: LadderThresholds): Verdict {
  const { uncertainty } = verdict;
  return {
    ...verdict,
    uncertainty: { ...uncertainty, should_escalate: isDoubtful(uncertainty, thresholds) },
  };
}

/** Whether the rung takes the verdict as its answer. */
export function takes(
  rung: Exclude<Rung, 'escalation'>,
  verdict: Pick<Verdict, 'confidence' | 'uncertainty'>,
  thresholds: LadderThresholds,
): boolean {
  const least = rung === 'fast' ? thresholds.fastConfidence : thresholds.retrievalConfidence;
  return verdict.confidence >= least && !isDoubtful(verdict.uncertainty, thresholds);
}

function isDoubtful(uncertainty: Uncertainty, thresholds: LadderThresholds): boolean {
  return (
    uncertainty.mc_dropout > thresholds.mostDropout ||
    uncertainty.margin < thresholds.leastMargin ||
    uncertainty.entropy > thresholds.mostEntropy
  );
}
