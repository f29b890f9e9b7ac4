import type { ShareKind } from '../../facts.ts';
import { agrees, type Meant, NUMBER, quantityOf } from './amounts.ts';
import type { FigureReader } from './reader.ts';

const UNITS = 'milliseconds?|ms|seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?';
const PERCENT_RANGE = new RegExp(
  `(${NUMBER}) ?%? ?(?:to|-|–|and) ?(${NUMBER}) ?(?:%|per ?cent\\b)`,
  'gi',
);
const PERCENT = new RegExp(`(${NUMBER}) ?(?:%|per ?cent\\b(?!age))`, 'gi');
const OUT_OF = new RegExp(
  `\\b(${NUMBER}) ?(?:out of|/) ?(one|1|ten|10|(?:a |one )?hundred|100)\\b`,
  'gi',
);
const OF_EVERY = new RegExp(
  `\\b(${NUMBER}) (?:out of|in|of every|of) (?:every )?(ten|10|hundred|100|five|four|three|5|4|3|20|twenty)\\b(?! ?(?:${UNITS}|chains?|paths?|services?|steps?))`,
  'gi',
);
const FRACTION =
  /\b(three[- ]quarters?|two[- ]thirds?|one[- ]third|a third|one[- ]quarter|a quarter|one in two|half)\b(?! (?:an?|of an|past|dozen))/gi;
const FRACTIONS: [RegExp, number][] = [
  [/^three/i, 0.75],
  [/^two/i, 2 / 3],
  [/third/i, 1 / 3],
  [/quarter/i, 0.25],
];
const SCALE =
  /\b(?:scale )?(?:from |of )?(?:0|1|zero|one)(?: ?(?:to|-|–) ?)(?:1|10|100|one|ten|hundred)\b|\bscale (?:of|to|up to|out of) (?:10|100|ten|one hundred|a hundred)\b|\b(?:10|100|ten|hundred)[- ]point scale\b/gi;

const ROUNDED = { exact: 0.005, about: 0.03 };
/** Fractions in words are rough by nature. */
const ROUGH = { exact: 0.05, about: 0.08 };

export function readShares(reader: FigureReader): void {
  reader.each(PERCENT_RANGE, ({ match: [said, low = '', high = ''], start }) => {
    const [least, most] = [quantityOf(low) / 100, quantityOf(high) / 100];
    if (!(most > least) || most - least > 0.2) return false;
    const inside = sharesMeant(reader, start).some((value) => value >= least && value <= most);
    if (!inside && !reader.sentence.isQuoted(start)) reader.wrong('wrong-number', said);
    return true;
  });
  reader.each(PERCENT, ({ match: [said, number = ''], start, meant }) => {
    checkShare(reader, said, quantityOf(number) / 100, start, meant, ROUNDED);
    return true;
  });
  reader.each(OUT_OF, ({ match: [said, number = '', of = ''], start, meant }) => {
    const whole = /hundred/i.test(of) ? 100 : quantityOf(of);
    const part = quantityOf(number);
    if (part > whole || (whole === 1 && !number.includes('.'))) return false;
    const exact = whole === 10 && !number.includes('.') ? 0.05 : 0.005;
    checkShare(reader, said, part / whole, start, meant, { exact, about: Math.max(exact, 0.03) });
    return true;
  });
  reader.each(OF_EVERY, ({ match: [said, number = '', of = ''], start, meant }) => {
    const whole = of.toLowerCase() === 'hundred' ? 100 : quantityOf(of);
    const part = quantityOf(number);
    if (part > whole) return false;
    checkShare(reader, said, part / whole, start, meant, {
      exact: 0.5 / whole,
      about: 0.6 / whole,
    });
    return true;
  });
  reader.each(FRACTION, ({ match: [said], start, meant }) => {
    const value = FRACTIONS.find(([pattern]) => pattern.test(said))?.[1] ?? 0.5;
    checkShare(reader, said, value, start, meant, ROUGH);
    return true;
  });
  reader.each(SCALE, () => true);
}

/** Says "wrong" unless the analysis has this share for what the sentence says it of. */
export function checkShare(
  reader: FigureReader,
  said: string,
  value: number,
  at: number,
  meant: Meant,
  tolerance: { exact: number; about: number },
): void {
  if (sharesMeant(reader, at).some((share) => agrees(value, share, meant, tolerance))) return;
  if (kindsMeant(reader.sentence.text, at) === undefined && reader.sentence.isQuoted(at)) return;
  reader.wrong('wrong-number', said);
}

function sharesMeant({ known, sentence }: FigureReader, at: number): number[] {
  const wanted = kindsMeant(sentence.text, at);
  return known.shares
    .filter(({ kind }) => wanted === undefined || wanted.has(kind) || kind === 'evidence')
    .map(({ value }) => Math.abs(value));
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
const FARTHEST_CUE = 70;

/** What a percentage is said of: the nearest word that tells. */
function kindsMeant(text: string, at: number): ReadonlySet<ShareKind> | undefined {
  let nearest: { distance: number; kinds: ReadonlySet<ShareKind> } | undefined;
  for (const [cue, kinds] of CUES) {
    for (const match of text.matchAll(cue)) {
      const distance = Math.abs(match.index - at);
      if (distance > FARTHEST_CUE || (nearest && nearest.distance <= distance)) continue;
      nearest = { distance, kinds };
    }
  }
  return nearest?.kinds;
}
