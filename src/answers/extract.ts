import type { Passage } from '../ports/knowledge.ts';
import { sentencesOf } from './sentences.ts';
import { shareOf } from './support.ts';
import { wordsOf } from './words.ts';

export type CitedSentence = {
  text: string;
  /** Positions in the answer's sources. */
  sources: number[];
};

const MOST_SENTENCES = 5;
const MOST_PASSAGES = 3;
/** A sentence far below the best one answers something else. */
const LEAST_OF_BEST = 0.4;

/** The sentences of the best passages that speak to the question, in the order in which they stand there. */
export function extract(question: string, passages: readonly Passage[]): CitedSentence[] {
  const asked = wordsOf(question);
  const candidates = passages.slice(0, MOST_PASSAGES).flatMap((passage, source) => {
    const context = wordsOf([passage.title, ...passage.section].join(' '));
    const about = shareOf(asked, context);
    return sentencesOf(passage.text).map((text, position) => ({
      text,
      source,
      position,
      // What stands under a fitting heading answers, even if it repeats no word of the question.
      score: (shareOf(asked, wordsOf(text)) + 0.5 * about) * passage.score,
    }));
  });
  const best = Math.max(...candidates.map(({ score }) => score));
  return candidates
    .filter(({ score }) => score > 0 && score >= LEAST_OF_BEST * best)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, MOST_SENTENCES)
    .toSorted((a, b) => a.source - b.source || a.position - b.position)
    .map(({ text, source }) => ({ text, sources: [source] }));
}
