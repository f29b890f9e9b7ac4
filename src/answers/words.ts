/** Words that every text has, whatever it is about. */
const COMMON = new Set(
  'a about after again all also an and any are as at be because been before being below between both but by can could did do does doing down during each few for from further had has have having he her here hers him his how i if in into is it its itself just me more most my no nor not now of off on once only or other our out over own same she should so some such than that the their them then there these they this those through to too under until up us very was we were what when where which while who whom why will with would you your please tell let get make need use'.split(
    ' ',
  ),
);

/** What must stand in the source letter by letter: numbers, names of things, commands. */
const HARD = /\d|[_/\\=@:]|\w[.-]\w|^[A-Z]{2,}$|[a-z][A-Z]/;

export type Words = { soft: Set<string>; hard: Set<string>; negated: boolean };

export function wordsOf(text: string): Words {
  const soft = new Set<string>();
  const hard = new Set<string>();
  for (const [raw] of text.matchAll(/[\p{L}\p{N}_./\\=@:%$-]+/gu)) {
    const word = raw.replace(/^[.:,/-]+|[.:,/-]+$/g, '');
    if (word === '') continue;
    if (HARD.test(word)) hard.add(word.toLowerCase());
    else if (!COMMON.has(word.toLowerCase())) soft.add(stem(word.toLowerCase()));
  }
  return { soft, hard, negated: NEGATION.test(text) };
}

const NEGATION = /\b(?:not|never|no longer|without|cannot|avoid)\b|n['’]t\b/i;

/** Enough to see that "restarting" and "restarts" are the same work. */
export function stem(word: string): string {
  if (word.length < 5) return word;
  return word
    .replace(/(?:ies)$/, 'y')
    .replace(/(?:ations?|ating|ated|ates)$/, 'ate')
    .replace(/(?:ings?|edly|ed|es|s|ly)$/, '')
    .replace(/(.)\1$/, '$1')
    .replace(/e$/, '');
}
