import { THINGS } from '../plain-words.ts';
import { type Meant, NUMBER, quantityOf } from './amounts.ts';
import type { FigureReader } from './reader.ts';
import { checkShare } from './shares.ts';

const MONEY =
  /[$€£] ?\d[\d.,]*(?: ?(?:k|m|bn|million|billion|thousand))?|\b\d[\d.,]* (?:dollars|euros|pounds)\b/gi;
const DOZEN = /\b(half a|a|one) dozen (\w+)?/gi;
const MAGNITUDE =
  /\b(?:hundreds|thousands|millions|dozens|scores) of\b|\b(?:(?:a|one|\d+|several|two|three) )?(?:hundred|thousand|million|billion|dozen)\b|\b(?:doubl(?:ed?|ing)|tripl(?:ed?|ing)|quadrupled?|halved|twice|threefold|fourfold|fivefold|tenfold|twofold|\w+-fold|thrice)\b|\b\d+(?:\.\d+)?x\b/gi;
const PLAIN_NUMBER = new RegExp(`(?<![\\w-])(${NUMBER})(\\+)?(?![\\w%])[- ]?([a-z]+)?`, 'gi');

/** "On a scale from 0 to 100, this was a 73." */
const ON_A_SCALE = /\b(?:scale|out of 100|of 100|points?|score[sd]?)\b/i;
const COUNTED =
  /^(?:steps?|stages?|hops?|paths?|chains?|links?|parts?|pieces?|signals?|clues?|areas?|places?|teams?|more|other|others|further|different|affected|key|main|strands?|routes?|ways?|points?|facts?|findings?|dependent|linked|connected|separate|related|of|additional|components?|causes?)$/i;
const TWO_OF_THEM = /^(?:were|are|had|moved|signals?|events?|things?|problems?|rose|together|of)$/i;

export function readCounts(reader: FigureReader): void {
  const { sentence, known } = reader;
  reader.each(MONEY, ({ match: [said] }) => {
    reader.wrong('wrong-number', said);
    return true;
  });
  reader.each(DOZEN, ({ match: [said, how = '', noun = ''] }) => {
    if (!isCount(reader, /half/i.test(how) ? 6 : 12, noun)) reader.wrong('wrong-number', said);
    return true;
  });
  reader.each(MAGNITUDE, ({ match: [said], start }) => {
    if (!sentence.isQuoted(start)) reader.wrong('wrong-number', said);
    return true;
  });
  reader.each(PLAIN_NUMBER, ({ match: [said, number = '', , noun = ''], start, meant }) => {
    const isKnown =
      sentence.isQuoted(start) ||
      isPartOfName(reader, start) ||
      isSmallTalk(number, noun) ||
      readOnScale(reader, number, start, meant) ||
      isCount(reader, quantityOf(number), noun) ||
      isBeside(reader, number, noun, start) ||
      isYear(number, known.dates);
    if (!isKnown) reader.wrong('wrong-number', noun === '' ? number : said);
    return true;
  });
}

function isPartOfName({ sentence }: FigureReader, at: number): boolean {
  return sentence.tokens.some((token) => at >= token.start && at < token.end && token.mentioned);
}

/** "One of them", "two signals": nobody counts. */
function isSmallTalk(number: string, noun: string): boolean {
  if (/^(?:one|zero)$/i.test(number)) return !isCounted(noun);
  return /^two$/i.test(number) && TWO_OF_THEM.test(noun);
}

/** A share in another shape; checked here, so that nothing else is said of it. */
function readOnScale(reader: FigureReader, number: string, at: number, meant: Meant): boolean {
  const { sentence, known } = reader;
  const value = quantityOf(number);
  if (ON_A_SCALE.test(sentence.text) && value <= 100 && !number.includes('.')) {
    checkShare(reader, number, value / 100, at, meant, { exact: 0.005, about: 0.03 });
    return true;
  }
  if (!/^\d*\.\d+$/.test(number)) return false;
  // A p-value is no share of anything: it is told as it stands.
  const isChance = /p[- ]?value|chance/i.test(sentence.text.slice(Math.max(0, at - 24), at));
  if (isChance && known.plain.some((plain) => plain.value === value)) return true;
  const exact = 0.5 * 10 ** -(number.split('.')[1]?.length ?? 2);
  if (value <= 1 || !isBeside(reader, number, '', at)) {
    checkShare(reader, number, value, at, meant, { exact, about: Math.max(exact, 0.03) });
  }
  return true;
}

function isCount({ known }: FigureReader, value: number, noun: string): boolean {
  return isCounted(noun) && (isThing(noun) ? known.services : known.counts).has(value);
}

/** A number that the evidence has beside the same word. */
function isBeside(
  { known, sentence }: FigureReader,
  number: string,
  noun: string,
  at: number,
): boolean {
  const before = /([\p{L}]+)[ :#]*$/iu.exec(sentence.text.slice(0, at))?.[1] ?? '';
  const words = [noun, before].map((word) => word.toLowerCase().replace(/s$/, ''));
  const value = quantityOf(number);
  return known.plain.some(
    (plain) => plain.value === value && words.some((word) => plain.beside.has(word)),
  );
}

function isYear(number: string, dates: readonly { year: number }[]): boolean {
  return /^(?:19|20)\d\d$/.test(number) && dates.some(({ year }) => year === Number(number));
}

const isCounted = (noun: string) => COUNTED.test(noun) || isThing(noun);
const isThing = (noun: string) => THINGS.has(noun.toLowerCase().replace(/s$/, ''));
