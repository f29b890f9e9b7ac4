import { type Facts, stem } from '../facts.ts';
import { statementsOf } from '../words/clauses.ts';
import { wordsOf } from '../words/names.ts';
import type { Fault } from './fault.ts';
import { isPlain } from './plain-words.ts';
import type { Mention, Sentence } from './sentence.ts';

/** Ways to say where it all began. */
const MARKER =
  /\b(?:root[- ]causes?|root of (?:the|this|it)|culprit|to blame|at fault|(?:solely |ultimately |mainly )?responsible(?: for)?|origin(?:at(?:es?|ed|ing)|s)?|source of (?:the|this|it|all)|(?:start(?:ed|s|ing)?|beg[aiu]n(?:s|ning)?|arose|emerged) (?:out )?(?:in|with|at|inside|from|within|when|as|because|deep)|first (?:to (?:fail|break|go wrong|show|fall|misbehave|go)|domino|thing to|sign of|failure|fault)|(?:fail|broke|went wrong|broke down|fell over|misbehaved|gave way)(?:ed)? first|underlying (?:cause|problem|issue|fault|reason)|(?:real|original|initial|main|primary|actual|true|ultimate|likely|probable|sole) (?:cause|trigger|problem|fault|reason|issue)|(?:the )?(?:cause|trigger|fault|reason|blame|problem) (?:was|is|lay|lies|sits?|sat|rests?|falls?|came from|turned out)|trac(?:ed?|ing) (?:\w+ ){0,3}?(?:back )?to|boil(?:s|ed) down to|(?:came|comes|went|goes) (?:down|back) to|heart of (?:the|this)|kick(?:ed|s) (?:it |this |things |everything )?off|set (?:it|this|everything|things) off|point(?:s|ed)? (?:back )?to|stemmed from|behind (?:the|this|it) (?:\w+ )?(?:incident|outage|problem|trouble|failure|all))/gi;
const OF = /^\s*(?:of|for|behind|in)\b/i;
const BE =
  /\b(?:was|is|were|are|lay|lies|sits?|sat|came from|turned out to be|can be found|:)\b|:/gi;
const NEGATED = /\b(?:not|never|neither|nor|no|rather than|instead of|n[’']t|isn|wasn)\b|n[’']t\b/i;
const STOP =
  /,\s|;\s|\s[-–—]\s|\bwhich\b|\band (?:then|from there|led|made|took|spread|brought|so)\b|\bthat (?:then )?(?:led|made|caused)\b|\brather than\b|\binstead of\b|\bnot\b/i;

const WHOLE =
  '(?:incident|outage|disruption|downtime|chain of events|chain reaction|cascade|trouble|everything|whole (?:thing|episode|affair)|it all|all of (?:this|it)|what happened|events of the day)';
const STARTED =
  '(?:set off|kicked off|set in motion|triggered|caused|sparked|brought on|brought about|initiated|started|driven|provoked|produced)';
/** Blames something for all that happened: "the outage was caused by …". */
const BLAMED_AFTER = new RegExp(
  `\\b${WHOLE}(?!\\s+(?:in|at|of|with|for|on|inside)\\b)(?:\\s+\\w+){0,2}?\\s+(?:(?:was|were|is|had been|has been)\\s+(?:\\w+ly\\s+)?${STARTED}\\s+by|(?:happened|occurred|came about|arose|resulted|was|is)\\s+(?:\\w+ly\\s+)?(?:because(?: of)?|due to|down to|owing to|the (?:result|fault|work|doing) of))\\b`,
  'gi',
);
/** "X caused the outage", and nothing said of whose outage. */
const BLAMED_BEFORE = new RegExp(
  `\\b(?:${STARTED}|led to|resulted in|is behind|was behind|created)\\s+(?:(?:the|this|all|whole|entire|of)\\s+)*${WHOLE}\\b(?!\\s+(?:of|at|in|for|on)\\b)`,
  'gi',
);

/** Whether the sentence blames what the analysis blames. */
export function checkRoot(sentence: Sentence, facts: Facts): Fault[] {
  if (facts.root.size === 0) return checkRootless(sentence, facts);
  const faults: Fault[] = [];
  for (const { start, end, blamed, negated } of blamesIn(sentence)) {
    for (const mention of blamed) {
      const said = sentence.text.slice(mention.start, mention.end);
      const isRoot = facts.root.has(mention.node);
      if (isRoot === !negated) continue;
      if (mention.node === facts.part && isPartOfRoot(sentence, mention, facts)) continue;
      faults.push({
        kind: 'wrong-root-cause',
        said,
        why: isRoot ? `The analysis does blame ${said}.` : `The analysis does not blame ${said}.`,
      });
    }
    if (blamed.length > 0 || negated) continue;
    const strange = start < end ? strangeBlame(sentence, facts, end) : undefined;
    if (strange !== undefined) {
      faults.push({
        kind: 'unknown-cause',
        said: strange,
        why: `The analysis does not blame ${strange}.`,
      });
    }
  }
  if (faults.length === 0) faults.push(...hintedBlame(sentence, facts));
  return faults.slice(0, 3);
}

/** Words in which people speak of beginnings and of guilt, however the sentence is built. */
const BLAMES =
  /\b(?:reasons?|cause[sd]?|origin\w*|sources?|roots?|rooted|blam\w*|culprits?|guilty|guilt|offender|offending|born|cradle|epicent\w+|ground zero|initial(?:ly)?|first|weak(?:est)? (?:link|point|spot)|trigger(?:ed)?|responsib\w+|suspects?|point of failure|starting point|where it (?:all )?(?:started|began)|(?:lead|leads|led|go|goes|point|points|pointed) back to|lies? (?:with|in|at)|none of this|had it not been|if not for|but for|in the first place|to begin with|(?:everything|all|the rest|the others)(?: \w+){0,2} (?:followed|fell|came after)|trac(?:e|ed|es|ing)|stem\w*|dominos?|dominoes|spark\w*|kicked|unravel\w*|genesis|catalyst|instigat\w*|ignit\w*|seeds?|fuse|beg[aiu]n\w*|start(?:s|ed|ing)?|stumbled first|all signs|the evidence (?:points|leads)|everything points|look no further|single out|at the bottom of|all about|to thank for|went wrong|fault of|whose failure|smoking gun|heart of)\b/i;
const HARMLESS =
  /\b(?:for (?:this|that) reason|first (?:noticed|seen|reported|visible|felt|saw|noted|step|thing to do|response)|start by|begin by|started (?:to )?(?:fail|show|see|slow|return|los|hav|get|reject|respond|struggl|drop|tim)\w*|beg(?:an|in|ins|un) (?:to )?(?:fail|show|see|slow|return|los|hav|get|reject|respond|struggl|drop|tim)\w*|(?:no|not|never|rather than|instead of|isn[’']t|wasn[’']t)\b)/i;

/** Their "no" and "not" deny nothing. */
const STRONG = /\b(?:look no further|had it not been for|none of this|not for)\b/i;

/** "What really failed was X", "it was X that …", "X was the one …": one of many is picked. */
function singledOut(text: string, { start, end }: Mention): RegExpExecArray | null {
  const before = text.slice(0, start);
  const after = text.slice(end);
  if (
    /\b(?:affect|hit|hurt|impact|notic|visible|symptom|next|final|saw|seen|felt|where|service is|named)\w*\b/i.test(
      text,
    )
  )
    return null;
  if (/^(?:\s+(?:component|system|part|itself))?\W*$/.test(after))
    return /\b(?:was|is|were|to be|be|been)\s+(?:the|our|in|with|inside)?\s*$/i.exec(before);
  if (/^\s+(?:that|which|who)\b/.test(after))
    return /\bit (?:was|is)\s+(?:the|our)?\s*$/i.exec(before);
  return /^\s+(?:was|is|has been)\s+the (?:one|piece|part|component|place|point|thing|service|spot|element)\b/i.exec(
    after,
  );
}

/** Guilt in words that no pattern reads, and nothing near but parts that are not to blame. */
function hintedBlame(sentence: Sentence, facts: Facts): Fault[] {
  const { text, mentions } = sentence;
  const [first] = mentions;
  const nodes = new Set(mentions.map(({ node }) => node));
  if (first === undefined || nodes.size > 1 || facts.root.has(first.node)) return [];
  const match = BLAMES.exec(text) ?? singledOut(text, first);
  if (match === null || sentence.isQuoted(match.index)) return [];
  if (HARMLESS.test(text) && !STRONG.test(text)) return [];
  // "It also reached X", "X was hit as well": whoever comes last is not to blame.
  if (
    /\b(?:also|too|as well|in turn|finally|last|eventually|then|reached|spread to|hit by|affected|impact(?:ed)?)\b/i.test(
      text,
    )
  )
    return [];
  const said = text.slice(first.start, first.end);
  return [{ kind: 'wrong-root-cause', said, why: `The analysis does not blame ${said}.` }];
}

/** "The rule parser part of fare-cache", "fare-cache (part: rule parser)". */
function isPartOfRoot({ text, mentions }: Sentence, part: Mention, facts: Facts): boolean {
  return mentions.some((root) => {
    if (!facts.root.has(root.node)) return false;
    const [first, second] = root.start < part.start ? [root, part] : [part, root];
    const between = text.slice(first.end, second.start);
    return /^[\s(,:]*(?:(?:part|component|piece|side|the|its|a|of|in|inside|within|namely|specifically|called|named|service)[\s(,:]*)*$/i.test(
      between,
    );
  });
}

/** Whether the sentence blames the root cause in so many words: then it stands before all else. */
export function blamesRoot(sentence: Sentence, facts: Facts): boolean {
  return blamesIn(sentence).some(({ blamed }) => blamed.some(({ node }) => facts.root.has(node)));
}

type Blame = { start: number; end: number; blamed: Mention[]; negated: boolean };

function blamesIn(sentence: Sentence): Blame[] {
  const { text, mentions } = sentence;
  const places = (pattern: RegExp) =>
    [...text.matchAll(pattern)]
      .map((match) => ({ start: match.index, end: match.index + match[0].length }))
      .filter(({ start }) => !sentence.isQuoted(start));
  return [
    ...places(MARKER).map((place) => ({ ...place, ...blamedBy(sentence, place.start, place.end) })),
    ...places(BLAMED_AFTER).map((place) => ({
      ...place,
      blamed: mentions.filter(({ start }) => start >= place.end).slice(0, 1),
      negated: isNegated(text, place.end),
    })),
    ...places(BLAMED_BEFORE).map(({ start }) => ({
      start,
      end: start,
      blamed: mentions.filter(({ end }) => end <= start).slice(-1),
      negated: isNegated(text, start),
    })),
  ];
}

/** Where the analysis names no root cause, nobody may. */
function checkRootless(sentence: Sentence, facts: Facts): Fault[] {
  const match = /\broot[- ]cause\b[^.]*?\b(?:was|is|lies|lay)\b/i.exec(sentence.text);
  const first = facts.rca.chains.flatMap(({ steps }) =>
    steps.slice(0, 1).map(({ service }) => stem(service ?? '')),
  );
  const [mention] = match ? sentence.mentions : [];
  if (mention === undefined || NEGATED.test(sentence.text) || first.includes(mention.node))
    return [];
  const said = sentence.text.slice(mention.start, mention.end);
  return [{ kind: 'wrong-root-cause', said, why: 'The analysis names no root cause.' }];
}

function blamedBy(
  sentence: Sentence,
  start: number,
  end: number,
): { blamed: Mention[]; negated: boolean } {
  const { text, mentions } = sentence;
  let from = end;
  const after = text.slice(end);
  if (OF.test(after)) {
    // "The root cause of the payment outage was …": what it is the cause of comes first.
    BE.lastIndex = 0;
    const be = BE.exec(after);
    if (be === null) {
      const before = inClauseBefore(text, mentions, start);
      return { blamed: before, negated: isNegated(text, start) };
    }
    from = end + be.index + be[0].length;
  }
  from += /^\s*,?\s*(?:is|was|are|were)\b/.exec(text.slice(from))?.[0].length ?? 0;
  const rest = text.slice(from);
  const stop = rest.search(STOP);
  const until = stop < 0 ? text.length : from + stop;
  const following = mentions.filter((mention) => mention.start >= from && mention.end <= until);
  const before = inClauseBefore(text, mentions, start);
  const pointsBack =
    /^(?:to blame|at fault|(?:solely |ultimately |mainly )?responsible|first |failed first|broke|went wrong|fell|misbehaved|gave|kick|set |culprit|behind)/i.test(
      text.slice(start),
    ) && before.length > 0;
  if (pointsBack) return { blamed: before, negated: isNegated(text, start) };
  const nearest = following.slice(0, 1);
  for (const mention of following.slice(1)) {
    // A list: all of it is blamed. Anything else behind the first is how it went on.
    const previous = nearest.at(-1);
    if (
      previous &&
      /^\s*(?:,|and|or|\+|&)\s*(?:the\s+)?$/i.test(text.slice(previous.end, mention.start))
    )
      nearest.push(mention);
    else break;
  }
  if (nearest.length > 0) {
    return {
      blamed: nearest,
      negated: NEGATED.test(text.slice(Math.max(0, start - 14), nearest[0]?.start)),
    };
  }
  const isCauseAtEnd = /^\W*$|^\s*(?:of|for|here|in this)\b/i.test(text.slice(end));
  return { blamed: isCauseAtEnd ? before : [], negated: isNegated(text, start) };
}

function isNegated(text: string, at: number): boolean {
  return NEGATED.test(text.slice(Math.max(0, at - 14), at));
}

function inClauseBefore(text: string, mentions: readonly Mention[], at: number): Mention[] {
  const last = mentions.filter(({ end }) => end <= at).at(-1);
  return last !== undefined && !/[,;:]\s/.test(text.slice(last.end, at))
    ? [last]
    : last
      ? [last]
      : [];
}

/** Something is blamed that is no node: it must at least be what the evidence speaks of. */
function strangeBlame(sentence: Sentence, facts: Facts, from: number): string | undefined {
  const rest = sentence.text.slice(from);
  const stop = rest.search(STOP);
  const until = stop < 0 ? sentence.text.length : from + stop;
  const telling = sentence.words.filter(
    ({ text, start, end }) => start >= from && end <= until && !isPlain(text),
  );
  if (telling.length === 0 || telling.some(({ text }) => rootWords(facts).has(stem(text))))
    return undefined;
  return sentence.text.slice(telling[0]?.start ?? from, telling.at(-1)?.end ?? until);
}

const cache = new WeakMap<Facts, ReadonlySet<string>>();

function rootWords(facts: Facts): ReadonlySet<string> {
  const known = cache.get(facts);
  if (known) return known;
  const { rootCause, chains } = facts.rca;
  const texts = [
    rootCause.service ?? '',
    rootCause.component ?? '',
    ...rootCause.evidence.flatMap(({ details }) => statementsOf(details ?? '')),
    ...chains.flatMap(({ steps }) => steps.slice(0, 1).map(({ kpiName }) => kpiName ?? '')),
  ];
  const words = new Set(texts.flatMap((text) => wordsOf(text).map(stem)));
  cache.set(facts, words);
  return words;
}
