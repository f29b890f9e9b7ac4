import { AppError, errorCode } from '../domain/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ids } from '../ports/ids.ts';
import type { LanguageModel, ModelUse } from '../ports/language-model.ts';
import type { Logger } from '../ports/logger.ts';
import type { Metrics } from '../ports/metrics.ts';
import { askExplanation, repair, tellInParts, withoutMetricNames } from './ask-model.ts';
import { encodeRca } from './encode.ts';
import type { Told } from './explanation.ts';
import { narration } from './narration.ts';
import type { Prepared } from './prepare.ts';
import { createProgress, type OnProgress } from './progress.ts';
import type { Prompt } from './prompt.ts';
import { keepTraced } from './telling.ts';
import { createVerifier } from './verify/verify.ts';
import { jargonIn, readingGrade } from './words/reading.ts';

export type TellDeps = {
  model?: LanguageModel | undefined;
  prompt: Prompt;
  clock: Clock;
  ids: Ids;
  logger: Logger;
  metrics: Metrics;
};

export type TellRequest = {
  channel?: string;
  onProgress?: OnProgress;
};

export type Outcome = {
  told: Told;
  /** What stands in for a model that is away is not: the model may be back in a moment. */
  isLasting: boolean;
};
export type Tell = (prepared: Prepared, request: TellRequest) => Promise<Outcome>;

/** Tells an analysis: by the model where there is one and it can be traced, else by the narrator. */
export function createTell(deps: TellDeps): Tell {
  const { model, clock, logger, metrics } = deps;
  if (model === undefined) {
    return async (prepared) => ({ told: narration(prepared, {}, logger), isLasting: true });
  }
  const { provider } = model;

  return async (prepared, request) => {
    const started = clock.now().getTime();
    const uses: ModelUse[] = [];
    const failed = (error_type: string) =>
      metrics.count('mira_rca_analyze_ai_errors_total', { provider, error_type });
    try {
      const told = await tellWith(deps, model, prepared, request, uses);
      if (told.degraded !== undefined) failed('untraceable');
      return { told, isLasting: true };
    } catch (error) {
      logger.warn(
        'A model could not explain a root cause',
        { provider, model: model.model },
        error,
      );
      failed(errorType(error));
      const because = { degraded: whyNone(error), tokensUsed: tokensOf(uses) };
      return { told: narration(prepared, because, logger), isLasting: false };
    } finally {
      const seconds = (clock.now().getTime() - started) / 1_000;
      metrics.observe('mira_rca_analyze_ai_latency_seconds', { provider }, seconds);
      for (const use of uses) {
        const labels = { provider: use.provider, model: use.model };
        const tokens = use.inputTokens + use.outputTokens;
        metrics.count('mira_rca_analyze_ai_tokens_used_total', labels, tokens);
      }
    }
  };
}

/** `uses` holds what was paid for also when this fails. */
async function tellWith(
  { prompt, ids, logger }: TellDeps,
  model: LanguageModel,
  prepared: Prepared,
  { channel, onProgress }: TellRequest,
  uses: ModelUse[],
): Promise<Told> {
  const { audience, sourceHash } = prepared;
  const { rca } = prepared.bounded();
  const asked = { model, ids, uses, ...(channel === undefined ? {} : { channel }) };
  const progress = createProgress(onProgress);
  const verifier = createVerifier(rca);
  const whole = await prompt.partsOf(prepared);
  let parts = whole;
  if (whole.tooLong) {
    const { countTokens } = whole;
    const told = await tellInParts(asked, whole.rca, verifier, countTokens, prompt.mostTokens);
    const rest = encodeRca({ ...whole.rca, chains: [] }, countTokens).text;
    parts = { ...whole, data: `${rest}\nchain, told in parts:\n${told}` };
  }
  progress.asked();
  const first = await askExplanation(asked, parts, onProgress && progress.heard);
  progress.checking();
  const plain = withoutMetricNames(first.text, rca, audience);
  const repaired = await repair(asked, plain, verifier, parts.data);
  if (repaired.failure !== undefined) {
    const { provider } = model;
    logger.warn('An explanation could not be repaired', { provider }, repaired.failure);
  }
  const text = withoutMetricNames(repaired.text, rca, audience);
  const { dropped, isEnough, text: kept } = keepTraced(text, verifier);
  const tokensUsed = tokensOf(uses);
  if (!isEnough) {
    const degraded =
      'Too much of what the language model wrote could not be traced to the data, so this was told from the data alone.';
    return narration(prepared, { degraded, tokensUsed, dropped }, logger);
  }
  return {
    explanation: kept,
    tokensUsed,
    provider: first.use.provider,
    model: first.use.model,
    audience,
    verified: true,
    dropped,
    ...(parts.leftOut === '' ? {} : { leftOut: parts.leftOut }),
    promptId: prompt.id,
    promptVersion: prompt.version,
    promptHash: prompt.hashFor(audience),
    sourceHash,
    readingGrade: readingGrade(kept),
    jargon: jargonIn(kept),
  };
}

/** A budget that is used up is named: waiting does not help, and whoever set it can change it. */
function whyNone(error: unknown): string {
  const isSpent = error instanceof AppError && error.code === 'rate_limited' && !error.retryable;
  return isSpent
    ? `${error.message} So this was told from the data alone.`
    : 'No language model could be asked, so this was told from the data alone.';
}

function tokensOf(uses: readonly ModelUse[]): number {
  return uses.reduce((sum, { inputTokens, outputTokens }) => sum + inputTokens + outputTokens, 0);
}

function errorType(error: unknown): string {
  const code = errorCode(error);
  return code === 'rate_limited' ? 'rate_limit' : code;
}
