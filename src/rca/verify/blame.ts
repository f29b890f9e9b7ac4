import type { Facts } from '../facts.ts';
import type { Fault } from './fault.ts';
import { likelihood } from './likelihood.ts';
import type { Mark } from './marks.ts';
import type { Mention, Sentence } from './sentence.ts';
import { blameSigns } from './signs.ts';
import { BLAME_WEIGHTS } from './weights.ts';

/**
 * From here on a sentence is taken to blame a name. Low, since a wrong root cause does more harm than a sentence
 * that is missing; beside another name the order of the two was checked as well.
 */
const BLAMED_ALONE = 0.25;
/** What an explanation has to say of the root cause at some place, in words as plain as this. */
const SAID_TO_BE_ROOT = 0.26;
const BLAMED_BESIDE_OTHERS = 0.4;
/** What is to be done about a part says little of its guilt. */
const BLAMED_IN_ADVICE = 0.4;
/**
 * Where the analysis names no root cause, or where the place in a list that is told in order says what a part did,
 * only plain words are held against a sentence.
 */
const BLAMED_PLAINLY = 0.7;

/** Whether the sentence blames what the analysis blames. */
export function checkBlame(
  sentence: Sentence,
  marks: readonly Mark[],
  facts: Facts,
  { firstOfChains, isInOrder }: { firstOfChains: ReadonlySet<string>; isInOrder: boolean },
): Fault[] {
  const nodes = new Set(sentence.mentions.map(({ node }) => node));
  const isHarmless = (isInOrder || isAdvice(marks)) && !marks.some(isGuilt);
  const faults: Fault[] = [];
  const seen = new Set<string>();
  marks.forEach(({ node, start, end }, at) => {
    if (node === undefined || seen.has(node)) return;
    const said = sentence.text.slice(start, end);
    if (facts.root.has(node)) {
      if (isDenied(marks, at)) faults.push(fault(said, `The analysis does blame ${said}.`));
      return;
    }
    if (facts.root.size === 0 && firstOfChains.has(node)) return;
    if (node === facts.part && isPartOfRoot(sentence, { node, start, end }, facts)) return;
    if (sentence.isQuotedAround({ start, end }) || (isHarmless && nodes.size === 1)) return;
    const most =
      facts.root.size === 0 || isInOrder
        ? BLAMED_PLAINLY
        : isAdvice(marks)
          ? BLAMED_IN_ADVICE
          : nodes.size > 1
            ? BLAMED_BESIDE_OTHERS
            : BLAMED_ALONE;
    if (likelihood(blameSigns(marks, at), BLAME_WEIGHTS) < most) return;
    seen.add(node);
    const why =
      facts.root.size === 0
        ? 'The analysis names no root cause.'
        : `The analysis does not blame ${said}, and this does not say plainly that it was hurt.`;
    faults.push(fault(said, why));
  });
  return faults;
}

const fault = (said: string, why: string): Fault => ({ kind: 'wrong-root-cause', said, why });

/** Whether the sentence says that the root cause is one, and not merely that it failed. */
export function blamesRoot(marks: readonly Mark[], facts: Facts): boolean {
  const names = new Set(marks.flatMap(({ node }) => node ?? []));
  // "Check R first" says what to do, and "R broke X" is said of every link of a chain.
  if ((isAdvice(marks) || names.size > 1) && !marks.some(isGuilt)) return false;
  return marks.some(
    ({ node }, at) =>
      node !== undefined &&
      facts.root.has(node) &&
      !isDenied(marks, at) &&
      likelihood(blameSigns(marks, at), BLAME_WEIGHTS) >= SAID_TO_BE_ROOT,
  );
}

/** How far a "not" reaches. */
const REACH = 2;

/** "X was not the root cause", "the root cause was not X". */
function isDenied(marks: readonly Mark[], at: number): boolean {
  return marks.some(({ roles }, i) => {
    if (!roles.includes('not')) return false;
    const reached = marks.slice(i + 1, i + 1 + REACH);
    if (i > at) return marks.slice(at + 1, i).every(isBridge) && reached.some(isGuilt);
    const guilt = marks.findIndex(isGuilt);
    return (
      i === at - 1 &&
      guilt >= 0 &&
      guilt < i &&
      marks.slice(guilt, i).every((one) => isGuilt(one) || isBridge(one))
    );
  });
}

const isGuilt = ({ roles }: Mark) => roles.includes('root') || roles.includes('guilt');

const isBridge = ({ roles, node }: Mark) =>
  node === undefined && roles.some((role) => role === 'be' || role === 'trouble' || role === 'of');

/** Whether a sentence opens by saying what to do. */
export function isAdvice(marks: readonly Mark[]): boolean {
  return (
    marks.slice(0, 3).some(({ roles }) => roles.includes('advise')) ||
    marks.some(({ roles }) => roles.length === 1 && roles[0] === 'advise')
  );
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
