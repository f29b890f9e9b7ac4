import { readAlertText, relatedTo, termsOf } from '../text/index.ts';

/** Two reports, word by word. */
export type Alignment = {
  /** The share of the shorter one's words that the other says in the same order. */
  inOrder: number;
  /** How many places say one thing here and another there, with the same words before or after. */
  substitutions: number;
  /** Word for word the same but for counts and times. */
  same: boolean;
};

/** More of a report is a log, which says no more at its end. */
const MOST_WORDS = 120;
/** Longer stretches were not swapped, they tell something else. */
const LONGEST_SWAPPED = 6;
/** Other words for the same are no substitution. */
const RELATED = 0.4;

const RUN = /[\p{L}\p{N}]+(?:[_\-./:@][\p{L}\p{N}]+)*/gu;
const COUNT = /^\d[\d.,:]*(?:ms|s|m|h|d|k|kb|mb|gb|tb|am|pm)?$/i;
const ANY_COUNT = '#';
const NAME = /[_\-./:@\d]/;
/** Kubernetes and others make names unique with such endings. */
const RANDOM_ENDING = /-[a-z0-9]*\d[a-z0-9]*-[a-z0-9]{5}\b|-[0-9a-f]{8,}\b/g;

export function align(one: string, other: string): Alignment {
  const a = wordsOf(one);
  const b = wordsOf(other);
  const shared = sharedFrom(a, b);
  let substitutions = 0;
  let here: Word[] = [];
  let there: Word[] = [];
  const close = () => {
    if (isSwapped(here, there)) substitutions += 1;
    here = [];
    there = [];
  };
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const [first, second] = [a[i], b[j]];
    if (first && second && first.key === second.key) {
      close();
      i += 1;
      j += 1;
    } else if (
      first &&
      (!second || sharedAt(shared, b, i + 1, j) >= sharedAt(shared, b, i, j + 1))
    ) {
      here.push(first);
      i += 1;
    } else if (second) {
      there.push(second);
      j += 1;
    }
  }
  close();
  const all = sharedAt(shared, b, 0, 0);
  return {
    inOrder: all / Math.max(1, Math.min(a.length, b.length)),
    substitutions,
    same: all > 0 && all === a.length && all === b.length,
  };
}

type Word = { text: string; key: string };

function wordsOf(text: string): Word[] {
  const plain = readAlertText(text).telling.normalize('NFKC').replace(/['’]/g, '');
  const runs = plain.replace(RANDOM_ENDING, '').match(RUN) ?? [];
  return runs.slice(0, MOST_WORDS).map((run) => {
    const word = run.toLowerCase();
    if (COUNT.test(word)) return { text: word, key: ANY_COUNT };
    return { text: word, key: NAME.test(word) ? word : (termsOf(word)[0]?.term ?? word) };
  });
}

/** Of every pair of places, how many words follow there that both have in the same order. */
function sharedFrom(a: readonly Word[], b: readonly Word[]): Uint16Array {
  const width = b.length + 1;
  const shared = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      shared[i * width + j] =
        a[i]?.key === b[j]?.key
          ? (shared[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(shared[(i + 1) * width + j] ?? 0, shared[i * width + j + 1] ?? 0);
    }
  }
  return shared;
}

const sharedAt = (shared: Uint16Array, b: readonly Word[], i: number, j: number) =>
  shared[i * (b.length + 1) + j] ?? 0;

function isSwapped(here: readonly Word[], there: readonly Word[]): boolean {
  if (here.length > LONGEST_SWAPPED || there.length > LONGEST_SWAPPED) return false;
  const [mine, theirs] = [here.filter(says), there.filter(says)];
  if (mine.length === 0 || theirs.length === 0) return false;
  return !mine.some((one) => theirs.some((other) => areRelated(one.text, other.text)));
}

const says = ({ text, key }: Word) =>
  key !== ANY_COUNT && key !== 'not' && termsOf(text).length > 0;

function areRelated(one: string, other: string): boolean {
  // Names that share a part, as web-04 and web-09, name two things all the same.
  if (NAME.test(one) && NAME.test(other)) return one === other;
  const others = new Set(termsOf(other).map(({ term }) => term));
  return termsOf(one).some(
    ({ term }) =>
      !term.startsWith('=') &&
      (others.has(term) ||
        relatedTo(term).some(
          ({ term: near, nearness }) => nearness >= RELATED && others.has(near),
        )),
  );
}
