import { agrees, NUMBER, quantityOf } from './amounts.ts';
import { secondsOf } from './known-figures.ts';
import type { FigureReader, Found } from './reader.ts';

const UNIT = '(?:milliseconds?|ms|seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?)';
const PART = `(?:${NUMBER}(?: and (?:a half|a quarter|three quarters))?|half an?|a quarter of an|three quarters of an|an?)`;
const LENGTH = `(?:${PART}[- ]${UNIT}|\\d+ ?(?:h|hr|m|min|s|ms|d))\\b`;
const LENGTHS = new RegExp(
  `\\b${LENGTH}(?:(?:,? and |,? )${LENGTH}| and (?:a half|a quarter|three quarters))*`,
  'gi',
);
const EACH = new RegExp(`\\b(?:(${PART})[- ](${UNIT})|(\\d+) ?(h|hr|m|min|s|ms|d))\\b`, 'gi');
/** "Two to three minutes", "between 10 and 15 minutes". */
const RANGE = new RegExp(
  `\\b(${NUMBER})(?: ?(?:to|-|–|or|and) ?)(${NUMBER})[- ](${UNIT})\\b`,
  'gi',
);

const LEADS_BEHIND =
  /^\W{0,2}(?:before|earlier|ahead|later|prior|after|in advance|beforehand|lead|behind|gap|delay|head start)\b/i;
const LEADS_BEFORE =
  /(?:preced\w+|led|lead|leading|ahead|gap|head start|lag)[^,.;]{0,60}(?:by|of)\s+(?:about |roughly |some |around )?$/i;
/** "A second failure" counts, "for a second" measures. */
const MEASURES = /(?:for|in|within|every|per|by|about|than|takes?|took|lasts?|lasted)\s+$/i;

export function readLengths(reader: FigureReader): void {
  const { known, sentence } = reader;
  reader.each(RANGE, (found) => {
    const [said, low = '', high = '', unit = ''] = found.match;
    const [least, most] = [quantityOf(low), quantityOf(high)];
    if (
      !(most > least) ||
      / and /.test(said) !== /between\s+$/i.test(sentence.text.slice(0, found.start))
    )
      return false;
    const seconds = secondsOf(unit) ?? 0;
    const isWithin = knownLengths(reader, found).some(
      (length) => length >= least * seconds && length <= most * seconds && most <= 2 * least,
    );
    if (!isWithin && !sentence.isQuoted(found.start)) reader.wrong('wrong-time', said);
    return true;
  });
  reader.each(LENGTHS, (found) => {
    const { match, start, meant } = found;
    const [said] = match;
    if (/^a second\b/i.test(said) && !MEASURES.test(sentence.text.slice(0, start))) return false;
    if (sentence.isQuoted(start)) return true;
    const { seconds, finest } = secondsIn(said);
    // Said in minutes it is right to half a minute, said in hours to a minute.
    const exact = finest >= 3_600 ? 60 : finest >= 60 ? 30 : finest / 2;
    const isKnown = knownLengths(reader, found).some((length) =>
      agrees(seconds, length, meant, { exact, about: Math.max(exact, length * 0.12) }),
    );
    if (!isKnown && !known.evidenceSeconds.includes(seconds)) reader.wrong('wrong-time', said);
    return true;
  });
}

/** Nothing came before anything by the length of the whole window. */
function knownLengths({ sentence, known }: FigureReader, { start, end }: Found): number[] {
  const isLead =
    LEADS_BEHIND.test(sentence.text.slice(end, end + 24)) ||
    LEADS_BEFORE.test(sentence.text.slice(0, start));
  const whole = isLead || known.windowSeconds === undefined ? [] : [known.windowSeconds];
  return [...whole, ...known.evidenceSeconds];
}

const SHARES: [RegExp, number][] = [
  [/^half/, 0.5],
  [/^a quarter/, 0.25],
  [/^three quarters/, 0.75],
];

function countOf(amount: string): number {
  if (/^an?$/.test(amount)) return 1;
  const share = SHARES.find(([start]) => start.test(amount));
  if (share !== undefined) return share[1];
  const [whole = '', rest = ''] = amount.split(' and ');
  return (
    quantityOf(whole) +
    (SHARES.find(([start]) => start.test(rest.replace(/^a half/, 'half')))?.[1] ?? 0)
  );
}

function secondsIn(text: string): { seconds: number; finest: number } {
  const said = text.toLowerCase();
  let seconds = 0;
  let finest = Number.POSITIVE_INFINITY;
  for (const [, long, unit, short, letter] of said.matchAll(EACH)) {
    const each = secondsOf(unit ?? letter ?? '') ?? 0;
    seconds += countOf(long ?? short ?? '') * each;
    finest = Math.min(finest, each);
  }
  const rest = / and (a half|a quarter|three quarters)$/.exec(said)?.[1];
  if (rest !== undefined) {
    seconds += countOf(rest.replace(/^a half/, 'half')) * finest;
    finest /= 60;
  }
  return { seconds, finest };
}
