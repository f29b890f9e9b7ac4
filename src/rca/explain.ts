import { createHash } from 'node:crypto';
import { explanationPrompt } from '../../prompts/explanation.ts';
import { createTemplate, type Template } from '../../prompts/template.ts';
import { errorCode } from '../domain/errors.ts';
import type { Audience, Rca } from '../domain/rca.ts';
import type { Cache } from '../ports/cache.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ids } from '../ports/ids.ts';
import type { LanguageModel, ModelUse } from '../ports/language-model.ts';
import type { Logger } from '../ports/logger.ts';
import type { Metrics } from '../ports/metrics.ts';
import {
  askExplanation,
  renderExplanation,
  repair,
  tellInParts,
  withoutMetricNames,
} from './ask-model.ts';
import { cleanRca } from './clean-rca.ts';
import { boundRca, encodeRca, reduceRca } from './encode.ts';
import type { Explanation } from './explanation.ts';
import { createExplanationCache } from './explanation-cache.ts';
import { narrate } from './narrate.ts';
import { keepTraced } from './telling.ts';
import { loadTokenCounter } from './tokens.ts';
import { createVerifier } from './verify/verify.ts';
import { jargonIn, readingGrade } from './words/reading.ts';

/** What of an analysis goes to a model at most. The contract counts with 400; the largest seen had 1,000. */
const MOST_TOKENS = 6_000;
const NARRATOR = { provider: 'local', model: 'narrator', promptId: 'narrator', version: '1' };
/** Hashes of analyses whose prompt is known, so that a cached answer needs no rendering. */
const MOST_KNOWN_PROMPTS = 1_000;

export type ExplainDeps = {
  /** Without one, and whenever it fails, the narrator tells it from the data alone. */
  model?: LanguageModel | undefined;
  cache: Cache;
  /** Undefined: every request is answered anew. */
  cacheTtlMs: number | undefined;
  clock: Clock;
  ids: Ids;
  logger: Logger;
  metrics: Metrics;
  /** An operator's own prompt. A name in it that we do not have is an error here, at the start. */
  promptTemplate?: string | undefined;
  /** The part of a model's window that the analysis may take. */
  mostTokens?: number;
};

export type ExplainRequest = {
  audience?: Audience;
  /** The channel it is for, for the accounts. */
  channel?: string;
  /** Hears how far it is, from 0 to 1. */
  onProgress?: (share: number) => void;
};

export type Explain = {
  (rca: Rca, request?: ExplainRequest): Promise<Explanation>;
  /** Forgets every cached explanation, in every process. */
  flush(): Promise<void>;
};

type Prepared = { rca: Rca; leftOut: string; audience: Audience; sourceHash: string };
type Told = Omit<Explanation, 'cached' | 'generationTimeMs' | 'generatedAt'>;

/** Root causes in plain words: by a language model and checked against the analysis, or by the narrator. */
export function createExplain(deps: ExplainDeps): Explain {
  const { model, clock, logger, metrics, cacheTtlMs } = deps;
  const template =
    deps.promptTemplate === undefined ? undefined : createTemplate(deps.promptTemplate);
  const promptVersion = versionOf(template, deps.promptTemplate);
  const cache =
    cacheTtlMs === undefined ? undefined : createExplanationCache({ ...deps, ttlMs: cacheTtlMs });
  const running = new Map<string, Promise<Explanation>>();
  const knownPrompts = new Map<string, string>();
  const mostTokens = deps.mostTokens ?? MOST_TOKENS;
  const provider = model?.provider ?? NARRATOR.provider;

  async function explain(given: Rca, request: ExplainRequest = {}): Promise<Explanation> {
    const started = clock.now().getTime();
    const prepared = prepare(given, request.audience ?? 'executive');
    const key = await keyOf(prepared);
    const since = () => clock.now().getTime() - started;
    const again = (explanation: Explanation): Explanation => {
      metrics.count('mira_rca_analyze_cache_hits_total', { provider });
      countRequest(explanation.provider, 'success');
      return { ...explanation, cached: true, generationTimeMs: since() };
    };
    const stored = await cache?.get(key);
    if (stored !== undefined) return again(stored);
    // Equal requests at the same moment wait for the first; with no cache each is told anew.
    const first = cache === undefined ? undefined : running.get(key);
    if (first !== undefined) return again(await first);
    metrics.count('mira_rca_analyze_cache_misses_total', { provider });
    const work = (async () => {
      const told = await tell(prepared, request);
      countRequest(told.provider, 'success');
      const explanation: Explanation = {
        ...told,
        generatedAt: clock.now().toISOString(),
        cached: false,
        generationTimeMs: since(),
      };
      // What stands in for a model that is away is not kept: the model may be back in a moment.
      const standsIn = told.degraded !== undefined && told.tokensUsed === 0;
      if (!standsIn) await cache?.set(key, explanation);
      return explanation;
    })();
    running.set(key, work);
    try {
      return await work;
    } catch (error) {
      countRequest(provider, 'error');
      throw error;
    } finally {
      running.delete(key);
    }
  }

  function countRequest(by: string, status: 'success' | 'error'): void {
    metrics.count('mira_rca_analyze_requests_total', { provider: by, status });
  }

  /** SHA-256 of the rendered prompt with provider, model and version of the prompt. */
  async function keyOf(prepared: Prepared): Promise<string> {
    const source = prepared.sourceHash;
    const known = knownPrompts.get(source);
    if (known !== undefined) return known;
    const rendered = model === undefined ? source : await renderedPrompt(prepared);
    const key = sha256(
      JSON.stringify([
        provider,
        model?.model ?? NARRATOR.model,
        explanationPrompt.id,
        promptVersion,
        rendered,
      ]),
    );
    knownPrompts.set(source, key);
    for (const oldest of knownPrompts.keys()) {
      if (knownPrompts.size <= MOST_KNOWN_PROMPTS) break;
      knownPrompts.delete(oldest);
    }
    return key;
  }

  async function renderedPrompt(prepared: Prepared): Promise<string> {
    const { instructions, input } = renderExplanation(await partsOf(prepared));
    return `${instructions}\n${input}`;
  }

  async function partsOf({ rca, leftOut, audience }: Prepared) {
    const countTokens = await loadTokenCounter();
    const reduced = reduceRca(rca, mostTokens, countTokens);
    const encoded = encodeRca(reduced.rca, countTokens);
    const out = [leftOut, reduced.leftOut].filter((text) => text !== '').join(' ');
    const tooLong = encoded.tokens > mostTokens;
    return {
      audience,
      rca: reduced.rca,
      data: encoded.text,
      leftOut: out,
      template,
      tooLong,
      countTokens,
    };
  }

  async function tell(prepared: Prepared, request: ExplainRequest): Promise<Told> {
    if (model === undefined) return narration(prepared);
    const started = clock.now().getTime();
    const uses: ModelUse[] = [];
    try {
      return await tellWith(model, prepared, request, uses);
    } catch (error) {
      logger.warn(
        'A model could not explain a root cause',
        { provider: model.provider, model: model.model },
        error,
      );
      metrics.count('mira_rca_analyze_ai_errors_total', {
        provider: model.provider,
        error_type: errorType(error),
      });
      countRequest(model.provider, 'error');
      return narration(prepared, {
        degraded: 'No language model could be asked, so this was told from the data alone.',
        uses,
      });
    } finally {
      const seconds = (clock.now().getTime() - started) / 1_000;
      metrics.observe('mira_rca_analyze_ai_latency_seconds', { provider: model.provider }, seconds);
      for (const use of uses) {
        const labels = { provider: use.provider, model: use.model };
        metrics.count(
          'mira_rca_analyze_ai_tokens_used_total',
          labels,
          use.inputTokens + use.outputTokens,
        );
      }
    }
  }

  async function tellWith(
    asked: LanguageModel,
    prepared: Prepared,
    request: ExplainRequest,
    uses: ModelUse[],
  ): Promise<Told> {
    const { audience, rca } = prepared;
    const modelDeps = {
      model: asked,
      ids: deps.ids,
      ...(request.channel === undefined ? {} : { channel: request.channel }),
    };
    const verifier = createVerifier(rca);
    const whole = await partsOf(prepared);
    let parts = whole;
    if (whole.tooLong) {
      const told = await tellInParts(modelDeps, whole.rca, verifier, whole.countTokens, mostTokens);
      uses.push(...told.uses);
      const rest = encodeRca({ ...whole.rca, chains: [] }, whole.countTokens).text;
      parts = { ...whole, data: `${rest}\nchain, told in parts:\n${told.text}` };
    }
    request.onProgress?.(0.3);
    const first = await askExplanation(modelDeps, parts);
    uses.push(...first.uses);
    request.onProgress?.(0.7);
    const plain = withoutMetricNames(first.text, rca, audience);
    const repaired = await repair(modelDeps, plain, verifier, parts.data);
    uses.push(...repaired.uses);
    if (repaired.failure !== undefined) {
      logger.warn(
        'An explanation could not be repaired',
        { provider: asked.provider },
        repaired.failure,
      );
    }
    const text = withoutMetricNames(repaired.text, rca, audience);
    const { dropped, isEnough, text: kept } = keepTraced(text, verifier);
    if (!isEnough) {
      return narration(prepared, {
        degraded:
          'Too much of what the language model wrote could not be traced to the data, so this was told from the data alone.',
        uses,
        dropped,
      });
    }
    const last = first.uses.at(-1);
    return {
      explanation: kept,
      tokensUsed: tokensOf(uses),
      provider: last?.provider ?? asked.provider,
      model: last?.model ?? asked.model,
      audience,
      verified: true,
      dropped,
      ...(parts.leftOut === '' ? {} : { leftOut: parts.leftOut }),
      promptId: explanationPrompt.id,
      promptVersion,
      promptHash: sha256(promptAlone(audience)),
      sourceHash: prepared.sourceHash,
      readingGrade: readingGrade(kept),
      jargon: jargonIn(kept),
    };
  }

  /** The prompt without an analysis: equal hashes mean that two explanations were asked for alike. */
  function promptAlone(audience: Audience): string {
    const task = deps.promptTemplate;
    const { instructions, input } = explanationPrompt.render({
      audience,
      leftOut: '',
      ...(task === undefined ? {} : { task }),
    });
    return `${instructions}\n${input}`;
  }

  function narration(
    { rca, audience, sourceHash, leftOut }: Prepared,
    because: { degraded?: string; uses?: ModelUse[]; dropped?: Explanation['dropped'] } = {},
  ): Told {
    const text = narrate(rca, audience);
    const faulty = createVerifier(rca)
      .check(text)
      .filter(({ faults }) => faults.length > 0);
    if (faulty.length > 0) {
      logger.warn('The narrator said what could not be traced', { count: faulty.length });
    }
    return {
      explanation: text,
      tokensUsed: tokensOf(because.uses ?? []),
      provider: NARRATOR.provider,
      model: NARRATOR.model,
      audience,
      verified: faulty.length === 0,
      dropped: because.dropped ?? [],
      ...(because.degraded === undefined ? {} : { degraded: because.degraded }),
      ...(leftOut === '' ? {} : { leftOut }),
      promptId: NARRATOR.promptId,
      promptVersion: NARRATOR.version,
      promptHash: sha256(`${NARRATOR.promptId} ${NARRATOR.version} ${audience}`),
      sourceHash,
      readingGrade: readingGrade(text),
      jargon: jargonIn(text),
    };
  }

  return Object.assign(explain, { flush: async () => cache?.flush() });
}

function prepare(given: Rca, audience: Audience): Prepared {
  const { rca: bounded, leftOut } = boundRca(given);
  const rca = cleanRca(bounded);
  // With the audience: the same analysis told to somebody else is another explanation to keep and to vote on.
  return { rca, leftOut, audience, sourceHash: sha256(`${audience} ${JSON.stringify(rca)}`) };
}

function versionOf(template: Template | undefined, text: string | undefined): string {
  const version = String(explanationPrompt.version);
  return template === undefined || text === undefined
    ? version
    : `${version}-${sha256(text).slice(0, 8)}`;
}

function tokensOf(uses: readonly ModelUse[]): number {
  return uses.reduce((sum, { inputTokens, outputTokens }) => sum + inputTokens + outputTokens, 0);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function errorType(error: unknown): string {
  const code = errorCode(error);
  return code === 'rate_limited' ? 'rate_limit' : code;
}
