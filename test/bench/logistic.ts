import { type Fitted, likelihood, type Signs } from '../../knowledge/search/ranking.ts';

/** Signs of the best document, and whether it was the right one. */
export type Example = { signs: Signs; right: boolean };

const ROUNDS = 4_000;
const STEP = 0.5;
/** Keeps signs that say the same from pulling in opposite directions. */
const RIDGE = 0.003;

/** Logistic regression by gradient descent over standardised signs. */
export function fitLikelihood(
  examples: readonly Example[],
  names: readonly (keyof Signs)[],
): Fitted {
  const scales = names.map((name) => {
    const values = examples.map(({ signs }) => signs[name]);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    return { name, mean, deviation: Math.sqrt(variance) || 1 };
  });
  const rows = examples.map(({ signs, right }) => ({
    values: scales.map(({ name, mean, deviation }) => (signs[name] - mean) / deviation),
    right: right ? 1 : 0,
  }));
  let weights = scales.map(() => 0);
  let bias = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const gradient = weights.map(() => 0);
    let biasGradient = 0;
    for (const { values, right } of rows) {
      const sum = values.reduce((total, value, i) => total + value * (weights[i] ?? 0), bias);
      const error = right - 1 / (1 + Math.exp(-sum));
      biasGradient += error;
      values.forEach((value, i) => {
        gradient[i] = (gradient[i] ?? 0) + error * value;
      });
    }
    weights = weights.map(
      (weight, i) => weight + STEP * ((gradient[i] ?? 0) / rows.length - RIDGE * weight),
    );
    bias += (STEP * biasGradient) / rows.length;
  }
  const plain: Signs = {
    lexical: 0,
    passage: 0,
    coverage: 0,
    likeness: 0,
    known: 0,
    lead: 0,
    length: 0,
  };
  scales.forEach(({ name, mean, deviation }, i) => {
    plain[name] = Number(((weights[i] ?? 0) / deviation).toFixed(2));
    bias -= ((weights[i] ?? 0) * mean) / deviation;
  });
  return { weights: plain, bias: Number(bias.toFixed(2)) };
}

/** The share of these examples that would be let through. */
export function passing(examples: readonly Example[], by: Fitted, least: number): number {
  return examples.filter(({ signs }) => likelihood(signs, by) >= least).length / examples.length;
}
