import { z } from 'zod';
import type { PromptVotes } from '../ports/explanation-store.ts';

const shareSchema = z.object({
  promptId: z.string(),
  promptVersion: z.string(),
  promptHash: z.string(),
  audience: z.string(),
  explanations: z.number(),
  up: z.number(),
  down: z.number(),
  /** Of thumbs-up among the votes, with the interval that holds the true share in 95 of 100 cases. */
  share: z.number().optional(),
  low: z.number().optional(),
  high: z.number().optional(),
});
type PromptShare = z.infer<typeof shareSchema>;

export const promptComparisonSchema = z.object({
  prompts: z.array(shareSchema),
  /** For each audience: which prompt is better than the others, or that it cannot be told yet. */
  verdicts: z.array(
    z.object({ audience: z.string(), better: z.string().optional(), sentence: z.string() }),
  ),
});
export type PromptComparison = z.infer<typeof promptComparisonSchema>;

const ERROR_SHARE = 0.05;
/** How often a difference that is there is to be found, for the number of votes that this takes. */
const POWER = 0.8;

/**
 * Prompts are compared for one audience at a time: customers and engineers vote differently, and whoever was asked
 * more often would decide.
 */
export function comparePrompts(votes: readonly PromptVotes[]): PromptComparison {
  const prompts = votes.map((row): PromptShare => {
    const count = row.up + row.down;
    if (count === 0) return row;
    return {
      ...row,
      share: row.up / count,
      ...wilson(row.up, count, quantile(1 - ERROR_SHARE / 2)),
    };
  });
  const audiences = [...new Set(votes.map(({ audience }) => audience))];
  return {
    prompts,
    verdicts: audiences.map((audience) => ({
      audience,
      ...verdict(prompts.filter((row) => row.audience === audience)),
    })),
  };
}

function promptName({ promptId, promptVersion, promptHash }: PromptVotes): string {
  return `${promptId} ${promptVersion} (${promptHash.slice(0, 8)})`;
}

function verdict(rows: readonly PromptShare[]): { better?: string; sentence: string } {
  const voted = rows
    .filter((row): row is PromptShare & { share: number } => row.share !== undefined)
    .sort((a, b) => b.share - a.share);
  const [best, ...others] = voted;
  const [next] = others;
  if (best === undefined) return { sentence: 'It cannot be told yet: nobody has voted.' };
  if (next === undefined) {
    return { sentence: `There is nothing to compare: only ${promptName(best)} has votes.` };
  }
  // Against each of several others: the chance of being wrong once is shared among them.
  const z = quantile(1 - ERROR_SHARE / others.length / 2);
  const doubtful = others.find((other) => leastDifference(best, other, z) <= 0);
  const shares = `${percent(best.share)} thumbs-up against ${percent((doubtful ?? next).share)}`;
  if (doubtful === undefined) {
    const what = others.length === 1 ? promptName(next) : 'all others';
    return {
      better: promptName(best),
      sentence: `${promptName(best)} is better than ${what}: ${shares}, more than chance explains.`,
    };
  }
  const needed = votesNeeded(best.share, doubtful.share, z);
  const more =
    needed === undefined
      ? 'They are as good as equal so far.'
      : `If the difference is as it looks, about ${needed} votes on each would show it.`;
  return {
    sentence: `It cannot be told yet whether ${promptName(best)} is better than ${promptName(doubtful)}: ${shares} may be chance. ${more}`,
  };
}

/** Wilson's interval: it holds for few votes and for shares near 0 and 1, too. */
function wilson(up: number, count: number, z: number): { low: number; high: number } {
  const share = up / count;
  const weight = 1 + (z * z) / count;
  const centre = (share + (z * z) / (2 * count)) / weight;
  const half =
    (z * Math.sqrt((share * (1 - share)) / count + (z * z) / (4 * count * count))) / weight;
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

/** The lower end of Newcombe's interval of the difference of two shares. */
function leastDifference(one: PromptVotes, other: PromptVotes, z: number): number {
  const [a, b] = [one, other].map(({ up, down }) => {
    const count = up + down;
    return { share: up / count, ...wilson(up, count, z) };
  });
  if (a === undefined || b === undefined) return 0;
  return a.share - b.share - Math.hypot(a.share - a.low, b.high - b.share);
}

/** On each of the two; undefined where the shares are too near to one another for any number to matter. */
function votesNeeded(one: number, other: number, z: number): number | undefined {
  const difference = Math.abs(one - other);
  if (difference < 0.01) return undefined;
  const spread = one * (1 - one) + other * (1 - other);
  return Math.max(10, Math.ceil(((z + quantile(POWER)) ** 2 * spread) / difference ** 2));
}

/** Of the standard normal distribution, by halving: the values are few, and the function needs no table. */
function quantile(p: number): number {
  let [low, high] = [-10, 10];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (below(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The share of the standard normal distribution below x: Abramowitz and Stegun 7.1.26, right to 1e-7. */
function below(x: number): number {
  const t = 1 / (1 + 0.3275911 * (Math.abs(x) / Math.SQRT2));
  const polynomial =
    t *
    (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const tail = (polynomial * Math.exp(-(x * x) / 2)) / 2;
  return x < 0 ? tail : 1 - tail;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
