import { VECTORS, WEIGHTS, WORDS } from './word-table.ts';

export const MEANING_DIMENSIONS = 64;

export type WordMeaning = {
  /** How telling it is, up to 1. */
  weight: number;
  /** Near those of words that are used in the same incidents. */
  vector: Float32Array;
};

const TABLE = WORDS.trim().split(/\s+/);
/** One row a word, so that going over all of them is quick. */
const ROWS = readRows();
const MEANINGS = read();

function readRows(): Float32Array {
  const bytes = Buffer.from(VECTORS, 'base64');
  const vectors = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  return Float32Array.from(vectors, (value) => value / 127);
}

function read(): Map<string, WordMeaning> {
  const weights = Buffer.from(WEIGHTS, 'base64');
  return new Map(
    TABLE.map((word, i) => {
      const at = i * MEANING_DIMENSIONS;
      const vector = ROWS.subarray(at, at + MEANING_DIMENSIONS);
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
    TABLE.forEach((other, row) => {
      const at = row * MEANING_DIMENSIONS;
      let likeness = 0;
      for (let i = 0; i < MEANING_DIMENSIONS; i++) {
        likeness += (ROWS[at + i] ?? 0) * (meaning.vector[i] ?? 0);
      }
      if (likeness >= ALIKE && other !== term) found.push({ term: other, likeness });
    });
    found.sort((a, b) => b.likeness - a.likeness);
    found.splice(MOST_NEIGHBOURS);
    // Only the words of the table get here, so it stays small.
    neighbours.set(term, found);
  }
  return found;
}
