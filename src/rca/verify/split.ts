import type { Facts } from '../facts.ts';

const END = /(?<=[.!?]["”')\]*_`]*)\s+(?=[-"“'([*_`#|]*([\p{L}\p{N}]+(?:[-_.][\p{L}\p{N}]+)*))/u;
const SHORT = /(?:\b(?:a\.m|p\.m|e\.g|i\.e|approx|no|vs|dr|mr|ms|st|etc)\.|^\s*\d{1,2}\.)$/i;

/**
 * The sentences of a line. A full stop behind a short form or a number of a list does not end one; before a small
 * letter it does where a name of the analysis follows: "It stopped. seat-map failed."
 */
export function splitSentences(row: string, facts: Facts): string[] {
  const parts: string[] = [];
  const pieces = row.split(END);
  // The expression catches the word that follows, which stands between the pieces and again in the next one.
  for (let i = 0; i < pieces.length; i += 2) {
    const piece = pieces[i] ?? '';
    const opening = pieces[i - 1] ?? '';
    const last = parts.at(-1);
    const goesOn =
      last !== undefined &&
      (SHORT.test(last) ||
        // A question says nothing without its answer.
        last.endsWith('?') ||
        (/^\p{Ll}/u.test(opening) && !facts.isName(opening)));
    if (goesOn) parts[parts.length - 1] = `${last} ${piece}`;
    else parts.push(piece);
  }
  return parts.filter((part) => /[\p{L}\p{N}]/u.test(part)).map((part) => part.trimEnd());
}
