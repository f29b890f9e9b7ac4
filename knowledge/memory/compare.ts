import { wordWeight } from '../embedding/index.ts';
import { readAlertText, relatedTo, termsOf } from '../text/index.ts';
import { align } from './substitutions.ts';

/** What two reports say for and against being of the same incident. */
export type Comparison = {
  /** Word for word the same but for counts and times: the same alert about the same thing. */
  same: boolean;
  /** They cannot be: too little in common, or one sentence about two services, hosts or faults. */
  different: boolean;
  /** Logarithm of the number of words in the past one: of a long one more can be shared by chance. */
  pastLength: number;
  /** How much each says that the other has no word for. */
  apart: number;
  /** Where each names something that the other does not: how much they have in common otherwise. */
  otherNames: number;
};

/** Of texts with so much in common, in order, a swapped word decides. */
const SAME_SENTENCE = 0.6;
/** In a small memory two words in common stand out, and still are only two words. */
const FEWEST_SHARED = 3;
/** Nearer than this, it is another word for it. */
const RELATED = 0.4;

export function compareReports(said: string, past: string): Comparison {
  const a = read(said);
  const b = read(past);
  const words = shared(a.words, b.words);
  const names = shared(a.names, b.names);
  const { inOrder, substitutions, same } = align(said, past);
  const differ = names.length < a.names.size && names.length < b.names.size;
  const all = weightOf(new Set([...a.words, ...b.words]));
  const mine = [...a.words].filter((word) => !isSaid(word, b.words)).length;
  const theirs = [...b.words].filter((word) => !isSaid(word, a.words)).length;
  return {
    same,
    different:
      words.length + names.length < FEWEST_SHARED ||
      (inOrder >= SAME_SENTENCE && substitutions > 0),
    pastLength: Math.log(1 + b.words.size),
    apart: Math.min(mine, theirs) / Math.max(1, Math.min(a.words.size, b.words.size)),
    otherNames: differ && all > 0 ? weightOf(words) / all : 0,
  };
}

/** Names are what has a digit or several parts. Endings that are drawn by lot, as those of pods, are not read. */
function read(text: string): { words: Set<string>; names: Set<string> } {
  const words = new Set<string>();
  const names = new Set<string>();
  for (const { term } of termsOf(readAlertText(text).telling)) {
    if (term.startsWith('=') || /\d/.test(term)) names.add(term);
    else if (term !== 'not') words.add(term);
  }
  return { words, names };
}

function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): string[] {
  return [...a].filter((term) => b.has(term));
}

function weightOf(words: Iterable<string>): number {
  let sum = 0;
  for (const word of words) sum += wordWeight(word);
  return sum;
}

function isSaid(word: string, words: ReadonlySet<string>): boolean {
  return (
    words.has(word) ||
    relatedTo(word).some(({ term, nearness }) => nearness >= RELATED && words.has(term))
  );
}
