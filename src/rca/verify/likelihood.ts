import type { Signs } from './signs.ts';

/** What the signs of a sentence add up to, from 0 to 1. Signs that the table does not have count nothing. */
export function likelihood(signs: Signs, weights: Readonly<Record<string, number>>): number {
  let sum = weights.bias ?? 0;
  for (const sign of signs) sum += weights[sign] ?? 0;
  return 1 / (1 + Math.exp(-sum));
}
