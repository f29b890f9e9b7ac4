import { VECTORS, WEIGHTS, WORDS } from './word-table.ts';

export const MEANING_DIMENSIONS = 64;

export type WordMeaning = {
  /** How telling it is, up to 1. */
  weight: number;
  /** Near those of words that are used in the same incidents. */
  vector: Float32Array;
};

const MEANINGS = read();

function read(): Map<string, WordMeaning> {
  const weights = Buffer.from(WEIGHTS, 'base64');
  const bytes = Buffer.from(VECTORS, 'base64');
  const vectors = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  return new Map(
    WORDS.trim()
      .split(/\s+/)
      .map((word, i) => {
        const at = i * MEANING_DIMENSIONS;
        const vector = Float32Array.from(
          vectors.subarray(at, at + MEANING_DIMENSIONS),
          (value) => value / 127,
        );
        return [word, { weight: (weights[i] ?? 0) / 100, vector }];
      }),
  );
}

/** Undefined for a word that is too rare to have been learnt. */
export function meaningOf(term: string): WordMeaning | undefined {
  return MEANINGS.get(term);
}

export function wordWeight(term: string): number {
  return MEANINGS.get(term)?.weight ?? 1;
}

/** Less alike than this, two words merely meet in some incidents. */
const ALIKE = 0.7;
const MOST_NEIGHBOURS = 4;

const neighbours = new Map<string, readonly Neighbour[]>();

export type Neighbour = { term: string; likeness: number };

/** The words that are used as this one is, most alike first. */
export function wordsLike(term: string): readonly Neighbour[] {
  const before = neighbours.get(term);
  if (before) return before;
  const meaning = MEANINGS.get(term);
  const found: Neighbour[] = [];
  if (meaning) {
    for (const [other, { vector }] of MEANINGS) {
      if (other === term) continue;
      let likeness = 0;
      for (let i = 0; i < MEANING_DIMENSIONS; i++) {
        likeness += (vector[i] ?? 0) * (meaning.vector[i] ?? 0);
      }
      if (likeness >= ALIKE) found.push({ term: other, likeness });
    }
    found.sort((a, b) => b.likeness - a.likeness);
    found.splice(MOST_NEIGHBOURS);
    // Only the words of the table get here, so it stays small.
    neighbours.set(term, found);
  }
  return found;
}
