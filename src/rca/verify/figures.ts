import type { ShareKind } from '../facts.ts';
import { numberOf, TENS } from '../words/numbers.ts';
import type { Fault } from './fault.ts';
import { type KnownFigures, secondsOf } from './known-figures.ts';
import { THINGS } from './plain-words.ts';
import type { Sentence } from './sentence.ts';

const TENS_WORD = `(?:${TENS.join('|')})`;
const ONES = 'one|two|three|four|five|six|seven|eight|nine';
const WORD =
  `(?:${TENS_WORD}[- ](?:${ONES})|${TENS_WORD}|zero|${ONES}|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|` +
  'seventeen|eighteen|nineteen)';
const NUMBER = `(?:\\d+(?:[.,]\\d+)*|${WORD})`;
const UNIT = '(?:milliseconds?|ms|seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?)';
const LENGTH = `(?:(?:${NUMBER}|a|an|half an|a quarter of an|three quarters of an)[- ]${UNIT}|\\d+ ?(?:h|hr|m|min|s|ms|d))\\b`;
const MONTH =
  '(january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)';
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** Said of a number that is not exact. */
const ABOUT =
  /(?:about|around|roughly|nearly|almost|approximately|some|over|under|more than|less than|close to|up to|at least|just|~|≈)\s*(?:an?\s+)?$/i;

type Found = { start: number; end: number; match: RegExpExecArray };

/** Numbers, times and lengths of time that the analysis does not have, or has for something else. */
export function checkFigures(sentence: Sentence, known: KnownFigures): Fault[] {
  const faults: Fault[] = [];
  // What was read is blanked out, so that no number is read twice.
  let left = sentence.text.replace(/^\s*(?:[-*•]|\d{1,2}[.)])\s+/, (mark) =>
    ' '.repeat(mark.length),
  );
  const wrong = (kind: Fault['kind'], said: string) =>
    faults.push({ kind, said: said.trim(), why: `The analysis does not say ${said.trim()}.` });

  function each(
    pattern: string,
    read: (found: Found, aboutIt: boolean) => boolean | undefined,
  ): void {
    const expression = new RegExp(pattern, 'gi');
    const original = left;
    for (let match = expression.exec(original); match; match = expression.exec(original)) {
      const start = match.index;
      const end = start + match[0].length;
      if (read({ start, end, match }, ABOUT.test(original.slice(0, start))) === undefined) continue;
      left = left.slice(0, start) + ' '.repeat(end - start) + left.slice(end);
    }
  }

  each('\\b(\\d{4})-(\\d{2})-(\\d{2})(?=t|\\b)', ({ match }) => {
    const [said, year, month, day] = match;
    if (!hasDate(known, { year, month, day })) wrong('wrong-time', said);
    return true;
  });
  each(`\\b(\\d{1,2})(?:st|nd|rd|th)?(?: of)? ${MONTH}\\b\\.?(?:,? (\\d{4}))?`, ({ match }) => {
    const [said, day, name = '', year] = match;
    if (!hasDate(known, { day, month: monthOf(name), year })) wrong('wrong-time', said);
    return true;
  });
  each(`\\b${MONTH}\\.? (\\d{1,2})(?:st|nd|rd|th)?\\b(?:,? (\\d{4}))?`, ({ match }) => {
    const [said, name = '', day, year] = match;
    if (!hasDate(known, { day, month: monthOf(name), year })) wrong('wrong-time', said);
    return true;
  });
  each(
    't?\\b(\\d{1,2})[:.]([0-5]\\d)(?::\\d{2}(?:\\.\\d+)?)?(?: ?([ap])\\.?m\\b\\.?)?(?: ?z\\b)?(?: ?([a-z]{3,4})\\b)?',
    ({ match }) => {
      const [said, hours, minutes, half, zone] = match;
      if (
        said.includes('.') &&
        !/:/.test(said) &&
        half === undefined &&
        zone?.toLowerCase() !== 'utc'
      )
        return undefined;
      checkTime(said, Number(hours), Number(minutes), half, zone);
      return true;
    },
  );
  each('\\b(\\d{1,2}) ?([ap])\\.?m\\b', ({ match }) => {
    checkTime(match[0], Number(match[1]), 0, match[2], undefined);
    return true;
  });
  each('\\b(?:midnight|noon|midday)\\b', ({ match }) => {
    if (!known.times.has(/midnight/i.test(match[0]) ? 0 : 720)) wrong('wrong-time', match[0]);
    return true;
  });

  each(`(${NUMBER}) ?(?:%|per ?cent\\b)`, ({ match, start }, aboutIt) => {
    const value = quantityOf(match[1] ?? '');
    checkShare(match[0], value / 100, aboutIt ? 0.03 : 0.005, start);
    return true;
  });
  each(
    `\\b(${NUMBER}) (?:out of|in|of every|of) (?:every )?(ten|10|hundred|100|five|four|three|5|4|3|20|twenty)\\b(?! ?(?:${UNIT}|chains?|paths?|services?|steps?))`,
    ({ match, start }) => {
      const whole = match[2]?.toLowerCase() === 'hundred' ? 100 : quantityOf(match[2] ?? '');
      const part = quantityOf(match[1] ?? '');
      if (part > whole) return undefined;
      checkShare(match[0], part / whole, 0.5 / whole + 0.0001, start);
      return true;
    },
  );
  each(
    '\\b(three[- ]quarters?|two[- ]thirds?|a third|a quarter|one in two|half)\\b(?! (?:an|of an|past))',
    ({ match, start }) => {
      const said = match[0].toLowerCase();
      const value = said.startsWith('three')
        ? 0.75
        : said.startsWith('two')
          ? 2 / 3
          : said === 'a third'
            ? 1 / 3
            : said === 'a quarter'
              ? 0.25
              : 0.5;
      checkShare(match[0], value, 0.05, start);
      return true;
    },
  );

  each(
    '\\b(?:scale )?(?:from |of )?(?:0|1|zero|one)(?: ?(?:to|-|–) ?)(?:1|10|100|one|ten|hundred)\\b|(?:out of|/) ?100\\b',
    () => true,
  );
  each(
    `\\b${LENGTH}(?:(?:,? and |,? )${LENGTH}| and a (?:half|quarter))*`,
    ({ match, start, end }, aboutIt) => {
      checkLength(match[0], start, end, aboutIt);
      return true;
    },
  );
  each(
    '[$€£] ?\\d[\\d.,]*(?: ?(?:k|m|bn|million|billion|thousand))?|\\b\\d[\\d.,]* (?:dollars|euros|pounds)\\b',
    ({ match }) => {
      wrong('wrong-number', match[0]);
      return true;
    },
  );
  each(
    '\\b(?:hundreds|thousands|millions|dozens|scores) of\\b|\\b(?:(?:a|one|\\d+|several|two|three) )?(?:hundred|thousand|million|billion|dozen)\\b|\\b(?:doubled?|tripled?|quadrupled|twice|threefold|tenfold|twofold|thrice)\\b',
    ({ match }) => {
      if (!sentence.isQuoted(match.index)) wrong('wrong-number', match[0]);
      return true;
    },
  );
  each(`(?<![\\w-])(${NUMBER})(\\+)?(?![\\w%])[- ]?([a-z]+)?`, ({ match, start }, aboutIt) => {
    const [said, number = '', , noun = ''] = match;
    if (sentence.isQuoted(start) || isPartOfName(start)) return true;
    const value = quantityOf(number);
    const spelled = !/\d/.test(number);
    if (/^(?:one|zero)$/i.test(number) && !countedThing(noun)) return true;
    if (ON_A_SCALE.test(sentence.text) && value <= 100 && !/\./.test(number)) {
      checkShare(number, value / 100, aboutIt ? 0.03 : 0.005, start);
      return true;
    }
    if (/^\d*\.\d+$/.test(number)) {
      // A p-value is no share of anything: it is told as it stands.
      const chance = /p[- ]?value|chance/i.test(
        sentence.text.slice(Math.max(0, start - 24), start),
      );
      if (chance && known.plain.some((plain) => plain.value === value)) return true;
      checkShare(
        number,
        value,
        aboutIt ? 0.03 : 0.5 * 10 ** -(number.split('.')[1]?.length ?? 2) + 1e-9,
        start,
      );
      return true;
    }
    if (countedThing(noun) && (isThing(noun) ? known.services : known.counts).has(value))
      return true;
    const before = /([a-z]+)[ :#]*$/i.exec(sentence.text.slice(0, start))?.[1] ?? '';
    const beside = [noun, before].map((word) => word.toLowerCase().replace(/s$/, ''));
    const there = known.plain.some(
      (plain) => plain.value === value && beside.some((word) => plain.beside.has(word)),
    );
    if (there) return true;
    if (
      spelled &&
      value === 2 &&
      /^(?:were|are|had|moved|signals?|events?|things?|problems?|rose|together|of)$/i.test(noun)
    )
      return true;
    if (
      !spelled &&
      value >= 1900 &&
      value <= 2100 &&
      known.dates.some(({ year }) => year === value)
    )
      return true;
    wrong('wrong-number', noun === '' ? number : said);
    return true;
  });

  function isPartOfName(at: number): boolean {
    return sentence.tokens.some((token) => at >= token.start && at < token.end && token.mentioned);
  }

  function checkTime(
    said: string,
    hours: number,
    minutes: number,
    half: string | undefined,
    zone: string | undefined,
  ) {
    const late = half?.toLowerCase() === 'p';
    const hour = half === undefined ? hours : (hours % 12) + (late ? 12 : 0);
    const isZone = zone !== undefined && /^(?:[A-Z]{2,4}T|[A-Z]{1,2}ST|BST|CET|IST)$/.test(zone);
    if (!known.times.has(hour * 60 + minutes) || isZone) wrong('wrong-time', said);
  }

  function checkShare(said: string, value: number, tolerance: number, at: number): void {
    const near = known.shares.filter(
      (share) => Math.abs(Math.abs(share.value) - value) <= tolerance + 1e-9,
    );
    const wanted = kindsMeant(sentence.text, at);
    if (near.some(({ kind }) => wanted === undefined || wanted.has(kind) || kind === 'evidence'))
      return;
    if (wanted === undefined && sentence.isQuoted(at)) return;
    wrong('wrong-number', said);
  }

  function checkLength(said: string, start: number, end: number, aboutIt: boolean): void {
    if (sentence.isQuoted(start)) return;
    const seconds = secondsIn(said);
    const before = sentence.text.slice(0, start);
    const after = sentence.text.slice(end, end + 24);
    const isLead =
      /^\W{0,2}(?:before|earlier|ahead|later|prior|after|in advance|beforehand|lead|behind|gap|delay|head start)\b/i.test(
        after,
      ) ||
      /(?:preced\w+|led|lead|leading|ahead|gap|head start|lag)[^,.;]{0,60}(?:by|of)\s+(?:about |roughly |some |around )?$/i.test(
        before,
      );
    const whole = isLead || known.windowSeconds === undefined ? [] : [known.windowSeconds];
    const tolerance = aboutIt ? 0.1 : 0.001;
    const near = [...whole, ...known.evidenceSeconds].some(
      (length) => Math.abs(length - seconds) <= Math.max(0.5, length * tolerance),
    );
    if (!near) wrong('wrong-time', said);
  }

  return faults;
}

/** "On a scale from 0 to 100, this was a 73." */
const ON_A_SCALE = /\b(?:scale|out of 100|of 100|points?|score[sd]?)\b/i;

const COUNTED =
  /^(?:steps?|stages?|hops?|paths?|chains?|links?|parts?|pieces?|signals?|clues?|areas?|places?|teams?|more|other|others|further|different|affected|key|main|strands?|routes?|ways?|points?|facts?|findings?|dependent|linked|connected|separate|related|of|additional|components?|causes?)$/i;

function countedThing(noun: string): boolean {
  return COUNTED.test(noun) || isThing(noun);
}

function isThing(noun: string): boolean {
  return THINGS.has(noun.toLowerCase().replace(/s$/, ''));
}

function quantityOf(text: string): number {
  if (/\d/.test(text)) return Number(text.replace(/,(?=\d{3}\b)/g, '').replace(',', '.'));
  return numberOf(text.toLowerCase().replace(/\s+/, '-')) ?? Number.NaN;
}

function secondsIn(said: string): number {
  const text = said.toLowerCase();
  let seconds = 0;
  let last = 0;
  const part = new RegExp(
    `\\b(?:(${NUMBER}|half an|a quarter of an|three quarters of an|an?)[- ](${UNIT})|(\\d+) ?(h|hr|m|min|s|ms|d))\\b`,
    'g',
  );
  for (const [, said, long, digits, short] of text.matchAll(part)) {
    const amount = said ?? digits ?? '';
    const unit = long ?? short ?? '';
    last = secondsOf(unit) ?? 0;
    const count =
      amount === 'a' || amount === 'an'
        ? 1
        : amount.startsWith('half')
          ? 0.5
          : amount.startsWith('a quarter')
            ? 0.25
            : amount.startsWith('three quarters')
              ? 0.75
              : quantityOf(amount);
    seconds += count * last;
  }
  if (/and a half$/.test(text)) seconds += last / 2;
  if (/and a quarter$/.test(text)) seconds += last / 4;
  return seconds;
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

const CUES: [RegExp, ReadonlySet<ShareKind>][] = [
  [/sever\w*|serious\w*|impact (?:score|rating|level)|how bad/gi, new Set(['severity'])],
  [
    /correlat\w*|together|in step|in tandem|side by side|lockstep|tracked|statistic\w*/gi,
    new Set(['correlation']),
  ],
  [
    /confiden\w*|\bsure\b|certain\w*|likel\w*|probab\w*|\bpath\b|\bchain\b/gi,
    new Set(['score', 'correlation']),
  ],
  [/suspic\w*|suspect\w*/gi, new Set(['suspicion'])],
];

/** What a percentage is said of: the nearest word that tells. */
function kindsMeant(text: string, at: number): ReadonlySet<ShareKind> | undefined {
  let nearest: { distance: number; kinds: ReadonlySet<ShareKind> } | undefined;
  for (const [cue, kinds] of CUES) {
    for (const match of text.matchAll(cue)) {
      const distance = Math.abs(match.index - at);
      if (distance > 70 || (nearest && nearest.distance <= distance)) continue;
      nearest = { distance, kinds };
    }
  }
  return nearest?.kinds;
}
