import { isDigit } from '../characters.ts';
import { createSplitter, ELEMENT } from './splitter.ts';
import { DATE_WORDS, isSymbol, PRIME, SEED, UNITS, VARIABLE_HASH } from './token-rules.ts';

export { ELEMENT };

/** The elements of the last message; the arrays are reused. */
export type Elements = {
  count: number;
  kinds: Uint8Array;
  hashes: Int32Array;
  starts: Int32Array;
  ends: Int32Array;
  /** Two independent hashes of the whole: equal for messages that differ only in variables. */
  first: number;
  second: number;
};

/** Splits a message into words, marks and variables, and hashes what is left when the variables are gone. */
export function createTokenizer() {
  const split = createSplitter();
  const { kinds, hashes, starts, ends } = split;
  // Empty values add elements.
  const size = kinds.length * 2;
  let count = 0;
  const out: Elements = {
    count: 0,
    kinds: new Uint8Array(size),
    hashes: new Int32Array(size),
    starts: new Int32Array(size),
    ends: new Int32Array(size),
    first: 0,
    second: 0,
  };

  function emit(kind: number, hash: number, start: number, end: number): void {
    const j = out.count++;
    out.kinds[j] = kind;
    out.hashes[j] = hash;
    out.starts[j] = start;
    out.ends[j] = end;
  }

  function isDate(i: number): boolean {
    if (kinds[i] !== ELEMENT.word || !DATE_WORDS.has(hashes[i] ?? 0)) return false;
    if (kinds[i + 1] === ELEMENT.variable) return i + 1 < count;
    return i + 2 < count && DATE_WORDS.has(hashes[i + 1] ?? 0) && kinds[i + 2] === ELEMENT.variable;
  }

  /** Runs of values are one value, however many: lists differ in length. */
  function variable(line: string, hash: number, start: number, end: number): void {
    let j = out.count - 1;
    if (j >= 1 && isJoint(line, j)) {
      if (out.kinds[j - 1] === ELEMENT.variable) j--;
      else if (j >= 2 && isJoint(line, j - 1) && out.kinds[j - 2] === ELEMENT.variable) j -= 2;
    }
    if (j >= 0 && out.kinds[j] === ELEMENT.variable) {
      out.count = j + 1;
      out.hashes[j] = Math.imul((out.hashes[j] ?? 0) ^ hash, PRIME);
      out.ends[j] = end;
      return;
    }
    emit(ELEMENT.variable, hash, start, end);
  }

  function isJoint(line: string, j: number): boolean {
    const kind = out.kinds[j];
    const hash = out.hashes[j];
    if (kind === ELEMENT.mark) return hash === 58 || hash === 44 || hash === 59 || hash === 124;
    return kind === ELEMENT.word && isSymbol(line, out.starts[j] ?? 0, out.ends[j] ?? 0);
  }

  function join(line: string): void {
    out.count = 0;
    for (let i = 0; i < count; i++) {
      const kind = kinds[i] ?? 0;
      const hash = hashes[i] ?? 0;
      const start = starts[i] ?? 0;
      const end = ends[i] ?? 0;
      if (kind === ELEMENT.variable || isDate(i)) {
        // `<1 sec`: a comparison, not a bracket.
        const j = out.count - 1;
        if (j >= 0 && out.hashes[j] === 60 && out.ends[j] === start && hashes[i + 1] !== 62) {
          if (out.kinds[j] === ELEMENT.mark) out.count--;
        }
        variable(line, hash, start, end);
      } else if (kind === ELEMENT.word) {
        const j = out.count - 1;
        const scales =
          j >= 0 &&
          out.kinds[j] === ELEMENT.variable &&
          UNITS.has(hash) &&
          isDigit(line.charCodeAt((out.ends[j] ?? 1) - 1));
        if (scales) out.ends[j] = end;
        else emit(kind, hash, start, end);
      } else {
        emit(kind, hash, start, end);
        if (hash === 61 && isEmptyValue(i)) variable(line, SEED, end, end);
        else if (hash === 40 && isEmptyBracket(i)) variable(line, SEED, end, end);
      }
    }
  }

  /** `ruser= rhost=…`: a key without a value has an empty one. */
  function isEmptyValue(i: number): boolean {
    if (i === 0 || kinds[i - 1] !== ELEMENT.word || ends[i - 1] !== starts[i]) return false;
    if (i + 1 >= count) return true;
    if (starts[i + 1] === ends[i]) {
      const next = hashes[i + 1];
      return (
        kinds[i + 1] === ELEMENT.mark && (next === 44 || next === 59 || next === 41 || next === 93)
      );
    }
    return (
      i + 2 < count &&
      hashes[i + 2] === 61 &&
      kinds[i + 2] === ELEMENT.mark &&
      ends[i + 1] === starts[i + 2]
    );
  }

  /** `host ()`, which is not the call `host()`. */
  function isEmptyBracket(i: number): boolean {
    if (i === 0 || i + 1 >= count || hashes[i + 1] !== 41 || kinds[i + 1] !== ELEMENT.mark)
      return false;
    return ends[i - 1] !== starts[i];
  }

  return function tokenize(line: string, from: number, to: number): Elements {
    count = split.words(line, from, to);
    join(line);
    let first = SEED;
    let second = VARIABLE_HASH;
    for (let j = 0; j < out.count; j++) {
      const hash = out.kinds[j] === ELEMENT.variable ? VARIABLE_HASH : (out.hashes[j] ?? 0);
      first = Math.imul(first ^ hash, PRIME);
      first ^= first >>> 15;
      second = Math.imul(second + hash, 0x5bd1e995);
      second ^= second >>> 13;
    }
    out.first = first;
    out.second = second;
    return out;
  };
}
