import { wordsLike } from '../embedding/index.ts';
import { pairsOf, readAlertText, relatedTo, stem, type Term, termsOf } from '../text/index.ts';

/** What one term of a question may be called in a page, best first; the first is the term itself. */
export type QueryTerm = {
  term: string;
  alternatives: { term: string; nearness: number }[];
  /** How much it counts: said twice is a little more than said once. */
  weight: number;
};

/** A phrase stands for both its words only in part. */
const PHRASE_SHARE = 0.8;
/** `crash looping` for `crashlooping`, and the other way round. */
const JOINED = 0.9;
/** What is used in the same incidents is at times another word for it. */
const USED_ALIKE = 0.3;
/** An alert is a few dozen terms; of a pasted log the most telling ones are enough. */
const MOST_TERMS = 512;
/** Pairs are known from titles and headings only. */
const PAIR_WEIGHT = 0.5;
const SHORTEST_HALF = 3;
/** Which machine or tenant it is says less than what is wrong with it. */
const ASIDE = 0.5;
const INSTANCE_LABEL =
  /(?:\b|")(?:host|hostname|instance|node|pod|container|cluster|namespace|env|region|zone|site|src|dst|peer|user|tenant|customer|device|id)"?(?:=|":\s?)"?([^\s",;}\]]+)/gi;
/** A code that no page has: it may well be the number of a machine. */
const UNKNOWN_CODE = 0.4;

/** Reads a question for an index that knows certain terms. */
export function queryTermsOf(query: string, knows: (term: string) => boolean): QueryTerm[] {
  const { telling, labels } = readAlertText(query);
  const terms = termsOf(`${telling}\n${labels}`);
  const aside = new Set([...namesOfInstances(telling), ...onlyIn(labels, telling)]);
  const found = new Map<string, QueryTerm & { count: number }>();

  for (const { term } of terms) {
    const known = found.get(term);
    if (known) {
      known.count += 1;
    } else if (found.size < MOST_TERMS) {
      // A whole name that no page has says nothing that its parts do not say.
      if (term.startsWith('=') && !knows(term)) continue;
      // So does a number: a count that nobody has written down before.
      if (/^\d+$/.test(term) && !knows(term)) continue;
      const weight =
        (aside.has(term) ? ASIDE : 1) * (/\d/.test(term) && !knows(term) ? UNKNOWN_CODE : 1);
      found.set(term, { term, alternatives: [{ term, nearness: 1 }], weight, count: 1 });
    }
  }
  const offer = (to: string, term: string, nearness: number) => {
    if (to === term || !knows(term)) return;
    const alternatives = found.get(to)?.alternatives;
    const same = alternatives?.find((alternative) => alternative.term === term);
    if (same) same.nearness = Math.max(same.nearness, nearness);
    else alternatives?.push({ term, nearness });
  };

  for (const query of found.values()) {
    for (const { term, nearness } of relatedTo(query.term)) offer(query.term, term, nearness);
    for (const { term, likeness } of wordsLike(query.term)) {
      offer(query.term, term, USED_ALIKE * likeness);
    }
    if (!knows(query.term)) offerHalves(query, knows);
  }
  for (const [first, second] of neighbours(terms)) {
    const both = [first.term, second.term];
    for (const { term, nearness } of relatedTo(both.join(' '))) {
      for (const word of both) offer(word, term, nearness * PHRASE_SHARE);
    }
    for (const joined of [stem(first.word + second.word), `=${first.word}${second.word}`]) {
      for (const word of both) offer(word, joined, JOINED);
    }
  }
  const pairs = new Set(pairsOf(terms).filter(knows));
  return [
    ...[...found.values()].map(({ count, ...query }) => ({
      ...query,
      weight: query.weight * (1 + Math.log(Math.min(count, 4)) * 0.5),
    })),
    ...[...pairs].map((term) => ({
      term,
      alternatives: [{ term, nearness: 1 }],
      weight: PAIR_WEIGHT,
    })),
  ];
}

/** The terms of values that labels such as `host=` give, unless they are said elsewhere too. */
function namesOfInstances(query: string): string[] {
  const values: string[] = [];
  const rest = query.replace(INSTANCE_LABEL, (_, value: string) => {
    values.push(value);
    return ' ';
  });
  return values.length === 0 ? [] : onlyIn(values.join(' '), rest);
}

function onlyIn(text: string, other: string): string[] {
  const others = new Set(termsOf(other).map(({ term }) => term));
  return termsOf(text).flatMap(({ term }) => (others.has(term) ? [] : [term]));
}

function* neighbours(terms: readonly Term[]): Iterable<[Term, Term]> {
  const words = terms.filter(({ term }) => !term.startsWith('='));
  for (let i = 1; i < words.length; i++) {
    const first = words[i - 1];
    const second = words[i];
    if (first && second) yield [first, second];
  }
}

/** A word that no page has may be two words there. */
function offerHalves(query: QueryTerm, knows: (term: string) => boolean): void {
  const word = query.term;
  for (let cut = SHORTEST_HALF; cut <= word.length - SHORTEST_HALF; cut++) {
    const halves = [stem(word.slice(0, cut)), stem(word.slice(cut))];
    if (!halves.every(knows)) continue;
    for (const term of halves) query.alternatives.push({ term, nearness: JOINED / 2 });
    return;
  }
}
