import { answerPrompt } from '../../prompts/answer.ts';
import type { Sight } from '../domain/circle.ts';
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

export type AnswerQuestion = (question: CleanText, options: AnswerOptions) => Promise<Answer>;
type AnswerOptions = {
  /** What may be read where the answer goes. */
  sight: Sight;
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
  return async (question, options) => {
    const found = await search(deps.knowledge, question, options);
    const { signal } = options;
    const { passages: sources, fits, degraded, asked: words } = found;
    const plain = async (): Promise<Answer> => {
      const read = fits ? await withWholeBest(deps, sources) : sources;
      const sentences = fits ? extract(words, read) : [];
      return {
        known: sentences.length > 0,
        sentences,
        sources: read,
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
      const answer = await plain();
      return {
        ...answer,
        degraded: [...degraded, 'The language model is away: these are sentences of the sources.'],
      };
    }
  };
}

/** The part that answers may be another than the one that was found: of the best page, all is read. */
async function withWholeBest(
  { knowledge, logger }: { knowledge: KnowledgeSearch; logger: Logger },
  sources: readonly Passage[],
): Promise<Passage[]> {
  const [best] = sources;
  if (!best) return [];
  try {
    const whole = await knowledge.whole(best);
    const ids = new Set(whole.map(({ id }) => id));
    return [...whole, ...sources.filter(({ id }) => !ids.has(id))];
  } catch (error) {
    logger.warn('The best page cannot be read as a whole: its passages answer.', {}, error);
    return [...sources];
  }
}

/** "What do we do now?" is about the incident of the thread: with its report the same words find something. */
async function search(
  knowledge: KnowledgeSearch,
  question: CleanText,
  { sight, thread = [], signal }: AnswerOptions,
) {
  const options = { limit: READ, sight, ...(signal && { signal }) };
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
