import type { CheckedSentence, Verifier } from './verify/verify.ts';

/** A model's text with what could not be traced taken out. */
export type Telling = {
  text: string;
  dropped: { sentence: string; reason: string }[];
  /**
   * Whether enough is left: what the root cause is, and half of the sentences. A model that blames another part
   * says nowhere what the root cause is, however its words were read.
   */
  isEnough: boolean;
};

const ITEM = /^(\s*)\d{1,2}([.)])(\s+)/;
/** Taking a sentence out can leave its neighbour hanging in the air; that settles within a few rounds. */
const MOST_ROUNDS = 4;

const reasonOf = ({ faults }: CheckedSentence) => faults.map(({ why }) => why).join(' ');

/** Keeps what the analysis carries. */
export function keepTraced(text: string, verifier: Verifier): Telling {
  let left = text;
  const dropped: Telling['dropped'] = [];
  let total = 0;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const checked = verifier.check(left);
    if (round === 0) total = checked.length;
    const faulty = checked.filter(({ faults }) => faults.length > 0);
    if (faulty.length === 0) {
      const isBlamed = !verifier.hasRoot || checked.some(({ blamesRoot }) => blamesRoot);
      return {
        text: left,
        dropped,
        isEnough: isBlamed && checked.length * 2 >= total && total > 0,
      };
    }
    dropped.push(...faulty.map((one) => ({ sentence: one.text, reason: reasonOf(one) })));
    left = rebuilt(left, checked, (one) => (one.faults.length > 0 ? '' : one.text));
  }
  return { text: '', dropped, isEnough: false };
}

/** Puts other sentences in the place of those that could not be traced. */
export function withRepairs(
  text: string,
  verifier: Verifier,
  repairs: ReadonlyMap<number, string>,
): string {
  const checked = verifier.check(text);
  const numbers = new Map(faultyOf(checked).map((one, i) => [one, i + 1]));
  return rebuilt(text, checked, (one) => {
    const number = numbers.get(one);
    if (number === undefined) return one.text;
    const repaired = repairs.get(number)?.trim().replace(/\s+/g, ' ');
    if (repaired === undefined) return one.text;
    const [mark = ''] = ITEM.exec(one.text) ?? [];
    return repaired === '' ? '' : mark + repaired.replace(ITEM, '');
  });
}

export function faultyOf(checked: readonly CheckedSentence[]): CheckedSentence[] {
  return checked.filter(({ faults }) => faults.length > 0);
}

function rebuilt(
  text: string,
  checked: readonly CheckedSentence[],
  choose: (sentence: CheckedSentence) => string,
): string {
  const rows = text.split('\n').map((row, line) => {
    const parts = checked.filter((one) => one.line === line);
    if (parts.length === 0) return row;
    const kept = parts.map(choose).filter((part) => part.trim() !== '');
    return kept.length === 0 ? undefined : kept.join(' ');
  });
  return renumbered(withoutEmptyHeadings(rows.filter((row) => row !== undefined)))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** "What to do:" with nothing under it. */
function withoutEmptyHeadings(rows: readonly string[]): string[] {
  return rows.filter((row, i) => {
    if (!/:\s*$/.test(row)) return true;
    const next = rows.slice(i + 1).find((other) => other.trim() !== '');
    return next !== undefined && /^\s*(?:[-*•]|\d{1,2}[.)])\s/.test(next);
  });
}

function renumbered(rows: readonly string[]): string[] {
  let number = 0;
  return rows.map((row) => {
    if (!ITEM.test(row)) {
      number = 0;
      return row;
    }
    number += 1;
    return row.replace(
      ITEM,
      (_, indent: string, dot: string, gap: string) => `${indent}${number}${dot}${gap}`,
    );
  });
}
