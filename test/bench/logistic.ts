import type { Fitted } from '../../knowledge/search/ranking.ts';

/** Signs of the best document, and whether it was the right one. */
export type Example<Sign extends string> = {
  signs: Readonly<Record<Sign, number>>;
  right: boolean;
};

const ROUNDS = 4_000;
const STEP = 0.5;
/** Keeps signs that say the same from pulling in opposite directions. */
const RIDGE = 0.003;

/** Logistic regression by gradient descent over standardised signs. */
export function fitLikelihood<Sign extends string>(
  examples: readonly Example<Sign>[],
  names: readonly Sign[],
): Fitted<Sign> {
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
  const plain = new Map<Sign, number>();
  scales.forEach(({ name, mean, deviation }, i) => {
    plain.set(name, Number(((weights[i] ?? 0) / deviation).toFixed(2)));
    bias -= ((weights[i] ?? 0) * mean) / deviation;
  });
  return {
    weights: Object.fromEntries(plain) as Record<Sign, number>,
    bias: Number(bias.toFixed(2)),
  };
}
