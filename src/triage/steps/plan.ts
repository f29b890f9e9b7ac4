import type { Category, Severity } from '../../domain/taxonomy.ts';
import type { Citation, Step } from '../../domain/triage.ts';
import type { TriageText } from '../triage-text.ts';
import { SUGGESTION } from './action-step.ts';

/** The fields of the workflow that recommends a fix, and what it rests on. */
export type RemediationPlan = {
  steps: Step[];
  estimatedTime: string;
  risks: string[];
  successCriteria: string[];
  rollbackPlan: string[];
  category: Category;
  severity: Severity;
  confidence: number;
  citations: Citation[];
  degraded: string[];
};

export type Recommend = (
  text: string,
  options?: { signal?: AbortSignal },
) => Promise<RemediationPlan>;

/** What a person needs for a step that is written down: do it, see whether it worked. */
const MINUTES_A_STEP = 5;

/** Recommends what to do about a text: read from runbooks and past incidents, never made up as a command. */
export function createRecommend(deps: { triageText: TriageText }): Recommend {
  return async (text, { signal } = {}) => {
    const triage = await deps.triageText(text, {
      throughRetrieval: true,
      ...(signal === undefined ? {} : { signal }),
    });
    const { steps } = triage.detail;
    const { category, severity, confidence, citations, degraded } = triage;
    return {
      steps,
      estimatedTime: estimatedTime(steps),
      risks: distinct([
        ...steps.flatMap(({ risk }) => risk ?? []),
        ...(triage.sure ? [] : ['The verdict is not sure: check that these steps fit first.']),
      ]),
      successCriteria: distinct(steps.flatMap(({ check }) => check ?? [])),
      rollbackPlan: distinct(steps.flatMap(({ rollback }) => rollback ?? []).reverse()),
      category,
      severity,
      confidence,
      citations,
      degraded,
    };
  };
}

function estimatedTime(steps: readonly Step[]): string {
  if (steps.every(({ from }) => from === SUGGESTION)) {
    return 'Not known: nothing that was found says how this is done.';
  }
  return `About ${steps.length * MINUTES_A_STEP} minutes, at ${MINUTES_A_STEP} for each of ${steps.length} steps; nobody has timed them.`;
}

function distinct(sentences: readonly string[]): string[] {
  return [...new Set(sentences)];
}
