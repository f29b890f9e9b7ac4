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
  passage: number;
  coverage: number;
  /** Cosine of the question and the passage by the local embedder, whichever embedder searches. */
  likeness: number;
  /** The share of the question's information that stands anywhere in the knowledge base. */
  known: number;
  /** By how much it ranks above the fourth: what fits everything fits nothing. */
  lead: number;
  /** Logarithm of the number of terms in the question: a long one is never covered as a whole. */
  length: number;
};

export type Fitted = { weights: Signs; bias: number };

/** From test/bench/knowledge-fit.ts: a logistic regression on the questions of test/fixtures/knowledge. */
const ANSWERS: Fitted = {
  weights: {
    lexical: 8.01,
    passage: 2.46,
    coverage: 3.65,
    likeness: 12.82,
    known: 2.94,
    lead: 1.57,
    length: 4.37,
  },
  bias: -19.12,
};

/** How likely it is that a document with these signs answers the question. */
export function likelihood(signs: Signs, { weights, bias }: Fitted = ANSWERS): number {
  const sum =
    weights.lexical * signs.lexical +
    weights.passage * signs.passage +
    weights.coverage * signs.coverage +
    weights.likeness * signs.likeness +
    weights.known * signs.known +
    weights.lead * signs.lead +
    weights.length * signs.length;
  return 1 / (1 + Math.exp(-(sum + bias)));
}
