import type { Rca } from '../../domain/rca.ts';
import { createFacts } from '../facts.ts';
import { blamesRoot, checkBlame } from './blame.ts';
import { checkCause } from './cause.ts';
import type { Fault } from './fault.ts';
import { checkFigures } from './figures/figures.ts';
import { knownFigures } from './figures/known-figures.ts';
import { type Mark, marksOf } from './marks.ts';
import { checkNames } from './names.ts';
import { checkGoingOn, checkListOrder, checkOrder } from './order.ts';
import { readSentence, type Sentence } from './sentence.ts';
import { splitSentences } from './split.ts';

export type CheckedSentence = {
  text: string;
  /** Empty when everything in it could be traced. */
  faults: Fault[];
  /** Whether it says what the root cause is. */
  blamesRoot: boolean;
  /** Its place: the line, and how many sentences of that line come before. */
  line: number;
  part: number;
};

export type Verifier = {
  /** Every sentence of an explanation with what could not be traced. */
  check(text: string): CheckedSentence[];
  readonly hasRoot: boolean;
};

const ITEM = /^\s*\d{1,2}[.)]\s+/;
/** A row of a timeline: "- 07:30 UTC: …", "| 07:30 | … |". */
const TIMED = /^\W*\d{1,2}:[0-5]\d\b/;
const TOLD_IN_ORDER =
  /\b(?:order|spread|happened|chain|sequence|events|how|story|path|unfold\w*|timeline)\b/i;
const TO_BE_DONE = /\b(?:to do|action\w*|next steps|recommend\w*|should|advice|follow-?up)\b/i;

/** What a sentence says by itself, wherever it stands. */
type Reading = { sentence: Sentence; marks: Mark[]; faults: Fault[]; blamesRoot: boolean };

/** Traces explanations of one analysis back to it. */
export function createVerifier(rca: Rca): Verifier {
  const facts = createFacts(rca);
  const figures = knownFigures(facts);
  const firstOfChains = new Set(
    rca.chains.map(({ steps }) => facts.nodeNamed(steps[0]?.service ?? '')),
  );
  // A text is checked again whenever something was taken out of it; most of its sentences are the same.
  const known = new Map<string, Reading>();
  const read = (text: string): Reading => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const sentence = readSentence(text, facts);
    const marks = marksOf(sentence);
    const reading = {
      sentence,
      marks,
      faults: [
        ...checkNames(sentence, facts),
        ...checkFigures(sentence, figures),
        ...checkOrder(sentence, marks, facts),
        ...checkCause(sentence, marks, facts),
      ],
      blamesRoot: facts.isPlainRoot
        ? sentence.mentions.some(({ node }) => facts.root.has(node))
        : blamesRoot(marks, facts),
    };
    known.set(text, reading);
    return reading;
  };

  function check(text: string): CheckedSentence[] {
    const checked: CheckedSentence[] = [];
    let previous: Sentence | undefined;
    let step: Reading | undefined;
    let heading = '';
    text.split('\n').forEach((row, line) => {
      const isItem = ITEM.test(row);
      const isTold = TOLD_IN_ORDER.test(heading) && !TO_BE_DONE.test(heading);
      const isStep = (isItem && isTold) || (!isItem && TIMED.test(row));
      if (!isStep) step = undefined;
      splitSentences(row, facts).forEach((part, place) => {
        const reading = read(part);
        const { sentence, marks } = reading;
        const opensStep = isStep && place === 0;
        const faults = [
          ...reading.faults,
          ...checkBlame(sentence, marks, facts, { firstOfChains, isInOrder: opensStep && isItem }),
          ...checkGoingOn(sentence, marks, previous, facts),
        ];
        // In a list that is told in order, the place says what a part did.
        if (opensStep) {
          if (step !== undefined && !isFoundOut(marks)) {
            faults.push(...checkListOrder(sentence, step.sentence, facts));
          }
          if (!isFoundOut(marks)) step = reading;
        }
        checked.push({ text: part, faults, blamesRoot: reading.blamesRoot, line, part: place });
        previous = sentence;
      });
      if (!isItem && row.trim() !== '') heading = row;
    });
    return checked;
  }

  return { hasRoot: facts.root.size > 0, check };
}

/** What was noticed or found out when is another order than what happened when. */
function isFoundOut(marks: readonly Mark[]): boolean {
  return marks.some(({ roles }) => roles.includes('seen') || roles.includes('point'));
}
