import type { Audience, Rca } from '../domain/rca.ts';
import type { Cache } from '../ports/cache.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ids } from '../ports/ids.ts';
import type { LanguageModel } from '../ports/language-model.ts';
import type { Logger } from '../ports/logger.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { SimilarTexts } from '../ports/similar-texts.ts';
import type { Explanation } from './explanation.ts';
import { createExplanationCache } from './explanation-cache.ts';
import { NARRATOR } from './narration.ts';
import { createPrepare, type Prepared } from './prepare.ts';
import type { OnProgress } from './progress.ts';
import { createPrompt, type PromptOptions } from './prompt.ts';
import { createSimilarExplanations } from './similar-explanations.ts';
import { createSingleFlight } from './single-flight.ts';
import { createTell } from './tell.ts';

export type ExplainDeps = PromptOptions & {
  /** Without one, and whenever it fails, the narrator tells it from the data alone. */
  model?: LanguageModel | undefined;
  cache: Cache;
  /** Undefined: every request is answered anew. */
  cacheTtlMs: number | undefined;
  /** Finds explanations of analyses that say the same in other words. Undefined: it is not tried. */
  similar?: SimilarTexts | undefined;
  clock: Clock;
  ids: Ids;
  logger: Logger;
  metrics: Metrics;
};

export type ExplainRequest = {
  audience?: Audience;
  /** The channel it is for, for the accounts. */
  channel?: string;
  /** The incident that it belongs to. */
  incidentId?: string;
  onProgress?: OnProgress;
};

export type Explain = {
  (rca: Rca, request?: ExplainRequest): Promise<Explanation>;
  /** Forgets every cached explanation, in every process. */
  flush(): Promise<void>;
};

/** Root causes in plain words: by a language model and checked against the analysis, or by the narrator. */
export function createExplain(deps: ExplainDeps): Explain {
  const { model, clock, metrics, cacheTtlMs: ttlMs } = deps;
  const { provider, model: name } = model ?? NARRATOR;
  const by = { provider, model: name, byModel: model !== undefined };
  const prompt = createPrompt(deps);
  const prepare = createPrepare();
  const tell = createTell({ ...deps, prompt });
  const cache = ttlMs === undefined ? undefined : createExplanationCache({ ...deps, ttlMs });
  const once = createSingleFlight(deps);
  const similar =
    deps.similar === undefined || model === undefined || ttlMs === undefined
      ? undefined
      : createSimilarExplanations({
          ...deps,
          similar: deps.similar,
          model,
          prompt,
          ttlMs,
          stored: async (key) => cache?.get(key),
        });

  async function make(
    prepared: Prepared,
    key: string,
    request: ExplainRequest,
    since: () => number,
  ): Promise<Explanation> {
    const reworded = await similar?.find(prepared);
    if (reworded !== undefined) {
      await cache?.set(key, reworded);
      return { ...reworded, cached: true, cachedFrom: 'similar', generationTimeMs: since() };
    }
    metrics.count('mira_rca_analyze_cache_misses_total', { provider });
    const { told, isLasting } = await tell(prepared, request);
    const explanation: Explanation = {
      ...told,
      generatedAt: clock.now().toISOString(),
      cached: false,
      generationTimeMs: since(),
    };
    if (isLasting) {
      await cache?.set(key, explanation);
      if (told.degraded === undefined) await similar?.remember(prepared, key);
    }
    return explanation;
  }

  async function find(prepared: Prepared, request: ExplainRequest): Promise<Explanation> {
    const started = clock.now().getTime();
    const since = () => clock.now().getTime() - started;
    const key = await prompt.keyOf(prepared, by);
    const stored = () => cache?.get(key) ?? Promise.resolve(undefined);
    const again = (explanation: Explanation): Explanation => ({
      ...explanation,
      cached: true,
      cachedFrom: explanation.cachedFrom ?? 'same',
      generationTimeMs: since(),
    });
    if (cache === undefined) return make(prepared, key, request, since);
    const kept = await stored();
    if (kept !== undefined) return again(kept);
    const { explanation, isFirst } = await once(key, {
      stored,
      work: () => make(prepared, key, request, since),
    });
    return isFirst ? explanation : again(explanation);
  }

  /** One for each request: an answer in a model's place is an error of the model that should have told it. */
  function countRequest(explanation?: Explanation): void {
    const isFailure = explanation === undefined || explanation.degraded !== undefined;
    const labels = isFailure
      ? { provider, status: 'error' }
      : { provider: explanation.provider, status: 'success' };
    metrics.count('mira_rca_analyze_requests_total', labels);
    if (explanation?.cached) metrics.count('mira_rca_analyze_cache_hits_total', { provider });
  }

  async function explain(rca: Rca, request: ExplainRequest = {}): Promise<Explanation> {
    try {
      const prepared = prepare(rca, request.audience ?? 'executive');
      const explanation = await find(prepared, request);
      countRequest(explanation);
      return explanation;
    } catch (error) {
      countRequest();
      throw error;
    }
  }

  return Object.assign(explain, { flush: async () => cache?.flush() });
}
