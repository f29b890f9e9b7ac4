import type { Fault } from '../fault.ts';
import type { Sentence } from '../sentence.ts';
import { type Meant, meantBy } from './amounts.ts';
import type { KnownFigures } from './known-figures.ts';

export type Found = { match: RegExpExecArray; start: number; end: number; meant: Meant };

/** Reads the figures of one sentence, each once: what was read is blanked out for those who read after. */
export type FigureReader = {
  readonly sentence: Sentence;
  readonly known: KnownFigures;
  /** `read` answers false for what it leaves to others. */
  each(pattern: RegExp, read: (found: Found) => boolean): void;
  wrong(kind: 'wrong-number' | 'wrong-time', said: string): void;
  readonly faults: Fault[];
};

export function createFigureReader(sentence: Sentence, known: KnownFigures): FigureReader {
  const faults: Fault[] = [];
  let left = sentence.text.replace(/^\s*(?:[-*•]|\d{1,2}[.)])\s+/, (mark) =>
    ' '.repeat(mark.length),
  );
  return {
    sentence,
    known,
    faults,
    each(pattern, read) {
      const original = left;
      for (const match of original.matchAll(pattern)) {
        const start = match.index;
        const end = start + match[0].length;
        if (!read({ match, start, end, meant: meantBy(original.slice(0, start)) })) continue;
        left = left.slice(0, start) + ' '.repeat(end - start) + left.slice(end);
      }
    },
    wrong(kind, said) {
      const text = said.trim();
      faults.push({ kind, said: text, why: `The analysis does not say ${text}.` });
    },
  };
}
