import type { FeatureVector } from './features.ts';
import type { Head } from './softmax.ts';

export type Explanation = { spokeFor: string[]; spokeAgainst: string[] };

const MOST_WORDS = 6;
/** A word that moved the score by less than this, or by less than a share of the strongest, tells nothing. */
const LEAST = 0.02;
const LEAST_SHARE = 0.12;

/** Words that lean one way by habit of speech. They count for the model, but are no reason to a person. */
const NO_REASON = new Set(
  'a an and are as at be been but by for from had has have in is it its no not of off on or our out over since so still than that the their then there they this to too up us was we were what when which while who will with you'.split(
    ' ',
  ),
);

/** Which words raised and lowered the winning label against the average of all. */
export function explain(head: Head, vector: FeatureVector, label: number): Explanation {
  const width = head.labels.length;
  const byToken = new Float64Array(vector.tokens.length);
  for (let i = 0; i < vector.columns.length; i++) {
    const row = (vector.columns[i] ?? 0) * width;
    let sum = 0;
    for (let k = 0; k < width; k++) sum += head.weights[row + k] ?? 0;
    const lead = (head.weights[row + label] ?? 0) - sum / width;
    const origins = vector.origins[i] ?? [];
    const share = ((vector.weights[i] ?? 0) * lead) / origins.length;
    for (const token of origins) byToken[token] = (byToken[token] ?? 0) + share;
  }
  const words = new Map<string, number>();
  vector.tokens.forEach(({ surface }, token) => {
    const word = surface.toLowerCase();
    if (word.length < 2 || NO_REASON.has(word) || /^\p{N}/u.test(word)) return;
    words.set(word, (words.get(word) ?? 0) + (byToken[token] ?? 0));
  });
  const ranked = [...words].sort(([, a], [, b]) => b - a);
  const strongest = Math.max(...ranked.map(([, push]) => Math.abs(push)), 0);
  const least = Math.max(LEAST, strongest * LEAST_SHARE);
  const telling = (list: typeof ranked) => list.slice(0, MOST_WORDS).map(([word]) => word);
  return {
    spokeFor: telling(ranked.filter(([, push]) => push >= least)),
    spokeAgainst: telling(ranked.filter(([, push]) => push <= -least).reverse()),
  };
}
