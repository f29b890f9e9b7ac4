import { HOLE } from './shape.ts';

const BOOLEANS = new Set(
  'true false yes no on off enabled disabled True False TRUE FALSE Yes No ON OFF'.split(' '),
);

/** What follows such a word is somebody's or something's name. */
const NAMED = new Set(
  'user username account login hostname host User Username Host USER'.split(' '),
);

/** Different plain words in one place, everything else equal, before they count as a value. */
const MANY_WORDS = 6;
/** States and actions are written in capitals: `from NEW to ASSIGNED` is not `from NEW to KILLED`. */
const MANY_STATES = 10;
/** What a message opens with tells its kind: a few different ones are few kinds. */
const MANY_FIRST_WORDS = 20;
const MANY_FIRST_NAMES = 4;
const ROUNDS = 3;
/** Further right, a plain word is taken as it is: very long lines would cost too much memory. */
const WORDS_LOOKED_AT = 48;

export type Merged = {
  /** For each shape the index of the first shape of its group. */
  group: Int32Array;
  /** For the first shape of each group, its parts with a hole where the members differ. */
  parts: (readonly string[])[];
};

/** Puts shapes together that differ only in what varies. */
export function mergeShapes(shapes: readonly (readonly string[])[]): Merged {
  const group = Int32Array.from(shapes, (_, i) => i);
  const parts = [...shapes];
  let live = shapes.map((_, i) => i);
  const unite = (members: readonly number[], merged: readonly string[]): void => {
    const first = Math.min(...members);
    for (const member of members) group[member] = first;
    parts[first] = merged;
  };
  const rest = () => {
    live = live.filter((i) => group[i] === i);
    return live.length;
  };
  mergeNames(live, parts, unite);
  for (let round = 0; round < ROUNDS; round++) {
    const before = rest();
    mergeWords(live, parts, unite);
    rest();
    mergeNames(live, parts, unite);
    if (rest() === before) break;
  }
  for (let i = 0; i < group.length; i++) {
    let root = i;
    while (group[root] !== root) root = group[root] ?? root;
    group[i] = root;
  }
  return { group, parts };
}

type Unite = (members: readonly number[], merged: readonly string[]) => void;

/** Identifiers, and what follows `key=`, are values as soon as two of them differ. */
function mergeNames(
  live: readonly number[],
  parts: readonly (readonly string[])[],
  unite: Unite,
): void {
  const buckets = new Map<string, number[]>();
  for (const i of live) {
    const key = nameKey(parts[i] ?? []);
    if (key !== undefined) push(buckets, key, i);
  }
  for (const members of buckets.values()) {
    if (members.length < 2) continue;
    const openings = new Set(members.map((i) => parts[i]?.[0]));
    const few = openings.size > 1 && openings.size < MANY_FIRST_NAMES && !openings.has(HOLE);
    for (const opening of few ? openings : [undefined]) {
      const alike = few ? members.filter((i) => parts[i]?.[0] === opening) : members;
      if (alike.length < 2) continue;
      const [first = [], ...others] = alike.map((i) => parts[i] ?? []);
      unite(
        alike,
        first.map((part, at) => (others.every((other) => other[at] === part) ? part : HOLE)),
      );
    }
  }
}

function nameKey(parts: readonly string[]): string | undefined {
  let words = 0;
  let key = '';
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] ?? HOLE;
    if (isName(parts, i)) key += '\u0001';
    else {
      if (isWord(part)) words++;
      key += `${part}\u0002`;
    }
  }
  return words < 1 ? undefined : key;
}

function isName(parts: readonly string[], i: number): boolean {
  const part = parts[i] ?? HOLE;
  if (part === HOLE) return true;
  if (!isWord(part) || BOOLEANS.has(part)) return false;
  if (parts[i - 1] === '=' && parts[i + 1] !== '=') return true;
  return isIdentifier(part);
}

/** Dotted names and the like; the class of an error says too much to be hidden. */
function isIdentifier(part: string): boolean {
  if (/(?:Exception|Error|Failure)$/.test(part)) return false;
  return /[a-zA-Z]\.[a-zA-Z]|[@+#$%~]/.test(part);
}

function isWord(part: string): boolean {
  return part !== HOLE && /\p{L}/u.test(part);
}

/** Plain words are values when many of them, or a variable, stand in one place. */
function mergeWords(
  live: readonly number[],
  parts: readonly (readonly string[])[],
  unite: Unite,
): void {
  const buckets = new Map<number, { at: number; members: number[] }>();
  for (const i of live) {
    const own = parts[i] ?? [];
    const whole = hashesOf(own);
    for (let at = 0; at < Math.min(own.length, WORDS_LOOKED_AT); at++) {
      const part = own[at] ?? HOLE;
      if ((part !== HOLE && !isWord(part)) || BOOLEANS.has(part)) continue;
      const key = whole.without(at);
      const bucket = buckets.get(key);
      if (bucket) bucket.members.push(i);
      else buckets.set(key, { at, members: [i] });
    }
  }
  const taken = new Set<number>();
  const crowded = [...buckets.values()].filter(({ members }) => members.length > 1);
  for (const { at, members } of crowded.toSorted((a, b) => b.members.length - a.members.length)) {
    const free = members.filter((i) => !taken.has(i));
    const first = parts[free[0] ?? 0] ?? [];
    if (
      free.length < 2 ||
      !isValuePlace(
        first,
        at,
        free.map((i) => parts[i]?.[at] ?? HOLE),
      )
    )
      continue;
    for (const i of free) taken.add(i);
    unite(
      free,
      first.map((part, k) => (k === at ? HOLE : part)),
    );
  }
}

function isValuePlace(parts: readonly string[], at: number, values: readonly string[]): boolean {
  if (!parts.some((part, k) => k !== at && isWord(part))) return false;
  const words = values.filter((value) => value !== HOLE);
  if (at === 0) return words.length >= MANY_FIRST_WORDS;
  if (words.length < values.length || NAMED.has(parts[at - 1] ?? '')) return true;
  if (words.every((word) => /^[A-Z_]+$/.test(word))) return words.length >= MANY_STATES;
  return words.length >= MANY_WORDS;
}

const FIRST_PRIME = 0x01000193;
const SECOND_PRIME = 0x5bd1e995;

/** Hashes of a list of parts with one of them left out, each in constant time: texts as keys cost too much. */
function hashesOf(parts: readonly string[]) {
  const firsts: number[] = [];
  const seconds: number[] = [];
  let first = parts.length;
  let second = parts.length;
  let firstPower = 1;
  let secondPower = 1;
  for (const part of parts) {
    let hash = 0x811c9dc5 | 0;
    for (let i = 0; i < part.length; i++) hash = Math.imul(hash ^ part.charCodeAt(i), FIRST_PRIME);
    const mixed = Math.imul(hash ^ (hash >>> 15), SECOND_PRIME);
    firsts.push(Math.imul(hash, firstPower));
    seconds.push(Math.imul(mixed, secondPower));
    first = (first + Math.imul(hash, firstPower)) | 0;
    second = (second + Math.imul(mixed, secondPower)) | 0;
    firstPower = Math.imul(firstPower, FIRST_PRIME);
    secondPower = Math.imul(secondPower, SECOND_PRIME);
  }
  return {
    without(at: number): number {
      const a = (first - (firsts[at] ?? 0) + Math.imul(at, 0x9e3779b1)) >>> 0;
      const b = (second - (seconds[at] ?? 0)) & 0x1fffff;
      return a * 0x200000 + b;
    },
  };
}

function push(map: Map<string, number[]>, key: string, value: number): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
