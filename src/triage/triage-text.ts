import type { Category, Severity } from '../domain/taxonomy.ts';
import type { Citation, Probabilities, TriageDetail, Uncertainty } from '../domain/triage.ts';
import type { Clock } from '../ports/clock.ts';
import type { SecondOpinion, SecondOpinionSource } from '../ports/escalation.ts';
import type { Logger } from '../ports/logger.ts';
import type { Metrics } from '../ports/metrics.ts';
import { askSecondOpinion } from './escalate-incident.ts';
import { escalationReason, type Judgement, type Ladder } from './ladder.ts';
import { readReport } from './report.ts';
import { poolWith, secondVerdict } from './second-opinion.ts';

/** How far up the ladder the answer comes from, in the contract's words. */
export type TriagePath = 'fast' | 'rag' | 'escalated';

/** The contract's fields, and what our own callers show beside them. */
export type TextTriage = {
  category: Category;
  severity: Severity;
  confidence: number;
  probabilities: Probabilities;
  uncertainty: Uncertainty;
  path: TriagePath;
  citations: Citation[];
  model_version: string;
  sure: boolean;
  degraded: string[];
  because: string[];
  despite: string[];
  detail: TriageDetail;
  /** As it was given, when somebody was asked and answered. */
  opinion?: SecondOpinion;
};

export type TriageText = (
  text: string,
  options?: {
    /** Stop at the first rung. */
    fastOnly?: boolean;
    /** Read what is known on the second rung even when the first is sure, and ask nobody else. */
    throughRetrieval?: boolean;
    /** Where the text comes from, for whoever is asked. */
    source?: string;
    signal?: AbortSignal;
  },
) => Promise<TextTriage>;

/** Triage of a text without an incident: nothing is stored, nothing is posted, nobody is called. */
export function createTriageText(deps: {
  ladder: Ladder;
  source?: SecondOpinionSource | undefined;
  deadlineMs: number;
  clock: Clock;
  logger: Logger;
  metrics: Metrics;
}): TriageText {
  const { ladder } = deps;
  return async (
    text,
    { fastOnly = false, throughRetrieval = false, source = 'api', signal } = {},
  ) => {
    const fast = ladder.fast(text);
    if ((fast.sure && !throughRetrieval) || fastOnly) return answer(fast, 'fast');
    const retrieved = await ladder.retrieve(text, fast, {
      // Whoever asks without a platform is the operator.
      sight: 'everything',
      ...(signal === undefined ? {} : { signal }),
    });
    if (retrieved.sure || throughRetrieval || !deps.source) return answer(retrieved, 'rag');
    const incident = { text, source, at: deps.clock.now() };
    const { opinion, degraded } = await askSecondOpinion(deps, incident, retrieved, {
      reason: escalationReason(retrieved, ladder.thresholds),
      deadlineMs: deps.deadlineMs,
      signal,
    });
    const judged = { ...retrieved, degraded: [...retrieved.degraded, ...degraded] };
    return opinion ? together(judged, opinion, text, ladder) : answer(judged, 'rag');
  };
}

function answer(judged: Judgement, path: TriagePath): TextTriage {
  const { category, severity, confidence, probabilities, uncertainty, sure, degraded } = judged;
  const { because, despite, detail, modelVersion } = judged;
  return {
    category,
    severity,
    confidence,
    probabilities,
    uncertainty,
    path,
    citations: detail.citations,
    model_version: modelVersion,
    sure,
    degraded,
    because,
    despite,
    detail,
  };
}

/** One answer has to be given, so it is what the pool of both says; the opinion itself stands beside it. */
function together(
  ours: Judgement,
  opinion: SecondOpinion,
  text: string,
  ladder: Ladder,
): TextTriage {
  const { thresholds } = ladder;
  const { suspect } = readReport(text);
  const second = secondVerdict(ours, opinion, { thresholds, suspect });
  const { category, confidence, probabilities, uncertainty } = poolWith(ours, opinion, thresholds);
  return {
    ...answer({ ...second, category, confidence, probabilities, uncertainty }, 'escalated'),
    degraded: ours.degraded,
    opinion,
  };
}
