import type { Triage, Verdict } from '../domain/triage.ts';
import type { SecondOpinion } from '../ports/escalation.ts';
import { worse } from './confidence.ts';
import type { Judgement } from './ladder.ts';
import { pool } from './pooling.ts';
import { SUGGESTION } from './steps/action-step.ts';
import { MOST_STEPS, recommendSteps } from './steps/recommend-steps.ts';
import { type LadderThresholds, takes, underThresholds } from './thresholds.ts';

/**
 * The verdict that a second opinion makes of ours.
 *
 * Its category is the opinion's, its numbers are not: how confident somebody says to be is no calibrated
 * figure, so the opinion counts as one voice of fixed weight in the pool with ours, and the confidence is what
 * the pool gives to the category that it names. It is sure only when both name the same category and the pool
 * passes the same thresholds as the rung below. Its severity may be worse than ours and never milder: what
 * made it milder may be what the report says about itself.
 */
export function secondVerdict(
  ours: Verdict & Pick<Triage, 'detail'>,
  opinion: SecondOpinion,
  { thresholds, suspect }: { thresholds: LadderThresholds; suspect: boolean },
): Judgement {
  const pooled = poolWith(ours, opinion, thresholds);
  const agrees = opinion.category === ours.category;
  const confidence = pooled.probabilities[opinion.category];
  const lead = Math.max(0, confidence - best(pooled, opinion.category));
  const milder = worse(ours.severity, opinion.severity) !== opinion.severity;
  return {
    ...pooled,
    category: opinion.category,
    confidence,
    severity: worse(ours.severity, opinion.severity),
    uncertainty: {
      ...pooled.uncertainty,
      margin: lead,
      should_escalate: pooled.uncertainty.should_escalate || lead < thresholds.leastMargin,
    },
    rung: 'escalation',
    sure: agrees && !suspect && takes('retrieval', pooled, thresholds),
    degraded: [],
    detail: {
      ...ours.detail,
      by: opinion.by,
      ...(opinion.workflowId === undefined ? {} : { workflowId: opinion.workflowId }),
      reasoning: [
        opinion.reasoning.trim(),
        ...(milder ? [`It calls the severity ${opinion.severity}.`] : []),
        `It calls itself ${Math.round(opinion.confidence * 100)} % confident.`,
      ].join(' '),
      steps: stepsWith(ours, opinion),
    },
  };
}

/** Ours and the opinion as one, the opinion as a single voice. */
export function poolWith(
  ours: Verdict,
  { category }: SecondOpinion,
  thresholds: LadderThresholds,
): Verdict {
  return underThresholds(pool(ours, [{ from: 'opinion', category, score: 1 }]), thresholds);
}

function best({ probabilities }: Verdict, except: string): number {
  return Math.max(
    ...Object.entries(probabilities).map(([category, p]) => (category === except ? 0 : p)),
  );
}

/** What was written for such a case stays in front of what somebody thought of; a mere suggestion goes. */
function stepsWith(
  { action, detail }: Pick<Triage, 'action' | 'detail'>,
  opinion: SecondOpinion,
): Triage['detail']['steps'] {
  if (opinion.recommendations.length === 0) return detail.steps;
  const theirs = recommendSteps({ action, opinion });
  const written = detail.steps.filter(({ from }) => from !== SUGGESTION);
  return [...written, ...theirs].slice(0, MOST_STEPS);
}
