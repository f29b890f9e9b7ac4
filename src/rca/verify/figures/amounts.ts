import { numberOf, SMALL_WORDS, TENS } from '../../words/numbers.ts';

const tens = TENS.join('|');
const ONES = SMALL_WORDS.slice(1, 10).join('|');
const WORD = `(?:(?:${tens})[- ](?:${ONES})|${tens}|${SMALL_WORDS.toSorted((a, b) => b.length - a.length).join('|')})`;
/** The source of an expression for a number, in digits or words. */
export const NUMBER = `(?:\\d+(?:[.,]\\d+)*|${WORD})`;

const WHOLE = new RegExp(`^${WORD}$`, 'i');

export const isNumberWord = (text: string): boolean => WHOLE.test(text);

/** What a number in digits or words stands for; not a number when it is none. */
export function quantityOf(text: string): number {
  if (/\d/.test(text)) return Number(text.replace(/,(?=\d{3}\b)/g, '').replace(',', '.'));
  return numberOf(text.toLowerCase().trim().replace(/\s+/, '-')) ?? Number.NaN;
}

/** How a number is meant: exact, rounded, or as a bound that is not far from it. */
export type Meant = 'exact' | 'about' | 'over' | 'under';

const ABOUT =
  /(?:about|around|roughly|approximately|some|close to|just|~|≈|near|circa|or so)\s*(?:an?\s+)?$/i;
const OVER =
  /(?:over|more than|above|at least|upwards? of|in excess of|beyond|exceeding)\s*(?:an?\s+)?$/i;
const UNDER =
  /(?:under|less than|below|at most|up to|no more than|nearly|almost|not quite|within)\s*(?:an?\s+)?$/i;

export function meantBy(before: string): Meant {
  if (ABOUT.test(before)) return 'about';
  if (OVER.test(before)) return 'over';
  return UNDER.test(before) ? 'under' : 'exact';
}

/** Whether a number says what the analysis has: `exact` is how far off a rounded one may be, `about` how far a vague one. */
export function agrees(
  said: number,
  known: number,
  meant: Meant,
  { exact, about }: { exact: number; about: number },
): boolean {
  const apart = known - said;
  if (Math.abs(apart) <= exact + 1e-9) return true;
  if (meant === 'about') return Math.abs(apart) <= about + 1e-9;
  if (meant === 'over') return apart > 0 && apart <= 2 * about;
  return meant === 'under' && apart < 0 && -apart <= 2 * about;
}
