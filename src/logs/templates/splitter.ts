import { isLetter } from '../characters.ts';
import { hashOf, hasInnerDot, isHexPair, PRIME, SEED } from './token-rules.ts';

/** What a message is made of. White space is not an element: writers differ in it. */
export const ELEMENT = { word: 1, mark: 2, variable: 3 } as const;

/** A message with more elements is told apart by its first ones only. */
const MOST_ELEMENTS = 256;
/** Longer words are data. */
const LONGEST_WORD = 80;
const LONGEST_QUOTE = 80;

const CLASS = { word: 0, space: 1, mark: 2 } as const;
const CLASSES = new Uint8Array(128);
for (let code = 0; code <= 32; code++) CLASSES[code] = CLASS.space;
CLASSES[127] = CLASS.space;
for (const mark of '=:,;()[]{}<>"\'|') CLASSES[mark.charCodeAt(0)] = CLASS.mark;

/** Cuts a message into words and marks, and says of each word whether it varies by its looks. */
export function createSplitter() {
  const size = MOST_ELEMENTS + 8;
  const kinds = new Uint8Array(size);
  const hashes = new Int32Array(size);
  const starts = new Int32Array(size);
  const ends = new Int32Array(size);
  let count = 0;

  function push(kind: number, hash: number, start: number, end: number): void {
    kinds[count] = kind;
    hashes[count] = hash;
    starts[count] = start;
    ends[count] = end;
    count++;
  }

  /** Fills the arrays; answers how many elements there are. */
  function words(line: string, from: number, to: number): number {
    count = 0;
    let at = from;
    while (at < to && count < MOST_ELEMENTS) {
      const code = line.charCodeAt(at);
      const kind = code < 128 ? CLASSES[code] : code === 160 ? CLASS.space : CLASS.word;
      if (kind === CLASS.space) at++;
      else if (kind === CLASS.mark) {
        const close = code === 34 || code === 39 ? closingQuote(line, at, to) : -1;
        if (close > 0) {
          push(ELEMENT.mark, code, at, at + 1);
          push(ELEMENT.variable, hashOf(line.slice(at + 1, close)), at + 1, close);
          push(ELEMENT.mark, code, close, close + 1);
          at = close + 1;
        } else {
          push(ELEMENT.mark, code, at, at + 1);
          at++;
        }
      } else at = word(line, at, to);
    }
    return count;
  }

  /** One or two words in quotes are a value; more are a sentence and read like one. */
  function closingQuote(line: string, open: number, to: number): number {
    const quote = line.charCodeAt(open);
    const limit = Math.min(to, open + LONGEST_QUOTE);
    let spaces = 0;
    for (let at = open + 1; at < limit; at++) {
      const code = line.charCodeAt(at);
      if (code === quote) return at > open + 1 ? at : -1;
      if (code === 32 && ++spaces > 1) return -1;
    }
    return -1;
  }

  function word(line: string, start: number, to: number): number {
    let at = start;
    let hash = SEED;
    let dots = 0;
    let seenDot = false;
    let digit = false;
    let slashes = 0;
    let data = false;
    let hex = true;
    let query = false;
    let end = start;
    for (; at < to; at++) {
      const code = line.charCodeAt(at);
      if (code < 128) {
        if (query && code > 32 && code !== 34 && code !== 127) {
          hash = Math.imul(hash ^ code, PRIME);
          end = at + 1;
          continue;
        }
        if (CLASSES[code] !== CLASS.word) {
          // The apostrophe of "can't" is a letter.
          if (code !== 39 || at === start || !isLetter(line.charCodeAt(at + 1))) break;
          if (!isLetter(line.charCodeAt(at - 1))) break;
        }
        if (code === 46) {
          dots++;
          continue;
        }
        if (code >= 48 && code <= 57) digit = true;
        else if (code === 47) slashes++;
        else if (code === 63 && slashes > 0) query = true;
        else if (code === 64 || code === 92) data = data || at > start || code === 92;
        if (hex && !(digit || (code >= 97 && code <= 102) || (code >= 65 && code <= 70)))
          hex = false;
      } else if (code === 160) break;
      else hex = false;
      if (dots > 0) {
        // Leaders, as in `mode......0`, part words.
        if (dots > 1 && end > start) {
          at -= dots;
          break;
        }
        hash = Math.imul(hash ^ 46, PRIME);
        seenDot = true;
        dots = 0;
      }
      hash = Math.imul(hash ^ code, PRIME);
      end = at + 1;
    }
    if (end === start) return at;
    const size = end - start;
    const varies =
      digit ||
      (data && size > 1) ||
      size > LONGEST_WORD ||
      (slashes > 0 && size > 1 && line.charCodeAt(start) === 47) ||
      slashes > 1 ||
      (slashes > 0 && seenDot) ||
      query ||
      (hex && size >= 8);
    const glued = line.charCodeAt(start - 1) === 58;
    if (varies && glued) claimAddress(line, start);
    // The last pair of a hardware address may be letters only.
    const pair = glued && size === 2 && hex && kinds[count - 2] === ELEMENT.variable && count > 1;
    push(varies || pair ? ELEMENT.variable : ELEMENT.word, hash, start, end);
    // Skips the dots of a leader or an ellipsis.
    while (at < to && line.charCodeAt(at) === 46) at++;
    return at;
  }

  /** `db.example.com:5432`, `Main.java:17` and `fe:ed:00:…`: what is glued on before the colon varies too. */
  function claimAddress(line: string, start: number): void {
    let i = count - 2;
    if (i < 0 || starts[i + 1] !== start - 1 || ends[i] !== start - 1 || kinds[i] !== ELEMENT.word)
      return;
    if (hasInnerDot(line, starts[i] ?? 0, ends[i] ?? 0)) {
      kinds[i] = ELEMENT.variable;
      return;
    }
    while (i >= 0 && kinds[i] !== ELEMENT.mark && isHexPair(line, starts[i] ?? 0, ends[i] ?? 0)) {
      const before = i;
      i -= 2;
      const linked =
        i >= 0 && line.charCodeAt(starts[i + 1] ?? 0) === 58 && ends[i] === starts[i + 1];
      if (!linked || starts[before] !== ends[i + 1]) break;
      if (kinds[i] === ELEMENT.variable || isHexPair(line, starts[i] ?? 0, ends[i] ?? 0)) {
        kinds[before] = ELEMENT.variable;
        if (kinds[i] === ELEMENT.word) kinds[i] = ELEMENT.variable;
      }
    }
  }

  return { kinds, hashes, starts, ends, words };
}
