const SMALL = (
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen ' +
  'seventeen eighteen nineteen'
).split(' ');

export const SMALL_WORDS: readonly string[] = SMALL;

export const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

/** Small numbers as words, the others as digits. */
export function counted(count: number): string {
  return count <= 12 ? (SMALL[count] ?? String(count)) : String(count);
}

/** What a word for a number up to ninety-nine stands for. */
export function numberOf(word: string): number | undefined {
  const small = SMALL.indexOf(word);
  if (small >= 0) return small;
  const [tens = '', ones] = word.split('-');
  const ten = TENS.indexOf(tens);
  if (ten < 0) return undefined;
  const one = ones === undefined ? 0 : SMALL.indexOf(ones);
  return one < 0 || one > 9 ? undefined : (ten + 2) * 10 + one;
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

const scale =
  (...steps: [number, string][]) =>
  (share: number): string =>
    steps.find(([least]) => share >= least)?.[1] ?? steps.at(-1)?.[1] ?? '';

export const severityInWords = scale(
  [0.8, 'very serious'],
  [0.6, 'serious'],
  [0.4, 'moderate'],
  [0, 'minor'],
);

export const certaintyInWords = scale(
  [0.9, 'very sure'],
  [0.75, 'quite sure'],
  [0.5, 'fairly sure'],
  [0, 'not very sure'],
);

export const closenessInWords = scale(
  [0.9, 'very closely'],
  [0.7, 'closely'],
  [0.4, 'loosely'],
  [0, 'hardly'],
);
