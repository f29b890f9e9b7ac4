import type { KnownFigures } from './known-figures.ts';
import type { FigureReader } from './reader.ts';

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const MONTH =
  '(january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)';
const ISO = /\b(\d{4})-(\d{2})-(\d{2})(?=t|\b)/gi;
const DAY_FIRST = new RegExp(
  `\\b(\\d{1,2})(?:st|nd|rd|th)?(?: of)? ${MONTH}\\b\\.?(?:,? (\\d{4}))?`,
  'gi',
);
const MONTH_FIRST = new RegExp(
  `\\b${MONTH}\\.? (?:the )?(\\d{1,2})(?:st|nd|rd|th)?\\b(?!:)(?:,? (\\d{4}))?`,
  'gi',
);
const WEEKDAY = /\b(sun|mon|tues|wednes|thurs|fri|satur)days?\b/gi;
const WEEKDAYS = 'sun mon tues wednes thurs fri satur'.split(' ');

export function readDates(reader: FigureReader): void {
  const check = (said: string, day?: string, month?: string, year?: string) => {
    if (!hasDate(reader.known, { day, month, year })) reader.wrong('wrong-time', said);
    return true;
  };
  reader.each(ISO, ({ match: [said, year, month, day] }) => check(said, day, month, year));
  reader.each(DAY_FIRST, ({ match: [said, day, name = '', year] }) =>
    check(said, day, monthOf(name), year),
  );
  reader.each(MONTH_FIRST, ({ match: [said, name = '', day, year] }) =>
    check(said, day, monthOf(name), year),
  );
  reader.each(WEEKDAY, ({ match: [said, name = ''] }) => {
    const day = WEEKDAYS.indexOf(name.toLowerCase());
    const isThere = reader.known.dates.some(
      ({ year, month, day: date }) => new Date(Date.UTC(year, month - 1, date)).getUTCDay() === day,
    );
    if (!isThere) reader.wrong('wrong-time', said);
    return true;
  });
}

const monthOf = (name: string) => String(MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1);

function hasDate(
  known: KnownFigures,
  said: { year: string | undefined; month: string | undefined; day: string | undefined },
): boolean {
  return known.dates.some(
    ({ year, month, day }) =>
      Number(said.month) === month &&
      Number(said.day) === day &&
      (said.year === undefined || Number(said.year) === year),
  );
}
