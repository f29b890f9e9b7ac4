import type { Sight } from '../domain/circle.ts';
import type { Triage, TriageDetail, Verdict } from '../domain/triage.ts';
import { triageDetailSchema } from '../domain/triage.ts';
import type { Classifier } from '../ports/classifier.ts';
import type { Clock } from '../ports/clock.ts';
import type { EscalationReason } from '../ports/escalation.ts';
import type { Ids } from '../ports/ids.ts';
import type { IncidentMemory, KnowledgeSearch, Passage } from '../ports/knowledge.ts';
import type { LanguageModel } from '../ports/language-model.ts';
import type { Logger } from '../ports/logger.ts';
import type { Metrics } from '../ports/metrics.ts';
import { worse } from './confidence.ts';
import { bestOfEach, detailOf, type Evidence, gather } from './gather.ts';
import { type CategoryVote, pool } from './pooling.ts';
import { askReader, type Reading } from './reader.ts';
import { type Report, readReport } from './report.ts';
import { recommendSteps } from './steps/recommend-steps.ts';
import { type LadderThresholds, takes, underThresholds } from './thresholds.ts';

/** What one rung concluded: a triage that nobody has stored yet. */
export type Judgement = Verdict & Pick<Triage, 'rung' | 'sure' | 'degraded' | 'detail'>;

export type RetrieveOptions = {
  /** What may be shown where the verdict goes. */
  sight: Sight;
  /** Not this incident itself. */
  except?: string;
  channel?: string;
  signal?: AbortSignal;
};

/** The rungs below escalation. Nothing is stored here, and nobody is called. */
export interface Ladder {
  readonly thresholds: LadderThresholds;
  /** A language model reads along on the second rung, so that one takes seconds. */
  readonly readsSlowly: boolean;
  fast(text: string): Judgement;
  /** Finds what belongs to a verdict that already stands: runbooks, past incidents, steps. */
  furnish(text: string, judged: Judgement, options: RetrieveOptions): Promise<Judgement>;
  retrieve(text: string, fast: Verdict, options: RetrieveOptions): Promise<Judgement>;
}

export type LadderDependencies = {
  classifier: Classifier;
  thresholds: LadderThresholds;
  search?: KnowledgeSearch | undefined;
  memory?: IncidentMemory | undefined;
  model?: LanguageModel | undefined;
  clock: Clock;
  ids: Ids;
  logger: Logger;
  metrics: Metrics;
};

const SUSPECT = 'The report says how it should be judged. That part was left out.';

export function createLadder(deps: LadderDependencies): Ladder {
  const { thresholds } = deps;

  const timed = <Result>(rung: 'fast' | 'retrieval', started: Date, result: Result): Result => {
    const seconds = (deps.clock.now().getTime() - started.getTime()) / 1000;
    deps.metrics.observe('sitrep_triage_seconds', { rung }, seconds);
    return result;
  };

  return {
    thresholds,
    readsSlowly: deps.model !== undefined && deps.search !== undefined,

    fast(text) {
      const started = deps.clock.now();
      const report = readReport(text);
      const verdict = classify(deps.classifier, report, thresholds);
      return timed('fast', started, {
        ...verdict,
        rung: 'fast',
        sure: !report.suspect && takes('fast', verdict, thresholds),
        degraded: [],
        detail: detail(report.suspect ? { reasoning: SUSPECT } : {}),
      });
    },

    async furnish(text, judged, options) {
      const evidence = await gather(deps, readReport(text).read, options);
      const steps = stepsFor(judged, evidence);
      return {
        ...judged,
        degraded: [...judged.degraded, ...evidence.degraded],
        detail: { ...judged.detail, ...detailOf(evidence), steps },
      };
    },

    async retrieve(text, fast, options) {
      const started = deps.clock.now();
      const report = readReport(text);
      const evidence = await gather(deps, report.read, options);
      const reading = await readAlong(deps, report, evidence, options);
      const votes = votesOf(evidence, reading.reading);
      const verdict = underThresholds(pool(fast, votes), thresholds);
      return timed('retrieval', started, {
        ...verdict,
        rung: 'retrieval',
        sure: !report.suspect && takes('retrieval', verdict, thresholds),
        degraded: [...evidence.degraded, ...reading.degraded],
        detail: detail({
          ...detailOf(evidence),
          steps: stepsFor(verdict, evidence),
          reasoning: [
            ...(report.suspect ? [SUSPECT] : []),
            reading.reading?.reasoning ?? whatWasRead(evidence),
          ].join(' '),
        }),
      });
    },
  };
}

/** Why a verdict is handed on. */
export function escalationReason(
  verdict: Pick<Verdict, 'confidence'>,
  thresholds: LadderThresholds,
): EscalationReason {
  return verdict.confidence < thresholds.retrievalConfidence
    ? 'low_confidence'
    : 'high_uncertainty';
}

/** What the report claims about itself may make it worse, never milder. */
function classify(
  classifier: Classifier,
  { read, claimed }: Report,
  thresholds: LadderThresholds,
): Verdict {
  const verdict = underThresholds(classifier.classify(read), thresholds);
  if (claimed === undefined) return verdict;
  return { ...verdict, severity: worse(verdict.severity, classifier.classify(claimed).severity) };
}

async function readAlong(
  { model, ids, logger }: LadderDependencies,
  report: Report,
  evidence: Evidence,
  options: RetrieveOptions,
): Promise<{ reading?: Reading; degraded: string[] }> {
  if (!model || evidence.passages.length === 0) return { degraded: [] };
  try {
    const pages = bestOfEach(evidence.passages);
    return {
      reading: await askReader({ model, ids }, report.read, pages, options),
      degraded: [],
    };
  } catch (error) {
    if (options.signal?.aborted) throw error;
    logger.warn('The language model did not read along.', { feature: 'retrieval' }, error);
    return { degraded: ['The language model did not answer; the verdict was made without it.'] };
  }
}

/** Who speaks about the category, and how likely each speaks about this incident. */
export function votesOf(
  { passages, similar }: Pick<Evidence, 'passages' | 'similar'>,
  reading?: Reading,
): CategoryVote[] {
  const fromPages = bestOfEach(passages).flatMap(({ category, score }: Passage): CategoryVote[] =>
    category === undefined ? [] : [{ from: 'page', category, score }],
  );
  // Where nobody has said that its category is right, a past incident would only repeat what we thought ourselves.
  const fromPast = similar
    .filter(({ confirmed }) => confirmed)
    .map(({ category, score }): CategoryVote => ({ from: 'incident', category, score }));
  const fromReader: CategoryVote[] =
    reading === undefined ? [] : [{ from: 'reader', category: reading.category, score: 1 }];
  return [...fromPages, ...fromPast, ...fromReader];
}

function stepsFor({ action }: Verdict, { pages, similar }: Evidence): TriageDetail['steps'] {
  return recommendSteps({ action, passages: pages, similar });
}

function whatWasRead({ passages, similar, canRead }: Evidence): string {
  if (!canRead) return 'There was nothing to read: no runbooks and no past incidents are known.';
  if (passages.length === 0 && similar.length === 0) {
    return 'No runbook and no past incident fits.';
  }
  const parts = [
    ...(passages.length > 0 ? [counted(bestOfEach(passages).length, 'runbook')] : []),
    ...(similar.length > 0 ? [counted(similar.length, 'similar past incident')] : []),
  ];
  return `Read ${parts.join(' and ')}.`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function detail(known: Partial<TriageDetail>): TriageDetail {
  return { ...triageDetailSchema.parse({}), ...known };
}
