import type { Facts } from '../facts.ts';
import { type Connective, connectivesIn } from './connectives.ts';
import type { Fault } from './fault.ts';
import { isPlain } from './plain-words.ts';
import { blamesRoot } from './root.ts';
import type { Mention, Sentence } from './sentence.ts';

type Claim = { causes: Mention[]; effects: Mention[]; soft: boolean };

/** Opens a sentence that goes on where the last one ended. */
const GOES_ON =
  /^\W*(?:\d+\.\s+)?(?:(?:and |but )?then|next|after (?:that|this)|as a result|in turn|consequently|finally|soon (?:after|afterwards)|shortly after(?:wards)?|therefore|from there|afterwards?|later|in the end|eventually|that in turn|this in turn|this|that|these|it|which|(?:\w+ )?(?:minutes?|seconds?|moments?) later)\b/i;
const OPENING = /^\W*(?:\d+\.\s+)?(?:and |but |then |only |first,? |so )?/i;
const WHEN_OPENS = /^\W*(?:when|since|as|while|with|had|if|without|no sooner had)\b/i;

/** What made what happen, against the order in which the analysis has it. */
export function checkOrder(
  sentence: Sentence,
  facts: Facts,
  previous: Sentence | undefined,
): Fault[] {
  const faults: Fault[] = [];
  const claims = claimsIn(sentence, previous);
  if (claims.length === 0) return blamesRoot(sentence, facts) ? [] : unclear(sentence, facts);
  for (const { causes, effects, soft } of claims) {
    for (const cause of causes) {
      for (const effect of effects) {
        const order = facts.leads(cause.node, effect.node);
        if (order === 'yes' || (order === undefined && soft)) continue;
        const [first, second] = [
          saidAt(sentence, previous, cause),
          saidAt(sentence, previous, effect),
        ];
        faults.push({
          kind: 'wrong-order',
          said: `${first} before ${second}`,
          why:
            order === 'reversed'
              ? `In the analysis ${second} comes before ${first}, not after it.`
              : `The analysis does not link ${first} to ${second}.`,
        });
      }
    }
  }
  return faults;
}

/** Sentences that set parts side by side, or say what to do about them. */
const SIDE_BY_SIDE =
  /\bbetween\b|\bboth\b|\bcorrelat|\btogether\b|\bsuch as\b|\bincluding\b|\bthe path\b|\beach\b|\brespectively\b|\balike\b/i;
const TO_BE_DONE =
  /^\W*(?:\d+\.\s+)?(?:please\s+)?(?:ask|check|add|put|make|ensure|confirm|verify|test|watch|monitor|review|restore|restart|fix|repair|investigate|look|inspect|improve|consider|set|place|keep|contact|tell|find|protect|isolate|strengthen|implement|introduce|limit|update|audit|work|next steps?|we (?:recommend|suggest|advise|should)|engineers should|the teams? (?:should|must|needs?))\b/i;
const LISTED =
  /^[\s,]*(?:(?:and|or|as well as|along with|plus|then|and also)\s+)?(?:(?:the|our|its|also)\s+)*$/i;

/** Two parts that the analysis puts in an order, and no telling which one the sentence puts first. */
function unclear(sentence: Sentence, facts: Facts): Fault[] {
  const { text, mentions } = sentence;
  if (SIDE_BY_SIDE.test(text) || TO_BE_DONE.test(text)) return [];
  for (const [i, second] of mentions.entries()) {
    const first = mentions[i - 1];
    if (first === undefined || first.node === second.node) continue;
    const between = text.slice(first.end, second.start);
    if (LISTED.test(between) || /\(part: $/i.test(between)) continue;
    if (sentence.isQuoted(second.start)) continue;
    const ordered =
      facts.leads(first.node, second.node) === 'reversed' ||
      facts.leads(second.node, first.node) === 'reversed';
    if (!ordered) continue;
    const said = `${text.slice(first.start, first.end)} and ${text.slice(second.start, second.end)}`;
    return [
      {
        kind: 'unclear-order',
        said,
        why: `It is not clear which of ${said} this says came first.`,
      },
    ];
  }
  return [];
}

function saidAt(
  sentence: Sentence,
  previous: Sentence | undefined,
  { start, end, node }: Mention,
): string {
  const here = sentence.mentions.find(
    (mention) => mention.start === start && mention.node === node,
  );
  return (here ? sentence : (previous ?? sentence)).text.slice(start, end);
}

/** What joins parts; the "block" in the name of a part, and what is quoted, joins nothing. */
function connectivesOf({ text, mentions, isQuoted }: Sentence): Connective[] {
  return connectivesIn(text).filter(
    ({ start, end }) =>
      !isQuoted(start) && !mentions.some((name) => start < name.end && end > name.start),
  );
}

function claimsIn(sentence: Sentence, previous: Sentence | undefined): Claim[] {
  const { text, mentions } = sentence;
  const connectives = connectivesOf(sentence);
  const claims: Claim[] = [...spreadsIn(sentence), ...namedRelations(sentence)];
  const opening = OPENING.exec(text)?.[0].length ?? 0;
  const between = (from: number, to: number) =>
    mentions.filter(({ start, end }) => start >= from && end <= to);
  const goesOn = GOES_ON.test(text);
  const carried = goesOn ? (previous?.mentions.slice(-1) ?? []) : [];

  const when = WHEN_OPENS.exec(text);
  const first = connectives[0];
  const leads =
    first !== undefined && first.start <= opening
      ? first
      : when && !connectives.some(({ start }) => start < comma(text, when[0].length))
        ? { start: 0, end: when[0].length, direction: 'backward' as const, soft: true }
        : undefined;
  let left: Mention[] = [];
  let rest = connectives;
  let from = 0;
  if (leads !== undefined) {
    // "Because X failed, Y stopped": the pause parts what the connective joins.
    const pause = comma(text, leads.end);
    const inner = connectives.filter(({ start }) => start > leads.start && start < pause);
    const outer = connectives.filter(({ start }) => start > pause);
    const until = outer[0]?.start ?? text.length;
    const near = between(leads.end, inner[0]?.start ?? pause);
    const far = between(pause, until);
    // "When B complained, A had failed already" turns the order around; it is left unclear.
    const isTurned =
      leads.soft && /\bhad (?:already|been)\b|\balready\b/i.test(text.slice(pause, until));
    if (far.length > 0 && !isTurned) claims.push(join(leads, far, near));
    rest = connectives.filter((connective) => connective !== leads);
    from = leads.end;
    left = [];
  }
  rest.forEach((connective, i) => {
    const here = between(from, connective.start);
    const carriedOn = here.length === 0 && left.length === 0;
    if (here.length > 0) left = here;
    else if (carriedOn) left = carried;
    const until = rest[i + 1]?.start ?? text.length;
    const right = between(connective.end, until);
    const soft = connective.soft || (carriedOn && left.length > 0);
    const before = nearestBefore(left, text, connective);
    if (right.length > 0 && before.length > 0) {
      claims.push(join({ ...connective, soft }, before, right));
    }
    from = connective.end;
    if (right.length > 0) left = right;
  });
  if (goesOn && connectives.length === 0 && carried.length > 0 && mentions.length > 0) {
    claims.push({ causes: carried, effects: mentions.slice(0, 1), soft: true });
  }
  return claims;
}

const SPREAD =
  /\b(?:spread\w*|cascad\w*|mov(?:ed|es|ing)|pass(?:ed|es|ing)|travel\w*|flow\w*|propagat\w*|rippl\w*|jump\w*|went|goes|r[au]n|runs|leap\w*|escalat\w*|carried|leads?|led|path|chain|way|spill\w*|hopp\w*|crept|worked its way)\b/i;
const FROM_TO =
  /\bfrom\b([^.;]{1,90}?)\s(?:(?:on|in|through|over|down|up|across|out)\s?)?to\b([^.;]{1,90})/gi;
const TO_FROM = /\b(?:in|on)?to\b([^.;,]{1,60}?)\sfrom\b([^.;,]{1,60})/gi;

/** "The trouble spread from A to B", and the other way around. */
function spreadsIn({ text, mentions, isQuoted }: Sentence): Claim[] {
  if (!SPREAD.test(text)) return [];
  const inside = (start: number, length: number) =>
    mentions.filter((mention) => mention.start >= start && mention.end <= start + length);
  const claims: Claim[] = [];
  for (const [pattern, causesFirst] of [
    [FROM_TO, true],
    [TO_FROM, false],
  ] as const) {
    for (const match of text.matchAll(pattern)) {
      const [whole, one = '', two = ''] = match;
      if (isQuoted(match.index)) continue;
      const first = inside(match.index + whole.indexOf(one), one.length).slice(-1);
      const second = inside(match.index + whole.length - two.length, two.length).slice(0, 1);
      if (first.length === 0 || second.length === 0) continue;
      claims.push(
        causesFirst
          ? { causes: first, effects: second, soft: false }
          : { causes: second, effects: first, soft: false },
      );
    }
  }
  return claims;
}

const EFFECT_OF =
  /\b(?:effects?|results?|consequences?|fallout|outcomes?|upshot|price) of\b([^.;]{1,70}?)\s(?:was|is|were|meant|included|showed up in|came as)\b([^.;]{1,90})/gi;
const CAUSE_OF =
  /\b(?:(?:causes?|trigger|explanation|source|blame) (?:of|for|behind)|reasons?(?: (?:of|for|behind|why|that))?)\b([^.;]{1,70}?)\s(?:was|is|were|lies?|lay|came from|can be found|goes to|went to)\b([^.;]{1,90})/gi;

/** "The effect of A failing was that B failed", "the reason for B failing was A". */
function namedRelations({ text, mentions, isQuoted }: Sentence): Claim[] {
  const claims: Claim[] = [];
  for (const [pattern, causeFirst] of [
    [EFFECT_OF, true],
    [CAUSE_OF, false],
  ] as const) {
    for (const match of text.matchAll(pattern)) {
      const [whole, one = '', two = ''] = match;
      if (isQuoted(match.index)) continue;
      const from = match.index + whole.indexOf(one);
      const first = mentions.filter(({ start, end }) => start >= from && end <= from + one.length);
      const second = mentions.filter(
        ({ start, end }) => start >= from + one.length && end <= from + whole.length + two.length,
      );
      const [left, right] = [first.slice(-1), second.slice(0, 1)];
      if (left.length === 0 || right.length === 0) continue;
      claims.push(
        causeFirst
          ? { causes: left, effects: right, soft: false }
          : { causes: right, effects: left, soft: false },
      );
    }
  }
  return claims;
}

function comma(text: string, from: number): number {
  const at = text.slice(from).search(/,\s|\s[-–—]\s|:\s|\sthan\s/);
  return at < 0 ? text.length : from + at;
}

/** Of a list before the verb all count; of clauses before it only the last. */
function nearestBefore(left: readonly Mention[], text: string, connective: Connective): Mention[] {
  const last = left.at(-1);
  if (last === undefined) return [];
  const kept = [last];
  for (let i = left.length - 2; i >= 0; i--) {
    const [here, next] = [left[i], left[i + 1]];
    if (!here || !next || next.end > connective.start) break;
    if (!/^[\s,]*(?:and|or|,)?\s*(?:the\s+)?$/i.test(text.slice(here.end, next.start))) break;
    kept.push(here);
  }
  return kept;
}

function join(connective: Connective, before: Mention[], after: Mention[]): Claim {
  const { soft, direction } = connective;
  return direction === 'forward'
    ? { causes: before, effects: after, soft }
    : { causes: after, effects: before, soft };
}

/** A cause that the analysis knows nothing of: "a full disk caused the outage". */
export function checkCause(sentence: Sentence, facts: Facts): Fault[] {
  const { text, mentions } = sentence;
  const connectives = connectivesOf(sentence).filter(({ soft }) => !soft);
  const faults: Fault[] = [];
  connectives.forEach((connective, i) => {
    const [from, to] =
      connective.direction === 'forward'
        ? [
            Math.max(connectives[i - 1]?.end ?? 0, clauseStart(text, connective.start)),
            connective.start,
          ]
        : [
            connective.end,
            Math.min(connectives[i + 1]?.start ?? text.length, clauseEnd(text, connective.end)),
          ];
    if (mentions.some(({ start, end }) => start >= from && end <= to)) return;
    const words = sentence.words.filter(({ start, end }) => start >= from && end <= to);
    const telling = words.filter(({ text: word }) => !isPlain(word));
    if (telling.length === 0 || telling.some(({ text: word }) => facts.knows(word))) return;
    // A subject alone ("shoppers were left") is whom it happened to, not why.
    if (
      connective.direction === 'forward' &&
      !/^(?:led|leads?|leading|caus|trigger|result|gave|spark|set|provok|prompt|brought|took)/i.test(
        text.slice(connective.start),
      )
    )
      return;
    const said = text.slice(telling[0]?.start ?? from, telling.at(-1)?.end ?? to);
    faults.push({
      kind: 'unknown-cause',
      said,
      why: `The analysis does not name ${said} as a cause.`,
    });
  });
  return faults;
}

function clauseStart(text: string, before: number): number {
  return Math.max(
    0,
    ...[...text.slice(0, before).matchAll(/[,;:]\s|\b(?:and|but|which|that)\s/g)].map(
      ({ index }) => index,
    ),
  );
}

function clauseEnd(text: string, after: number): number {
  const at = text.slice(after).search(/[,;:.]\s|\b(?:and|but|which)\s/);
  return at < 0 ? text.length : after + at;
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
