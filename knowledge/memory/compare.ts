import { termsOf } from '../text/index.ts';

/** An alert's words are the same whatever it is about: of two texts with so many words in common, names decide. */
const SAME_WORDS = 0.7;
/** In a small memory two words in common stand out, and still are only two words. */
const FEWEST_SHARED = 3;

/**
 * Whether two reports can be of the same incident, whatever their likeness says: they have enough in common,
 * and they are not one alert about two services or one complaint about two hosts.
 */
export function canBeTheSame(one: string, other: string): boolean {
  const a = read(one);
  const b = read(other);
  const words = shared(a.words, b.words);
  if (words + shared(a.names, b.names) < FEWEST_SHARED) return false;
  const all = a.words.size + b.words.size - words;
  return words / all < SAME_WORDS || !differ(a.names, b.names);
}

/** Names are what has a digit or several parts. Endings that are drawn by lot, as those of pods, are not read. */
function read(text: string): { words: Set<string>; names: Set<string> } {
  const words = new Set<string>();
  const names = new Set<string>();
  for (const { term } of termsOf(text)) {
    if (term.startsWith('=') || /\d/.test(term)) names.add(term);
    else words.add(term);
  }
  return { words, names };
}

function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  return [...a].filter((term) => b.has(term)).length;
}

/** Each has one that the other has not. */
function differ(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const common = shared(a, b);
  return common < a.size && common < b.size;
}
