import type { Rca } from '../../domain/rca.ts';
import { createFacts, type Facts } from '../facts.ts';
import type { Fault } from './fault.ts';
import { checkFigures } from './figures.ts';
import { type KnownFigures, knownFigures } from './known-figures.ts';
import { checkNames } from './names.ts';
import { checkCause, checkListOrder, checkOrder } from './order.ts';
import { checkRole } from './role.ts';
import { checkRoot } from './root.ts';
import { readSentence, type Sentence } from './sentence.ts';

export type CheckedSentence = {
  text: string;
  /** Empty when everything in it could be traced. */
  faults: Fault[];
  /** Whether it names the root cause. */
  namesRoot: boolean;
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
const TOLD_IN_ORDER =
  /\b(?:order|spread|happened|chain|sequence|events|how|story|path|unfold\w*|timeline)\b/i;
const TO_BE_DONE = /\b(?:to do|action\w*|next steps|recommend\w*|should|advice|follow-?up)\b/i;

/** Traces explanations of one analysis back to it. */
export function createVerifier(rca: Rca): Verifier {
  const facts = createFacts(rca);
  const figures = knownFigures(facts);
  return {
    hasRoot: facts.root.size > 0,
    check: (text) => checkAll(text, facts, figures),
  };
}

function checkAll(text: string, facts: Facts, figures: KnownFigures): CheckedSentence[] {
  const checked: CheckedSentence[] = [];
  let previous: Sentence | undefined;
  let item: Sentence | undefined;
  let heading = '';
  text.split('\n').forEach((row, line) => {
    const isItem = ITEM.test(row);
    if (!isItem) item = undefined;
    splitSentences(row).forEach((part, place) => {
      const sentence = readSentence(part, facts);
      const faults = [
        ...checkNames(sentence, facts),
        ...checkFigures(sentence, figures),
        ...checkRoot(sentence, facts),
        ...checkOrder(sentence, facts, previous),
        ...checkCause(sentence, facts),
      ];
      const ordered =
        isItem && place === 0 && TOLD_IN_ORDER.test(heading) && !TO_BE_DONE.test(heading);
      // In a list that is told in order, the place says what a part did.
      if (ordered && item !== undefined) faults.push(...checkListOrder(sentence, item, facts));
      else if (faults.length === 0) faults.push(...checkRole(sentence, facts));
      if (isItem && place === 0) {
        item = sentence;
      }
      checked.push({
        text: part,
        faults,
        namesRoot: sentence.mentions.some(({ node }) => facts.root.has(node)),
        line,
        part: place,
      });
      previous = sentence;
    });
    if (!isItem && row.trim() !== '') heading = row;
  });
  return checked;
}

const END = /(?<=[.!?]["”')\]]*)\s+(?=["“'([]?[\p{Lu}\p{N}])/u;
const SHORT = /(?:\b(?:a\.m|p\.m|e\.g|i\.e|approx|no|vs|dr|mr|ms|st)\.|^\s*\d{1,2}\.)$/i;

/** The sentences of a line; a full stop behind a short form or a number of a list does not end one. */
function splitSentences(row: string): string[] {
  const parts: string[] = [];
  for (const piece of row.split(END)) {
    const last = parts.at(-1);
    if (last !== undefined && SHORT.test(last)) parts[parts.length - 1] = `${last} ${piece}`;
    else parts.push(piece);
  }
  return parts.filter((part) => /[\p{L}\p{N}]/u.test(part)).map((part) => part.trimEnd());
}
