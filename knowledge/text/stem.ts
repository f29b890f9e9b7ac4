/**
 * Word endings off, after M. F. Porter, "An algorithm for suffix stripping" (1980). Endings of doers stay:
 * `operator` and `operation`, `scheduler` and `schedule` are different things to be on call for.
 */
export function stem(word: string): string {
  if (word.length <= 2 || !/^[a-z]+$/.test(word)) return word;
  return tidyEnd(lastSuffix(firstSuffix(yToI(pastAndProgressive(plural(word))))));
}

const VOWEL_GROUP = /[aeiouy]+[^aeiouy]+/g;

/** How many times a vowel group is followed by a consonant group: Porter's measure, with y as a vowel. */
function measure(base: string): number {
  return base.replace(/^y/, 'j').match(VOWEL_GROUP)?.length ?? 0;
}

const hasVowel = (base: string) => /[aeiou]|.y/.test(base);
const endsDouble = (base: string) => /([^aeiou])\1$/.test(base);
/** Consonant, vowel, consonant, as in hop: such words lost an e before -ing. */
const endsShort = (base: string) => /[^aeiou][aeiouy][^aeiouwxy]$/.test(base);

function plural(word: string): string {
  if (word.endsWith('sses') || word.endsWith('xes')) return word.slice(0, -2);
  if (word.endsWith('ies')) return word.length > 4 ? `${word.slice(0, -3)}y` : word.slice(0, -1);
  if (/[^su]s$/.test(word) && word.length > 3) return word.slice(0, -1);
  return word;
}

function pastAndProgressive(word: string): string {
  if (word.endsWith('eed')) return measure(word.slice(0, -3)) > 0 ? word.slice(0, -1) : word;
  const ending = /(?:ed|ing)$/.exec(word)?.[0];
  if (!ending) return word;
  const base = word.slice(0, -ending.length);
  if (!hasVowel(base) || base.length < 3) return word;
  if (/(?:at|bl|iz|[^aeo]u)$/.test(base) || base.endsWith('queu')) return `${base}e`;
  if (endsDouble(base) && !/[lsz]$/.test(base)) return base.slice(0, -1);
  return measure(base) === 1 && endsShort(base) ? `${base}e` : base;
}

function yToI(word: string): string {
  return word.endsWith('y') && word.length > 3 && hasVowel(word.slice(0, -1))
    ? `${word.slice(0, -1)}i`
    : word;
}

/** Longest first. */
const SUFFIXES: readonly (readonly [string, string])[] = [
  ['ational', 'ate'],
  ['ization', 'ize'],
  ['fulness', 'ful'],
  ['ousness', 'ous'],
  ['iveness', 'ive'],
  ['biliti', 'ble'],
  ['tional', 'tion'],
  ['ation', 'ate'],
  ['alism', 'al'],
  ['aliti', 'al'],
  ['ousli', 'ous'],
  ['entli', 'ent'],
  ['iviti', 'ive'],
  ['icate', 'ic'],
  ['ical', 'ic'],
  ['enci', 'ence'],
  ['anci', 'ance'],
  ['ness', ''],
  ['izer', 'ize'],
  ['alli', 'al'],
  ['abli', 'able'],
  ['ful', ''],
  ['eli', 'e'],
];

function firstSuffix(word: string): string {
  for (const [ending, instead] of SUFFIXES) {
    if (!word.endsWith(ending)) continue;
    const base = word.slice(0, -ending.length);
    return measure(base) > 0 ? base + instead : word;
  }
  return word;
}

/** Longest first. */
const LAST_SUFFIXES = [
  'ement',
  'ment',
  'ance',
  'ence',
  'able',
  'ible',
  'ant',
  'ent',
  'ate',
  'iti',
  'ive',
  'ize',
  'ise',
  'ion',
  'al',
] as const;

function lastSuffix(word: string): string {
  for (const ending of LAST_SUFFIXES) {
    if (!word.endsWith(ending)) continue;
    const base = word.slice(0, -ending.length);
    const fits = ending === 'ion' ? /[st]$/.test(base) : true;
    return fits && measure(base) > 1 ? base : word;
  }
  return word;
}

function tidyEnd(word: string): string {
  let tidy = word;
  if (tidy.endsWith('e')) {
    const base = tidy.slice(0, -1);
    const groups = measure(base);
    if (groups > 1 || (groups === 1 && !endsShort(base))) tidy = base;
  }
  return tidy.endsWith('ll') && measure(tidy) > 1 ? tidy.slice(0, -1) : tidy;
}
