import { readAlertText, relatedTo, stem, subjectNames, termsOf } from '../text/index.ts';
import type { Hold } from './hold.ts';

/** Nearer than this, another word is another name of the same. */
const SAME = 0.8;

/** Tells of documents, by their place in the index, the share of what the question names that they do not. */
export function strangenessTo(hold: Hold, query: string): (ordinal: number) => number {
  const sayers = subjectsOf(query).map((names) => {
    const ordinals = new Set<number>();
    for (const name of names.flatMap((one) => [one, `=${one}`])) {
      const id = hold.postings.find(name);
      if (id === undefined) continue;
      hold.postings.each(id, (unit) => ordinals.add(hold.unitDocument.values[unit] ?? -1));
    }
    return ordinals;
  });
  return (ordinal) =>
    sayers.filter((ordinals) => !ordinals.has(ordinal)).length / Math.max(1, sayers.length);
}

/** The products and everyday matters that a question names, each by all its names. */
function subjectsOf(query: string): string[][] {
  const named = new Map<string, string[]>();
  for (const { term, word } of termsOf(readAlertText(query).telling)) {
    const name = term.startsWith('=') ? stem(word) : term;
    const names = subjectNames(name);
    if (names.length === 0) continue;
    const same = relatedTo(name).filter(({ nearness }) => nearness >= SAME);
    named.set(name, [...names, ...same.map(({ term: other }) => other)]);
  }
  return [...named.values()];
}
