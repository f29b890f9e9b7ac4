import type { Category } from '../../src/domain/taxonomy.ts';

type Labelled = { text: string; category: Category };

export type Near = { category: Category; cosine: number };
type ReferenceSearch = (query: string, limit: number) => Near[];

/** A plain search to fit weights with: words by their rarity, compared by the angle between texts. */
export function createReferenceSearch(texts: readonly Labelled[]): ReferenceSearch {
  const words = texts.map(({ text }) => wordsOf(text));
  const seenIn = new Map<string, number>();
  for (const set of words) {
    for (const word of set.keys()) seenIn.set(word, (seenIn.get(word) ?? 0) + 1);
  }
  const rarity = (word: string) => Math.log((1 + texts.length) / (0.5 + (seenIn.get(word) ?? 0)));
  const weigh = (counts: ReadonlyMap<string, number>) => {
    const weighed = new Map(
      [...counts].map(([word, count]) => [word, (1 + Math.log(count)) * rarity(word)]),
    );
    const length = Math.sqrt([...weighed.values()].reduce((sum, value) => sum + value ** 2, 0));
    return { weighed, length: length || 1 };
  };
  const postings = new Map<string, { at: number; value: number }[]>();
  words.forEach((counts, at) => {
    const { weighed, length } = weigh(counts);
    for (const [word, value] of weighed) {
      const list = postings.get(word) ?? [];
      list.push({ at, value: value / length });
      postings.set(word, list);
    }
  });

  const nearest = (query: string, limit: number) => {
    const { weighed, length } = weigh(wordsOf(query));
    const sums = new Float64Array(texts.length);
    for (const [word, value] of weighed) {
      for (const { at, value: other } of postings.get(word) ?? []) {
        sums[at] = (sums[at] ?? 0) + (value / length) * other;
      }
    }
    return [...sums.keys()]
      .sort((a, b) => (sums[b] ?? 0) - (sums[a] ?? 0))
      .slice(0, limit)
      .map((at) => ({ at, cosine: sums[at] ?? 0 }));
  };

  return (query, limit) =>
    nearest(query, limit).flatMap(({ at, cosine }) => {
      const category = texts[at]?.category;
      return category === undefined ? [] : [{ category, cosine }];
    });
}

export type Curve = { middle: number; slope: number };

/** How likely a text with this cosine speaks about the same thing: what the product's search calls its score. */
export function fits(cosine: number, { middle, slope }: Curve): number {
  return 1 / (1 + Math.exp(-slope * (cosine - middle)));
}

const CHANCE = 1 / 6;

/** The curve under which "the same thing, else the same category by chance" explains the pairs best. */
export function fitCurve(pairs: readonly { cosine: number; same: boolean }[]): Curve {
  let best: Curve = { middle: 0.2, slope: 10 };
  let least = Number.POSITIVE_INFINITY;
  for (let middle = 0; middle <= 0.8; middle += 0.02) {
    for (const slope of [2, 4, 6, 8, 10, 14, 20]) {
      const loss = pairs.reduce((sum, { cosine, same }) => {
        const score = fits(cosine, { middle, slope });
        const likely = score + (1 - score) * CHANCE;
        return sum - Math.log(Math.max(1e-9, same ? likely : 1 - likely));
      }, 0);
      if (loss < least) {
        least = loss;
        best = { middle, slope };
      }
    }
  }
  return best;
}

function wordsOf(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  const spaced = text.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').toLowerCase();
  for (const word of spaced.match(/[\p{L}\p{N}]{3,}/gu) ?? []) {
    const stem = word.replace(/(?:ing|ed|es|s)$/, '');
    counts.set(stem, (counts.get(stem) ?? 0) + 1);
  }
  return counts;
}
