import { readingPrompt } from '../../prompts/reading.ts';
import type { CleanText } from '../domain/clean-text.ts';
import type { Category } from '../domain/taxonomy.ts';
import type { Ids } from '../ports/ids.ts';
import type { Passage } from '../ports/knowledge.ts';
import type { LanguageModel } from '../ports/language-model.ts';
import { clean, createNonce, fence } from '../safety/index.ts';
import { within } from './within.ts';

export type Reading = { category: Category; reasoning: string; fitting: number[] };

/** Longer than a model usually takes; the card with what was found is up long before. */
const READING_MS = 12_000;
const MOST_PASSAGES = 5;
const MOST_REPORT = 8_000;
const MOST_PASSAGE = 2_500;

/** Asks a language model what the report is, with the passages beside it. It is one voice, and never says how sure. */
export async function askReader(
  deps: { model: LanguageModel; ids: Ids },
  report: CleanText,
  passages: readonly Passage[],
  options: { channel?: string | undefined; signal?: AbortSignal | undefined } = {},
): Promise<Reading> {
  const nonce = createNonce(deps.ids);
  const shown = passages.slice(0, MOST_PASSAGES);
  const { instructions, input } = readingPrompt.render({
    report: fence('report', report, { nonce, mostCharacters: MOST_REPORT }),
    passages: fencePassages(shown, nonce),
  });
  const { value } = await within(READING_MS, options.signal, (signal) =>
    deps.model.answer({
      feature: 'retrieval',
      ...(options.channel === undefined ? {} : { channel: options.channel }),
      instructions: clean(instructions),
      input: clean(input),
      name: readingPrompt.name,
      schema: readingPrompt.output,
      signal,
    }),
  );
  return {
    category: value.category,
    reasoning: value.reasoning,
    fitting: value.fitting.filter((number) => number <= shown.length),
  };
}

/** Passages for a prompt: runbooks are written by many, so they are fenced like everything else. */
export function fencePassages(passages: readonly Passage[], nonce: string): string[] {
  return passages.map(({ title, section, text }) =>
    fence('passage', `${[title, ...section].join(' > ')}\n${text}`, {
      nonce,
      mostCharacters: MOST_PASSAGE,
    }),
  );
}
