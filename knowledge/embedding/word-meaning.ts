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
