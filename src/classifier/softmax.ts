import type { FeatureVector } from './features.ts';
import { seededRandom } from './random.ts';

/** One head: a weight for every column and label, and a bias for every label. */
export type Head = { labels: readonly string[]; weights: Float32Array; biases: Float32Array };

export type Example = { vector: FeatureVector; label: number };

/** An example, and the fold in which it is held out. */
export type FoldedExample = Example & { fold: number };

/** Few and small steps: longer training fits the training set and hears new voices less well. */
const EPOCHS = 8;
const RATE = 0.06;
/** Pulls weights towards zero. */
const DECAY = 1e-5;
/** Share of features left out at each step, so that no single word decides. */
const DROPOUT = 0.3;

/** Raw scores of every label. */
export function scores(head: Head, vector: FeatureVector): number[] {
  const width = head.labels.length;
  const result = Array.from(head.biases);
  for (let i = 0; i < vector.columns.length; i++) {
    const row = (vector.columns[i] as number) * width;
    const weight = vector.weights[i] as number;
    for (let k = 0; k < width; k++) {
      result[k] = (result[k] as number) + weight * (head.weights[row + k] as number);
    }
  }
  return result;
}

export function softmax(raw: readonly number[], temperature = 1): number[] {
  const most = Math.max(...raw);
  const grown = raw.map((score) => Math.exp((score - most) / temperature));
  const total = grown.reduce((sum, value) => sum + value, 0);
  return grown.map((value) => value / total);
}

/**
 * The mean of several runs, which differ in the order of the texts and in the features left out. Scores are
 * linear in the weights, so the mean head answers as the runs would together, at the price of one.
 */
export function trainAveraged(
  labels: readonly string[],
  examples: readonly Example[],
  columns: number,
  { seed, runs }: { seed: number; runs: number },
): Head {
  const width = labels.length;
  const mean: Head = {
    labels,
    weights: new Float32Array(columns * width),
    biases: new Float32Array(width),
  };
  for (let run = 0; run < runs; run++) {
    const head = trainHead(labels, examples, columns, seededRandom(seed + run));
    addTo(mean.weights, head.weights, 1 / runs);
    addTo(mean.biases, head.biases, 1 / runs);
  }
  return mean;
}

/**
 * Multinomial logistic regression by AdaGrad, with feature dropout. The loops run some billion times, so what
 * the types call perhaps undefined is said to be there: every index comes from the arrays' own lengths.
 */
function trainHead(
  labels: readonly string[],
  examples: readonly Example[],
  columns: number,
  random: () => number,
): Head {
  const width = labels.length;
  const weights = new Float32Array(columns * width);
  const biases = new Float32Array(width);
  const meanWeights = new Float32Array(columns * width);
  const meanBiases = new Float32Array(width);
  const squares = new Float32Array(columns * width);
  const biasSquares = new Float32Array(width);
  const errors = new Float64Array(width);
  const order = examples.map((_, i) => i);
  const longest = Math.max(...examples.map(({ vector }) => vector.columns.length));
  const rows = new Int32Array(longest);
  const values = new Float32Array(longest);
  const grow = 1 / (1 - DROPOUT);

  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    shuffle(order, random);
    for (const at of order) {
      const { vector, label } = examples[at] as Example;
      let kept = 0;
      for (let i = 0; i < vector.columns.length; i++) {
        if (random() < DROPOUT) continue;
        rows[kept] = (vector.columns[i] as number) * width;
        values[kept] = (vector.weights[i] as number) * grow;
        kept += 1;
      }

      errors.set(biases);
      for (let i = 0; i < kept; i++) {
        const row = rows[i] as number;
        const value = values[i] as number;
        for (let k = 0; k < width; k++) {
          errors[k] = (errors[k] as number) + value * (weights[row + k] as number);
        }
      }
      toErrors(errors, label);

      for (let k = 0; k < width; k++) {
        const gradient = errors[k] as number;
        const past = (biasSquares[k] as number) + gradient * gradient;
        biasSquares[k] = past;
        biases[k] = (biases[k] as number) - (RATE * gradient) / Math.sqrt(past + TINY);
      }
      for (let i = 0; i < kept; i++) {
        const row = rows[i] as number;
        const value = values[i] as number;
        for (let k = 0; k < width; k++) {
          const current = weights[row + k] as number;
          const gradient = (errors[k] as number) * value + DECAY * current;
          const past = (squares[row + k] as number) + gradient * gradient;
          squares[row + k] = past;
          weights[row + k] = current - (RATE * gradient) / Math.sqrt(past + TINY);
        }
      }
    }
    if (epoch >= EPOCHS - AVERAGED) {
      addTo(meanWeights, weights, 1 / AVERAGED);
      addTo(meanBiases, biases, 1 / AVERAGED);
    }
  }
  return { labels, weights: meanWeights, biases: meanBiases };
}

/** The mean of the last epochs: each alone still swings with the order of the texts. */
const AVERAGED = 6;

function addTo(sum: Float32Array, values: Float32Array, share: number): void {
  for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (values[i] as number) * share;
}

const TINY = 1e-6;

/** Turns raw scores into probabilities less what was wanted: the gradient of the loss. */
function toErrors(raw: Float64Array, label: number): void {
  let most = Number.NEGATIVE_INFINITY;
  for (const score of raw) if (score > most) most = score;
  let total = 0;
  for (let k = 0; k < raw.length; k++) {
    const grown = Math.exp((raw[k] as number) - most);
    raw[k] = grown;
    total += grown;
  }
  for (let k = 0; k < raw.length; k++) raw[k] = (raw[k] as number) / total - (k === label ? 1 : 0);
}

function shuffle(items: number[], random: () => number): void {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const held = items[i] ?? 0;
    items[i] = items[j] ?? 0;
    items[j] = held;
  }
}
