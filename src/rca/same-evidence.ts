/** Words of relation, time and statistics: they put evidence, and say nothing of their own. The order is the chain's. */
const PUT_WITH = new Set(
  'a an and are as at be been being by did do does during for from had has have in into is it its of on or than that the their then there these this those to was were when where which while with within about around approximately roughly after afterwards ahead before behind earlier follow followed following follows later lead leading leads led preceded precedes preceding prior since subsequent subsequently until between both also always consistently again coefficient confidence correlate correlated correlates correlation p pearson pvalue r rho score spearman kendall significance significant statistical statistically strong strongly strength value indicate indicated indicates observe observed observes report reported reports saw see seen show showed shown shows found noted detected got minute minutes min mins second seconds sec secs hour hours'.split(
    ' ',
  ),
);

/** Names of tickets change from one telling to the next. */
const TICKET = /\b[a-z]{2,10}-\d{3,}\b/gi;
const WORD = /\p{L}[\p{L}\p{N}_]*(?:[-.'’][\p{L}\p{N}_]+)*/gu;
const NUMBER = /\d+(?:[.,:]\d+)*/g;

/**
 * Whether two pieces of evidence differ in nothing but how they are put. Likeness of vectors cannot tell that:
 * one word changes what happened and hardly moves the vector. So every word that says something must be in the
 * other one too, and every number.
 */
export function isSameEvidence(one: string, other: string): boolean {
  return (
    isEqual(tellingWords(one), tellingWords(other)) && isEqual(numbersIn(one), numbersIn(other))
  );
}

function tellingWords(text: string): Set<string> {
  const words = text.replace(TICKET, ' ').match(WORD) ?? [];
  return new Set(words.filter((word) => !PUT_WITH.has(word.toLowerCase())).map(withoutEnding));
}

/** Enough to take "failures" and "failed", "filled" and "filling" for one. */
function withoutEnding(word: string): string {
  const lower = word.toLowerCase().replace(/['’]s$/, '');
  if (lower.length < 5 || !/^\p{L}+$/u.test(lower)) return lower;
  return lower.replace(/(?:ures?|ings?|ies|ied|es|ed|s|e)$/, '');
}

function numbersIn(text: string): Set<string> {
  return new Set(text.replace(TICKET, ' ').match(NUMBER) ?? []);
}

function isEqual(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((item) => other.has(item));
}
