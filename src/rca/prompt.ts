import { explanationPrompt } from '../../prompts/explanation.ts';
import { createTemplate } from '../../prompts/template.ts';
import type { Audience } from '../domain/rca.ts';
import { createRecent } from '../domain/recent.ts';
import { type PromptParts, renderExplanation } from './ask-model.ts';
import { encodeRca, reduceRca } from './encode.ts';
import type { Prepared } from './prepare.ts';
import { sha256 } from './sha256.ts';
import { type CountTokens, loadTokenCounter } from './tokens.ts';

/** What of an analysis goes to a model at most. The contract counts with 400; the largest seen had 1,000. */
const MOST_TOKENS = 6_000;
/** Analyses whose prompt is known, so that a cached answer needs no rendering. */
const MOST_KNOWN = 1_000;

export type WholePrompt = PromptParts & {
  countTokens: CountTokens;
  /** One chain alone is more than the window takes. */
  tooLong: boolean;
};

export type PromptOptions = {
  /** An operator's own prompt. A name in it that we do not have is an error here, at the start. */
  promptTemplate?: string | undefined;
  /** The part of a model's window that the analysis may take. */
  mostTokens?: number;
};

/** The prompt that explanations are asked for with: the house's, or an operator's own. */
export function createPrompt({ promptTemplate, mostTokens = MOST_TOKENS }: PromptOptions) {
  const template = promptTemplate === undefined ? undefined : createTemplate(promptTemplate);
  const own = String(explanationPrompt.version);
  const version =
    promptTemplate === undefined ? own : `${own}-${sha256(promptTemplate).slice(0, 8)}`;
  const keys = createRecent<string>(MOST_KNOWN);

  async function partsOf({ audience, bounded }: Prepared): Promise<WholePrompt> {
    const countTokens = await loadTokenCounter();
    const { rca, leftOut } = bounded();
    const reduced = reduceRca(rca, mostTokens, countTokens);
    const encoded = encodeRca(reduced.rca, countTokens);
    return {
      audience,
      rca: reduced.rca,
      data: encoded.text,
      leftOut: [leftOut, reduced.leftOut].filter((text) => text !== '').join(' '),
      template,
      tooLong: encoded.tokens > mostTokens,
      countTokens,
    };
  }

  return {
    id: explanationPrompt.id,
    version,
    mostTokens,
    partsOf,

    /** The prompt without an analysis: equal hashes mean that two explanations were asked for alike. */
    hashFor(audience: Audience): string {
      const { instructions, input } = explanationPrompt.render({
        audience,
        leftOut: '',
        ...(promptTemplate === undefined ? {} : { task: promptTemplate }),
      });
      return sha256(`${instructions}\n${input}`);
    },

    /** SHA-256 of the rendered prompt with provider, model and version of the prompt. */
    async keyOf(
      prepared: Prepared,
      told: { provider: string; model: string; byModel: boolean },
    ): Promise<string> {
      const known = keys.get(prepared.sourceHash);
      if (known !== undefined) return known;
      let rendered = prepared.sourceHash;
      if (told.byModel) {
        const { instructions, input } = renderExplanation(await partsOf(prepared));
        rendered = `${instructions}\n${input}`;
      }
      const key = sha256(
        JSON.stringify([told.provider, told.model, explanationPrompt.id, version, rendered]),
      );
      keys.set(prepared.sourceHash, key);
      return key;
    },
  };
}

export type Prompt = ReturnType<typeof createPrompt>;
