import type { Uncertainty } from '../domain/triage.ts';
import type { FeatureVector } from './features.ts';
import { seededRandom } from './random.ts';
import { type Head, scores, softmax } from './softmax.ts';

export type UncertaintyThresholds = { mcDropout: number; margin: number; entropy: number };

/** The escalation contract's numbers. */
export const CONTRACT_THRESHOLDS: UncertaintyThresholds = {
  mcDropout: 0.3,
  margin: 0.2,
  entropy: 1.0,
};

const PASSES = 30;
const DROPPED = 0.3;

/** Each number has a mechanism of its own: passes with words left out, the lead, the spread. */
export function uncertaintyOf(
  head: Head,
  vector: FeatureVector,
  temperature: number,
  thresholds: UncertaintyThresholds,
): Uncertainty {
  const probabilities = softmax(scores(head, vector), temperature);
  const top = probabilities.indexOf(Math.max(...probabilities));
  const mc_dropout = spreadUnderDropout(head, vector, temperature, top);
  const [first = 0, second = 0] = probabilities.toSorted((a, b) => b - a);
  const margin = first - second;
  const entropy = probabilities.reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0);
  return {
    mc_dropout,
    margin,
    entropy,
    should_escalate:
      mc_dropout > thresholds.mcDropout ||
      margin < thresholds.margin ||
      entropy > thresholds.entropy,
  };
}

/**
 * Whole words are left out, with all the features that come from them: left-out letters alone would say
 * nothing, as their neighbours repeat them. What each word adds is summed up once, so a pass costs a few
 * additions a word. The seed is the text's own shape, so equal texts get equal answers.
 */
function spreadUnderDropout(
  head: Head,
  vector: FeatureVector,
  temperature: number,
  top: number,
): number {
  const random = seededRandom(vector.tokens.length * 7_919 + vector.columns.length);
  const width = head.labels.length;
  const byWord = scoresByWord(head, vector);
  const passes = Array.from({ length: PASSES }, () => {
    const raw = Array.from(head.biases);
    for (let word = 0; word < vector.tokens.length; word++) {
      if (random() < DROPPED) continue;
      for (let k = 0; k < width; k++) {
        raw[k] = (raw[k] as number) + (byWord[word * width + k] as number);
      }
    }
    return softmax(raw, temperature)[top] ?? 0;
  });
  const mean = passes.reduce((sum, p) => sum + p, 0) / PASSES;
  return Math.sqrt(passes.reduce((sum, p) => sum + (p - mean) ** 2, 0) / PASSES);
}

/** What each word adds to the score of each label; a feature seen several times counts for its first word. */
function scoresByWord(head: Head, vector: FeatureVector): Float64Array {
  const width = head.labels.length;
  const sums = new Float64Array(vector.tokens.length * width);
  for (let i = 0; i < vector.columns.length; i++) {
    const row = (vector.columns[i] as number) * width;
    const at = (vector.origins[i]?.[0] ?? 0) * width;
    const weight = vector.weights[i] as number;
    for (let k = 0; k < width; k++) {
      sums[at + k] = (sums[at + k] as number) + weight * (head.weights[row + k] as number);
    }
  }
  return sums;
}
