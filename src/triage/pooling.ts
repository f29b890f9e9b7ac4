import { CATEGORIES, type Category } from '../domain/taxonomy.ts';
import type { Probabilities, Verdict } from '../domain/triage.ts';

/** One voice beside the model's: what it says the category is, and how likely it speaks about this incident. */
export type CategoryVote = { from: VoteSource; category: Category; score: number };

export const VOTE_SOURCES = ['page', 'incident', 'reader', 'opinion'] as const;
export type VoteSource = (typeof VOTE_SOURCES)[number];

/**
 * `reliability`: how often a voice that does speak about this incident has the right category.
 * `weight`: how much of what its kind says counts.
 */
export type VoteWeights = Record<VoteSource, { reliability: number; weight: number }> & {
  /**
   * How sharp the pool stays where a voice fits wholly. Below 1, as voices and model err together: they have
   * read the same misleading words.
   */
  sharpness: number;
};

/**
 * Incidents are fitted by test/bench/ladder-eval.ts on the project's own texts, in ways of speaking that the model
 * had not heard, by the likelihood of the right categories. Pages and sharpness are milder than that fit: its
 * reports and its pages were written by the same people, and on texts of other origin the fit is too sure. There
 * a page weighs as much as it is right when it fits well, which `npm run bench:ladder` prints. A language model cannot be fitted without knowing which one is
 * configured, so its vote is fixed and modest: it multiplies the odds of what it names by about three, which
 * turns a close call and never a clear one.
 */
export const FITTED_WEIGHTS: VoteWeights = {
  page: { reliability: 0.6, weight: 0.5 },
  incident: { reliability: 0.95, weight: 1 },
  reader: { reliability: 0.6, weight: 0.5 },
  opinion: { reliability: 0.6, weight: 0.5 },
  sharpness: 0.8,
};

/** Share of voices left out at a pass over them, and how many passes: as the model does with words. */
const PASSES = 30;
const LEFT_OUT = 0.3;

/**
 * The model's verdict and the voices as one: a log-linear pool in which every kind of voice has its weight.
 * Voices of one kind speak together, weighted by their scores, so ten pages that say the same are not ten
 * proofs; voices with scores near zero change nothing.
 */
export function pool(
  verdict: Verdict,
  votes: readonly CategoryVote[],
  weights: VoteWeights = FITTED_WEIGHTS,
): Verdict {
  if (votes.length === 0) return verdict;
  const pooled = pooledProbabilities(verdict.probabilities, votes, weights);
  const ranked = CATEGORIES.toSorted((a, b) => pooled[b] - pooled[a]);
  const [category = verdict.category, second = verdict.category] = ranked;
  return {
    ...verdict,
    category,
    confidence: pooled[category],
    probabilities: pooled,
    uncertainty: {
      mc_dropout: spread(verdict, votes, weights, pooled, category),
      margin: pooled[category] - pooled[second],
      entropy: entropyOf(pooled),
      should_escalate: verdict.uncertainty.should_escalate,
    },
  };
}

/** The pool's probabilities alone, without the passes over its voices. */
export function pooledProbabilities(
  prior: Probabilities,
  votes: readonly CategoryVote[],
  weights: VoteWeights,
): Probabilities {
  const logs = CATEGORIES.map((category) => Math.log(Math.max(prior[category], 1e-9)));
  for (const source of VOTE_SOURCES) {
    const voices = votes.filter((vote) => vote.from === source);
    const heard = voices.reduce((sum, { score }) => sum + score, 0);
    if (heard <= 0) continue;
    const { reliability, weight } = weights[source];
    const strongest = Math.max(...voices.map(({ score }) => score));
    const credit = Math.min(1, strongest) * reliability;
    CATEGORIES.forEach((category, k) => {
      const named = voices.reduce(
        (sum, vote) => (vote.category === category ? sum + vote.score : sum),
        0,
      );
      const likelihood = (1 - credit) / CATEGORIES.length + (credit * named) / heard;
      logs[k] = (logs[k] ?? 0) + weight * Math.log(likelihood);
    });
  }
  const loudest = Math.min(1, Math.max(0, ...votes.map(({ score }) => score)));
  const sharpness = 1 - (1 - weights.sharpness) * loudest;
  const most = Math.max(...logs);
  const grown = logs.map((log) => Math.exp(sharpness * (log - most)));
  const total = grown.reduce((sum, value) => sum + value, 0);
  return Object.fromEntries(
    CATEGORIES.map((category, k) => [category, (grown[k] ?? 0) / total]),
  ) as Probabilities;
}

/**
 * How far the winner's probability moves when voices are left out, together with how far it moved when the
 * model left out words: the latter carried over as a shift of its log-odds.
 */
function spread(
  verdict: Verdict,
  votes: readonly CategoryVote[],
  weights: VoteWeights,
  pooled: Probabilities,
  winner: Category,
): number {
  const passes = Array.from({ length: PASSES }, (_, pass) => {
    const kept = votes.filter((_, i) => !isLeftOut(pass, i));
    return pooledProbabilities(verdict.probabilities, kept, weights)[winner];
  });
  const mean = passes.reduce((sum, p) => sum + p, 0) / PASSES;
  const ofVoices = passes.reduce((sum, p) => sum + (p - mean) ** 2, 0) / PASSES;
  const steepness = (p: number) => Math.max(p * (1 - p), 1e-6);
  const ofWords =
    (verdict.uncertainty.mc_dropout * steepness(pooled[winner])) / steepness(verdict.confidence);
  // A probability cannot spread further than this, however steep the carried shift.
  return Math.min(0.5, Math.sqrt(ofVoices + ofWords ** 2));
}

/** Fixed by place and pass, so that equal evidence gives equal numbers. */
function isLeftOut(pass: number, voice: number): boolean {
  const mixed = Math.imul((pass + 1) * 0x9e3779b1 + (voice + 1) * 0x85ebca6b, 0xc2b2ae35) >>> 0;
  return (mixed ^ (mixed >>> 15)) % 1_000 < LEFT_OUT * 1_000;
}

function entropyOf(probabilities: Probabilities): number {
  return CATEGORIES.reduce((sum, category) => {
    const p = probabilities[category];
    return p > 0 ? sum - p * Math.log(p) : sum;
  }, 0);
}
