import type { Facts } from '../facts.ts';
import { isAdvice } from './blame.ts';
import type { Fault } from './fault.ts';
import { likelihood } from './likelihood.ts';
import type { Mark } from './marks.ts';
import type { Sentence } from './sentence.ts';
import { orderSigns } from './signs.ts';
import { ORDER_WEIGHTS } from './weights.ts';

/** How sure it has to be that a sentence orders two names as the analysis does; below half it says the reverse. */
const LEAST_SURE = 0.74;
/** Where a sentence sets names side by side or says what to do, only the plain reverse is held against it. */
const SURELY_REVERSED = 0.12;
/** A link between names that the analysis does not link has to be told as plainly as this to count. */
const SURELY_LINKED = 0.93;

const ARTICLES = '(?:(?:the|our|its|also|both)\\s+)*[\\s*`]*$';
const JOINED = new RegExp(
  `^[\\s,*\`]*(?:and also|and|or|as well as|along with|plus|&|/)\\s*${ARTICLES}`,
  'i',
);
const COMMA = new RegExp(`^[\\s*\`]*,[\\s*\`]*${ARTICLES}`, 'i');
const LISTED = new RegExp(`${JOINED.source}|${COMMA.source}`, 'i');
const SETS_APART = new Set([
  'because',
  'after',
  'before',
  'with',
  'without',
  'passive',
  'lack',
  'depend',
  'cause',
  'had',
  'if',
  'upstream',
]);
const PART_OF =
  /^[\s,(]*(?:which is |is )?(?:an? |the )?(?:\w+ )?(?:part|component|piece|member)(?: of|:)\s*(?:the |our )?$/i;
const SIDE_BY_SIDE =
  /\bbetween\b|\bboth\b|\bcorrelat|\btogether\b|\brespectively\b|\balike\b|\bin step\b|\bin tandem\b/i;

/** Names in a list, which stand as one. */
type Group = { first: number; last: number; marks: Mark[] };

/** What made what happen, against the order in which the analysis has it. */
export function checkOrder(sentence: Sentence, marks: readonly Mark[], facts: Facts): Fault[] {
  const groups = groupsIn(sentence, marks);
  const loose = SIDE_BY_SIDE.test(sentence.text) || isAdvice(marks);
  return groups.slice(1).flatMap((two, i) => {
    const one = groups[i];
    if (one === undefined) return [];
    const between = sentence.text.slice(marks[one.last]?.end, marks[two.first]?.start);
    if (PART_OF.test(between)) return [];
    const first = likelihood(orderSigns(marks, one.last, two.first), ORDER_WEIGHTS);
    const isLink = marks
      .slice(0, marks.length)
      .some(({ roles }) => roles.some((role) => LINKS.has(role)));
    return one.marks.flatMap((a) =>
      two.marks.flatMap((b) => faultOf(sentence, a, b, first, facts, loose, isLink)),
    );
  });
}

const LINKS = new Set(['cause', 'passive', 'because', 'spread']);

function faultOf(
  sentence: Sentence,
  one: Mark,
  two: Mark,
  first: number,
  facts: Facts,
  loose: boolean,
  isLink: boolean,
): Fault[] {
  if (one.node === undefined || two.node === undefined || one.node === two.node) return [];
  // What stands in the analysis word for word is in the order that it has there.
  if (sentence.isQuotedAround(two)) return [];
  const order = facts.leads(one.node, two.node);
  const names = [one, two].map(({ start, end }) => sentence.text.slice(start, end)) as [
    string,
    string,
  ];
  if (order === undefined) {
    if (!isLink || loose || Math.max(first, 1 - first) < SURELY_LINKED) return [];
    return [
      {
        kind: 'wrong-order',
        said: names.join(' and '),
        why: `The analysis does not link ${names[0]} to ${names[1]}.`,
      },
    ];
  }
  const right = order === 'yes' ? first : 1 - first;
  if (right >= (loose ? SURELY_REVERSED : LEAST_SURE)) return [];
  const [cause, effect] = order === 'yes' ? names : [names[1], names[0]];
  return right < 0.5
    ? [
        {
          kind: 'wrong-order',
          said: `${effect} before ${cause}`,
          why: `In the analysis ${cause} comes before ${effect}, not after it.`,
        },
      ]
    : [
        {
          kind: 'unclear-order',
          said: names.join(' and '),
          why: `It is not clear which of ${names.join(' and ')} this says came first.`,
        },
      ];
}

function groupsIn({ text }: Sentence, marks: readonly Mark[]): Group[] {
  const groups: Group[] = [];
  const named = marks.flatMap((mark, at) => (mark.node === undefined ? [] : [{ mark, at }]));
  const between = (i: number) => text.slice(named[i]?.mark.end, named[i + 1]?.mark.start);
  named.forEach(({ mark, at }, i) => {
    const last = groups.at(-1);
    const isSame = last?.marks.at(-1)?.node === mark.node;
    const gap = i === 0 ? undefined : between(i - 1);
    // "Without A, B and C fail": a comma alone makes no list behind words that set A apart from the rest.
    const isListed =
      gap !== undefined &&
      (JOINED.test(gap) ||
        (COMMA.test(gap) &&
          i + 1 < named.length &&
          LISTED.test(between(i)) &&
          !marks.slice(0, at).some(({ roles }) => roles.some((role) => SETS_APART.has(role)))));
    if (last !== undefined && (isSame || isListed)) {
      last.last = at;
      last.marks.push(mark);
    } else groups.push({ first: at, last: at, marks: [mark] });
  });
  return groups;
}

const GOES_ON = new Set(['next', 'so', 'also']);
const POINTS_BACK = new Set(['this', 'it', 'which']);

/** "This then broke X", "as a result, X failed": what happened in the sentence before comes first. */
export function checkGoingOn(
  sentence: Sentence,
  marks: readonly Mark[],
  previous: Sentence | undefined,
  facts: Facts,
): Fault[] {
  const opening = marks[0];
  const place = marks.findIndex(({ node }) => node !== undefined);
  const here = marks[place];
  const before = [...new Set(previous?.mentions.map(({ node }) => node))];
  if (opening === undefined || here?.node === undefined || before.length === 0) return [];
  const goesOn = opening.roles.some((role) => GOES_ON.has(role));
  const pointsBack =
    opening.roles.some((role) => POINTS_BACK.has(role)) &&
    !/^\W*it (?:was|is)\b/i.test(sentence.text);
  if (!goesOn && !pointsBack) return [];
  const isReversed = before.every((node) => {
    const order = here.node === undefined ? undefined : facts.leads(node, here.node);
    if (order === undefined || node === here.node) return false;
    // The name that the pronoun stands for takes its place.
    const told = pointsBack ? [{ ...opening, node, roles: [] }, ...marks.slice(1)] : undefined;
    const first = told === undefined ? 1 : likelihood(orderSigns(told, 0, place), ORDER_WEIGHTS);
    return order === 'yes' ? first < 1 - LEAST_SURE : first > LEAST_SURE;
  });
  if (!isReversed) return [];
  const said = sentence.text.slice(here.start, here.end);
  return [
    {
      kind: 'wrong-order',
      said,
      why: `In the analysis ${said} has another place than this gives it.`,
    },
  ];
}

/** The reverse order of the steps of a list that is told in order. */
export function checkListOrder(item: Sentence, before: Sentence, facts: Facts): Fault[] {
  const [here] = item.mentions;
  const [there] = before.mentions;
  if (here === undefined || there === undefined) return [];
  if (facts.leads(there.node, here.node) !== 'reversed') return [];
  const [first, second] = [
    before.text.slice(there.start, there.end),
    item.text.slice(here.start, here.end),
  ];
  return [
    {
      kind: 'wrong-order',
      said: `${first} before ${second}`,
      why: `In the analysis ${second} comes before ${first}.`,
    },
  ];
}
