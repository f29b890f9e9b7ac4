import type { Candidate } from './finder.ts';

/**
 * Words and vectors fused, higher is better. Of the vectors only the place counts, not the cosine: every
 * embedder has cosines of its own, and a place means the same with all of them. Weights were chosen on the
 * evaluations of test/bench/knowledge-eval.ts, where many near these do as well.
 */
function rankOf({ evidence }: Candidate): number {
  const { lexical, passage, coverage, title, place } = evidence;
  const near = place === undefined ? 0 : 1 / (1 + place / 3);
  return lexical + 0.3 * passage + 0.2 * coverage + 0.2 * title + 0.15 * near;
}

/** Best first; equal ones by source, so that the order is the same every time. */
export function byRank(candidates: readonly Candidate[]): { candidate: Candidate; rank: number }[] {
  return candidates
    .map((candidate) => ({ candidate, rank: rankOf(candidate) }))
    .sort(
      (a, b) =>
        b.rank - a.rank || (a.candidate.document.source < b.candidate.document.source ? -1 : 1),
    );
}

/** What tells whether the best document answers at all. */
export type Signs = {
  lexical: number;
  coverage: number;
  /** Cosine of the question and the passage by the local embedder, whichever embedder searches. */
  likeness: number;
  /** The share of the question's information that stands anywhere in the knowledge base. */
  known: number;
  /** The share of its title that the question says. */
  title: number;
  /** The share of what the question names, of products and everyday matters, that the document does not. */
  foreign: number;
  /** By how much it ranks above the fourth: what fits everything fits nothing. */
  lead: number;
  /** Logarithm of the number of terms in the question: a long one is never covered as a whole. */
  length: number;
};

/** A logistic regression over signs. */
export type Fitted<Sign extends string> = {
  weights: Readonly<Record<Sign, number>>;
  bias: number;
};

/** From test/bench/knowledge-fit.ts: a logistic regression on the questions of test/fixtures/knowledge. */
const ANSWERS: Fitted<keyof Signs> = {
  weights: {
    lexical: 3.91,
    coverage: 3.43,
    likeness: 4.72,
    known: 1.22,
    title: 2.46,
    foreign: -3.76,
    lead: 0.9,
    length: 5.77,
  },
  bias: -16.35,
};

/** How likely it is that a document with these signs answers the question. */
export const likelyAnswers = (signs: Signs) => likelihood(signs, ANSWERS);

export function likelihood<Sign extends string>(
  signs: Readonly<Record<Sign, number>>,
  { weights, bias }: Fitted<Sign>,
): number {
  let sum = bias;
  for (const sign in weights) sum += weights[sign] * signs[sign];
  return 1 / (1 + Math.exp(-sum));
}
