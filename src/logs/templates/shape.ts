import { ELEMENT, type Elements } from './tokenizer.ts';

/** The place of a variable among a shape's parts. */
export const HOLE = '';

/** `node-1 ok node-2 ok node-3 ok`: blocks of at most so many parts that repeat are a list. */
const LONGEST_BLOCK = 6;

export type Parts = {
  /** Words and marks as written, `HOLE` for a variable. */
  parts: string[];
  /** For each variable of the message, its place among the holes: lists fold many into few. */
  holes: number[];
};

export function partsOf(elements: Elements, line: string): Parts {
  const parts: string[] = [];
  const origin: number[] = [];
  for (let i = 0; i < elements.count; i++) {
    const variable = elements.kinds[i] === ELEMENT.variable;
    parts.push(variable ? HOLE : line.slice(elements.starts[i], elements.ends[i]));
    origin.push(i);
  }
  return foldLists(parts);
}

/** Folds a block that follows itself, when it holds a variable: a list of one is a list, too. */
function foldLists(all: string[]): Parts {
  const parts: string[] = [];
  const holes: number[] = [];
  let holeCount = 0;
  for (let at = 0; at < all.length; ) {
    parts.push(all[at] ?? HOLE);
    if (all[at] === HOLE) holes.push(holeCount++);
    at++;
    for (let size = 1; size <= LONGEST_BLOCK && size <= parts.length; size++) {
      const block = parts.slice(-size);
      if (!block.includes(HOLE)) continue;
      const inside = block.filter((part) => part === HOLE).length;
      while (block.every((part, i) => all[at + i] === part) && at + size <= all.length) {
        for (let i = 0; i < inside; i++) holes.push(holeCount - inside + i);
        at += size;
      }
    }
  }
  return { parts, holes };
}
