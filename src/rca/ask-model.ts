import {
  explanationPartPrompt,
  explanationPrompt,
  explanationRepairPrompt,
} from '../../prompts/explanation.ts';
import type { Template } from '../../prompts/template.ts';
import type { Audience, Rca, RcaStep } from '../domain/rca.ts';
import type { Ids } from '../ports/ids.ts';
import type { LanguageModel, ModelUse } from '../ports/language-model.ts';
import { clean, createNonce, fence } from '../safety/index.ts';
import { encodeRca } from './encode.ts';
import { faultyOf, keepTraced, withRepairs } from './telling.ts';
import { templateValues } from './template-values.ts';
import type { CountTokens } from './tokens.ts';
import type { Verifier } from './verify/verify.ts';
import { happeningOf } from './words/clauses.ts';
import { looksLikeMetric, symptomOf } from './words/metrics.ts';
import { theService } from './words/names.ts';

/** The same for every prompt: for the hash that answers are cached by, never for a prompt that is sent. */
const NO_NONCE = '0'.repeat(16);

/** In words. A path of services has two a step. */
const LONGEST_NAME = 15;

export type PromptParts = {
  audience: Audience;
  rca: Rca;
  /** The analysis encoded, or what stands for it. */
  data: string;
  leftOut: string;
  template: Template | undefined;
};

const fenced = (label: string, text: string, nonce: string) =>
  fence(label, text, { nonce, mostCharacters: Number.POSITIVE_INFINITY });

export function renderExplanation(parts: PromptParts, nonce: string = NO_NONCE) {
  const { audience, rca, data, leftOut, template } = parts;
  const task = template?.fill(
    mapped(templateValues(rca, data), (value, name) => {
      // Names stand in the middle of the operator's sentences; what could be a sentence itself is fenced.
      const isName = name !== 'TOONData' && value.split(/\s+/).length <= LONGEST_NAME;
      return isName
        ? JSON.stringify(value)
        : fenced(name === 'TOONData' ? 'analysis' : name, value, nonce);
    }),
  );
  return explanationPrompt.render({
    audience,
    // A template that does not ask for the data has chosen what the model sees.
    data: template === undefined ? fenced('analysis', data, nonce) : undefined,
    leftOut,
    ...(task === undefined ? {} : { task }),
  });
}

function mapped<Values extends Record<string, string>>(
  values: Values,
  change: (value: string, name: string) => string,
): Values {
  const entries = Object.entries(values).map(([name, value]) => [name, change(value, name)]);
  return Object.fromEntries(entries) as Values;
}

export type ModelDeps = {
  model: LanguageModel;
  ids: Ids;
  channel?: string;
  /** Gets what each call used, also of those whose words are thrown away. */
  uses: ModelUse[];
};

const asked = ({ channel }: ModelDeps) => ({
  feature: 'explanation' as const,
  ...(channel === undefined ? {} : { channel }),
});

/** Asks for the whole explanation; `onText` hears it as it comes, unchecked. */
export async function askExplanation(
  deps: ModelDeps,
  parts: PromptParts,
  onText?: (piece: string) => void,
): Promise<{ text: string; use: ModelUse }> {
  const { instructions, input } = renderExplanation(parts, createNonce(deps.ids));
  const call = { ...asked(deps), instructions: clean(instructions), input: clean(input) };
  const { text, use } = await deps.model.write(call, onText);
  deps.uses.push(use);
  const told = explanationPrompt.output.safeParse(text);
  return { text: told.success ? withoutMarkup(told.data) : '', use };
}

/** Asks once for other words for what could not be traced; the text as it was when that fails. */
export async function repair(
  deps: ModelDeps,
  text: string,
  verifier: Verifier,
  data: string,
): Promise<{ text: string; failure?: unknown }> {
  const faulty = faultyOf(verifier.check(text));
  if (faulty.length === 0) return { text };
  const nonce = createNonce(deps.ids);
  const { instructions, input } = explanationRepairPrompt.render({
    data: fenced('analysis', data, nonce),
    faults: faulty.map((one, i) => ({
      number: i + 1,
      sentence: fenced('sentence', one.text, nonce),
      why: fenced('fault', one.faults.map(({ why }) => why).join(' '), nonce),
    })),
  });
  try {
    const { value, use } = await deps.model.answer({
      ...asked(deps),
      instructions: clean(instructions),
      input: clean(input),
      name: explanationRepairPrompt.name,
      schema: explanationRepairPrompt.output,
    });
    deps.uses.push(use);
    const repairs = new Map(value.sentences.map((one) => [one.number, withoutMarkup(one.text)]));
    return { text: withRepairs(text, verifier, repairs) };
  } catch (failure) {
    return { text, failure };
  }
}

/** Steps of one part overlap with those of the next by one, so that no link between parts is lost. */
const STEPS_IN_A_PART = 40;

/** A chain that is too long for one prompt, told in parts and joined. Each part is checked like the whole. */
export async function tellInParts(
  deps: ModelDeps,
  rca: Rca,
  verifier: Verifier,
  countTokens: CountTokens,
  mostTokens: number,
): Promise<string> {
  const steps = rca.chains[0]?.steps ?? [];
  const perStep = encodeRca(steps, countTokens).tokens / Math.max(1, steps.length);
  const size = Math.max(
    2,
    Math.min(STEPS_IN_A_PART, Math.floor(mostTokens / 2 / Math.max(1, perStep))),
  );
  const texts: string[] = [];
  for (let from = 0; from < steps.length - 1 || from === 0; from += size - 1) {
    const part = steps.slice(from, from + size);
    const { instructions, input } = explanationPartPrompt.render({
      data: fenced('steps', encodeRca(part, countTokens).text, createNonce(deps.ids)),
      first: from + 1,
      last: from + part.length,
      of: steps.length,
    });
    const { text, use } = await deps.model.write({
      ...asked(deps),
      instructions: clean(instructions),
      input: clean(input),
    });
    deps.uses.push(use);
    const told = explanationPartPrompt.output.safeParse(text);
    const kept = told.success ? keepTraced(withoutMarkup(told.data), verifier) : undefined;
    const half = kept !== undefined && kept.text !== '' && kept.dropped.length <= 1;
    texts.push(half ? kept.text : stepsInShort(part, rca));
  }
  return texts.join('\n');
}

function stepsInShort(steps: readonly RcaStep[], rca: Rca): string {
  return steps
    .map((step) => {
      const where = step.service === undefined ? '' : theService(step.service);
      const what = happeningOf(step, rca) ?? '';
      return [where, what].filter((text) => text !== '').join(': ');
    })
    .join('; then ');
}

/** The words alone: chats and mails draw markup each in their own way. */
function withoutMarkup(text: string): string {
  return text
    .replace(/^\s{0,3}#{1,6}\s+(.*)$/gm, '$1')
    .replace(/(\*\*|__)(.+?)\1/g, '$2')
    .replace(/`([^`\n]+)`/g, '$1')
    .replace(/\r/g, '')
    .trim();
}

/** Metric names that a model let slip, as what they measure. Engineers may see them. */
export function withoutMetricNames(text: string, rca: Rca, audience: Audience): string {
  if (audience === 'engineer') return text;
  const names = [
    rca.impact.metricName,
    ...rca.chains.flatMap(({ steps }) => steps.map(({ kpiName }) => kpiName)),
  ].filter((name): name is string => name !== undefined && /[_]|[a-z][A-Z]/.test(name));
  return [...new Set(names)]
    .sort((a, b) => b.length - a.length)
    .reduce((left, name) => left.replaceAll(name, inWords(name)), text);
}

function inWords(name: string): string {
  return looksLikeMetric(name) ? symptomOf(name) : name.replaceAll('_', ' ');
}
