import { answerPrompt } from '../../prompts/answer.ts';
import type { CleanText } from '../domain/clean-text.ts';
import type { Ids } from '../ports/ids.ts';
import type { KnowledgeSearch, Passage } from '../ports/knowledge.ts';
import type { LanguageModel } from '../ports/language-model.ts';
import type { Logger } from '../ports/logger.ts';
import { clean, createNonce, fence } from '../safety/index.ts';
import { buildContext } from './context.ts';
import { type CitedSentence, extract } from './extract.ts';
import { isSupported } from './support.ts';

export type Answer = {
  /** False: nothing fits, and the sources are merely the nearest. */
  known: boolean;
  sentences: CitedSentence[];
  sources: Passage[];
  degraded: string[];
  /** Sentences that no passage supported and that are therefore not here. */
  dropped: number;
  by: string;
};

export type AnswerQuestion = (question: CleanText, options?: AnswerOptions) => Promise<Answer>;
type AnswerOptions = {
  /** What was said in the incident's thread, oldest first. */
  thread?: readonly CleanText[];
  channel?: string;
  signal?: AbortSignal;
};

const READ = 5;
/** What a model reads of the passages; more of them would push the question out of its mind. */
const CONTEXT_TOKENS = 4_000;

/** Answers from the knowledge base, with a source for every sentence, or says that it does not know. */
export function createAnswerQuestion(deps: {
  knowledge: KnowledgeSearch;
  model?: LanguageModel | undefined;
  ids: Ids;
  logger: Logger;
}): AnswerQuestion {
  return async (question, options = {}) => {
    const { thread = [], signal } = options;
    const found = await search(deps.knowledge, question, thread, signal);
    const { passages: sources, fits, degraded, asked: words } = found;
    const plain = (): Answer => {
      const sentences = fits ? extract(words, sources) : [];
      return {
        known: sentences.length > 0,
        sentences,
        sources,
        degraded,
        dropped: 0,
        by: 'the passages',
      };
    };
    if (!fits || !deps.model) return plain();
    try {
      const asked = await askModel(deps, deps.model, question, sources, options);
      // A model that says nothing supportable is worse than the passages themselves.
      return asked.sentences.length > 0 ? { ...asked, degraded } : plain();
    } catch (error) {
      signal?.throwIfAborted();
      deps.logger.warn('The language model gave no answer: the passages answer.', {}, error);
      const answer = plain();
      return {
        ...answer,
        degraded: [...degraded, 'The language model is away: these are sentences of the sources.'],
      };
    }
  };
}

/** "What do we do now?" is about the incident of the thread: with its report the same words find something. */
async function search(
  knowledge: KnowledgeSearch,
  question: CleanText,
  thread: readonly CleanText[],
  signal: AbortSignal | undefined,
) {
  const options = { limit: READ, ...(signal && { signal }) };
  const found = await knowledge.search(question, options);
  const report = thread[0];
  if (found.fits || report === undefined) return { ...found, asked: question };
  const both = clean(`${question}\n${report}`);
  const wider = await knowledge.search(both, options);
  return wider.fits ? { ...wider, asked: both } : { ...found, asked: question };
}

async function askModel(
  deps: { ids: Ids },
  model: LanguageModel,
  question: CleanText,
  sources: readonly Passage[],
  { thread = [], channel, signal }: AnswerOptions,
): Promise<Omit<Answer, 'degraded'>> {
  const nonce = createNonce(deps.ids);
  const context = buildContext(sources, CONTEXT_TOKENS);
  const read = context.passages.map(({ passage }) => passage);
  const { value, use } = await model.answer({
    feature: 'answer',
    ...(channel === undefined ? {} : { channel }),
    ...(signal && { signal }),
    name: 'answer',
    schema: answerPrompt.schema,
    instructions: clean(answerPrompt.instructions),
    input: clean(
      answerPrompt.render({
        question: fence('question', question, { nonce }),
        passages: fence('passages', context.text, { nonce, mostCharacters: Infinity }),
        thread: thread.length === 0 ? '' : fence('thread', thread.join('\n'), { nonce }),
      }),
    ),
  });
  const sentences = value.sentences.map(({ text, sources: cited }) => ({
    text,
    sources: cited.map((number) => number - 1).filter((index) => read[index] !== undefined),
  }));
  const kept = sentences.filter(
    ({ text, sources: cited }) =>
      cited.length > 0 &&
      isSupported(
        text,
        cited.map((index) => read[index]?.text ?? ''),
      ),
  );
  return {
    known: kept.length > 0,
    sentences: kept,
    sources: read,
    dropped: sentences.length - kept.length,
    by: `${use.provider} ${use.model}`,
  };
}
