import type { Rca } from '../domain/rca.ts';
import type { LanguageModel } from '../ports/language-model.ts';
import type { Logger } from '../ports/logger.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { SimilarTexts } from '../ports/similar-texts.ts';
import { clean } from '../safety/index.ts';
import type { Explanation } from './explanation.ts';
import type { Prepared } from './prepare.ts';
import type { Prompt } from './prompt.ts';
import { isSameEvidence } from './same-evidence.ts';
import { sha256 } from './sha256.ts';
import { chainsByImportance } from './story.ts';
import { keepTraced } from './telling.ts';
import { createVerifier } from './verify/verify.ts';

export type SimilarDeps = {
  similar: SimilarTexts;
  model: LanguageModel;
  prompt: Prompt;
  /** An explanation by its key, while it is kept. */
  stored(key: string): Promise<Explanation | undefined>;
  ttlMs: number;
  logger: Logger;
  metrics: Metrics;
};

export type SimilarExplanations = {
  /** An explanation of an analysis that says the same in other words; undefined when there is none. */
  find(prepared: Prepared): Promise<Explanation | undefined>;
  remember(prepared: Prepared, key: string): Promise<void>;
};

/** The same words in another order lie well above this. */
const LEAST_SIMILARITY = 0.6;
const MOST_TRIED = 5;

/**
 * Repeats in other words. Everything but the wording of the evidence has to be equal, and its words may differ in
 * nothing that says something, so that likeness never decides what the root cause was; and what is given was
 * traced to the new analysis, sentence by sentence.
 */
export function createSimilarExplanations(deps: SimilarDeps): SimilarExplanations {
  const { similar, model, prompt, stored, ttlMs, logger, metrics } = deps;
  const count = (outcome: 'hit' | 'miss' | 'untraceable' | 'away') =>
    metrics.count('mira_rca_analyze_similar_total', { provider: model.provider, outcome });
  const groupFor = ({ audience, bounded }: Prepared) =>
    sha256(
      JSON.stringify([
        model.provider,
        model.model,
        prompt.id,
        prompt.version,
        prompt.hashFor(audience),
        audience,
        skeletonOf(bounded().rca),
      ]),
    );

  return {
    async find(prepared) {
      const text = wordingOf(prepared.bounded().rca);
      if (text === '') return undefined;
      try {
        const found = await similar.find(clean(text), {
          group: groupFor(prepared),
          limit: MOST_TRIED,
        });
        const near = found.filter(
          (one) => one.similarity >= LEAST_SIMILARITY && isSameEvidence(one.text, text),
        );
        let isAny = false;
        for (const { id } of near) {
          const candidate = await stored(id);
          if (candidate === undefined) continue;
          isAny = true;
          if (!isTrueOf(prepared.bounded().rca, candidate)) continue;
          count('hit');
          return { ...candidate, sourceHash: prepared.sourceHash };
        }
        count(isAny ? 'untraceable' : 'miss');
      } catch (error) {
        logger.debug('Explanations of similar analyses could not be looked up', {}, error);
        count('away');
      }
      return undefined;
    },

    async remember(prepared, key) {
      const text = wordingOf(prepared.bounded().rca);
      if (text === '') return;
      try {
        const group = groupFor(prepared);
        await similar.remember({ id: key, group, text: clean(text), ttlMs });
      } catch (error) {
        logger.debug('An explanation could not be remembered for similar analyses', {}, error);
      }
    },
  };
}

function isTrueOf(rca: Rca, { explanation }: Explanation): boolean {
  const { dropped, isEnough } = keepTraced(explanation, createVerifier(rca));
  return isEnough && dropped.length === 0;
}

/** What must be equal: who and what was hit, when, how badly, the root, and every chain in its order. */
function skeletonOf(rca: Rca): unknown {
  const { impact, rootCause } = rca;
  return [
    impact,
    rootCause.service,
    rootCause.component,
    chainsByImportance(rca).map(({ steps }) =>
      steps.map(({ service, kpiName }) => [service, withoutIds(kpiName)]),
    ),
  ];
}

/** Numbers of incidents and requests change from one telling to the next; 500 and p99 mean something. */
function withoutIds(name: string | undefined): string | undefined {
  return name?.replace(/\d{4,}/g, '#');
}

/** What may differ: how the evidence is put. */
function wordingOf({ rootCause }: Rca): string {
  return rootCause.evidence
    .flatMap(({ details }) => details ?? [])
    .sort()
    .join('\n');
}
