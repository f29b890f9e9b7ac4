/** So many different values are counted one by one, the first seen; beyond, only their number is estimated. */
const KEPT = 16;
const LONGEST_VALUE = 120;

/** Linear counting with 4,096 bits: within 3 % up to some 10,000 different values, then "at least". */
const BITS = 4_096;

export type Values = {
  add(hash: number, line: string, start: number, end: number): void;
  /** Counts a value that is known as text, such as a fixed word of a shape that became a variable. */
  addText(text: string, hash: number, count: number): void;
  /** Takes in what another variable counted, when two shapes turn out to be one. */
  absorb(other: Values): void;
  /** The values that were counted one by one. */
  kept(): { text: string; hash: number; count: number }[];
  bits(): Uint32Array | undefined;
  distinct(): { count: number; exact: boolean };
};

/** Which values one variable took, in bounded memory. */
export function createValues(): Values {
  const hashes = new Int32Array(KEPT);
  const counts = new Uint32Array(KEPT);
  const texts: string[] = [];
  let bits: Uint32Array | undefined;

  function mark(hash: number): void {
    if (!bits) {
      bits = new Uint32Array(BITS / 32);
      for (let i = 0; i < KEPT; i++) set(bits, hashes[i] ?? 0);
    }
    set(bits, hash);
  }

  function addText(text: string, hash: number, count: number): void {
    const at = texts.findIndex((_, i) => hashes[i] === hash);
    if (at >= 0) counts[at] = (counts[at] ?? 0) + count;
    else if (texts.length < KEPT && bits === undefined) {
      hashes[texts.length] = hash;
      counts[texts.length] = count;
      texts.push(text);
    } else mark(hash);
  }

  return {
    add(hash: number, line: string, start: number, end: number): void {
      const size = texts.length;
      for (let i = 0; i < size; i++) {
        if (hashes[i] !== hash) continue;
        counts[i] = (counts[i] ?? 0) + 1;
        return;
      }
      if (size < KEPT && bits === undefined) {
        hashes[size] = hash;
        counts[size] = 1;
        // A slice would keep the whole block of the file in memory; a copy does not.
        texts.push(copy(line.slice(start, Math.min(end, start + LONGEST_VALUE))));
        return;
      }
      mark(hash);
    },
    addText,
    absorb(other: Values): void {
      for (const { text, count, hash } of other.kept()) addText(text, hash, count);
      const theirs = other.bits();
      if (!theirs) return;
      mark(hashes[0] ?? 0);
      for (let i = 0; bits && i < theirs.length; i++) bits[i] = (bits[i] ?? 0) | (theirs[i] ?? 0);
    },
    kept: () => texts.map((text, i) => ({ text, count: counts[i] ?? 0, hash: hashes[i] ?? 0 })),
    bits: () => bits,
    distinct(): { count: number; exact: boolean } {
      if (!bits) return { count: texts.length, exact: true };
      let zeros = 0;
      for (const word of bits) zeros += 32 - ones(word);
      return { count: Math.round(-BITS * Math.log(Math.max(1, zeros) / BITS)), exact: false };
    },
  };
}

function set(bits: Uint32Array, hash: number): void {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  const bit = (mixed ^ (mixed >>> 13)) & (BITS - 1);
  bits[bit >> 5] = (bits[bit >> 5] ?? 0) | (1 << (bit & 31));
}

function ones(word: number): number {
  let count = 0;
  for (let rest = word; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** A string of its own: a slice of V8's would keep the text alive that it was cut from. */
export function copy(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}
