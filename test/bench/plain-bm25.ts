/** The plainest search by words: what ours is measured against in the same run. */

const SATURATION = 1.2;
const FLATNESS = 0.75;

type PlainSearch = (query: string, limit: number) => string[];

export function createPlainSearch(texts: Iterable<{ id: string; text: string }>): PlainSearch {
  const ids: string[] = [];
  const lengths: number[] = [];
  const postings = new Map<string, number[]>();
  for (const { id, text } of texts) {
    const words = wordsOf(text);
    const counts = new Map<string, number>();
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
    for (const [word, times] of counts) {
      const list = postings.get(word);
      if (list) list.push(ids.length, times);
      else postings.set(word, [ids.length, times]);
    }
    ids.push(id);
    lengths.push(words.length);
  }
  const average = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, ids.length);
  return (query, limit) => {
    const scores = new Float64Array(ids.length);
    for (const word of new Set(wordsOf(query))) {
      const list = postings.get(word) ?? [];
      const count = list.length / 2;
      const worth = Math.log(1 + (ids.length - count + 0.5) / (count + 0.5));
      for (let i = 0; i < list.length; i += 2) {
        const at = list[i] ?? 0;
        const times = list[i + 1] ?? 0;
        const relative = (lengths[at] ?? 0) / average;
        const full = times + SATURATION * (1 - FLATNESS + FLATNESS * relative);
        scores[at] = (scores[at] ?? 0) + (worth * times * (SATURATION + 1)) / full;
      }
    }
    return [...scores.keys()]
      .filter((at) => (scores[at] ?? 0) > 0)
      .sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0))
      .slice(0, limit)
      .map((at) => ids[at] ?? '');
  };
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
