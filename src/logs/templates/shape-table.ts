import { mergeShapes } from './merge.ts';
import { HOLE, partsOf } from './shape.ts';
import { createSignatures } from './signatures.ts';
import type { Elements } from './tokenizer.ts';

export type Shape = {
  /** What lines remember; `kindOf` says where a merged shape went. */
  id: number;
  parts: readonly string[];
};

export type Match<Kind extends Shape> = {
  shape: Kind;
  /** For each variable of the line, the hole of the shape that it belongs to. */
  holes: readonly number[];
};

/** Logs have some hundred kinds of lines. At so many they are merged to make room. */
const MOST_SHAPES = 4_000;
/** Of what is left when there are still too many, the most frequent ones are kept as they are. */
const KEPT_SHAPES = 1_000;
/** Of the others so many are told apart by how they open, the rest by length alone. */
const MOST_OPENINGS = 500;

export type ShapeKind<Kind extends Shape> = {
  create(shape: Shape): Kind;
  lines(kind: Kind): number;
  /** Adds to `target` all that `other` counted; both take the form. */
  absorb(target: Kind, other: Kind, form: readonly string[]): void;
};

/** All the shapes that lines have had so far, in bounded memory. */
export function createShapeTable<Kind extends Shape>(kind: ShapeKind<Kind>) {
  let signatures = createSignatures();
  let matches: Match<Kind>[] = [];
  let byKey = new Map<string, Kind>();
  let live: Kind[] = [];
  /** For each id ever given, the id that it was merged into, or itself. */
  let parents = new Int32Array(1_024);
  let ids = 0;

  function learn(elements: Elements, line: string): Match<Kind> {
    const { parts, holes } = partsOf(elements, line);
    const key = parts.join('\u0001');
    let shape = byKey.get(key);
    if (!shape) {
      if (live.length >= MOST_SHAPES) compact();
      shape = kind.create({ id: nextId(), parts: parts.map(ownText) });
      live.push(shape);
      byKey.set(key, shape);
    }
    const match = { shape, holes };
    if (!signatures.set(elements.first, elements.second, matches.length)) {
      matches = [];
      signatures.set(elements.first, elements.second, 0);
    }
    matches.push(match);
    return match;
  }

  function nextId(): number {
    if (ids === parents.length) {
      const more = new Int32Array(ids * 2);
      more.set(parents);
      parents = more;
    }
    parents[ids] = ids;
    return ids++;
  }

  function fold(target: Kind, shape: Kind, form: readonly string[]): void {
    kind.absorb(target, shape, form);
    parents[shape.id] = target.id;
  }

  function merge(): void {
    const { group, parts } = mergeShapes(live.map((shape) => shape.parts));
    live.forEach((shape, i) => {
      const root = group[i] ?? i;
      const target = live[root];
      if (root !== i && target) fold(target, shape, parts[root] ?? []);
    });
    live = live.filter((_, i) => group[i] === i);
  }

  /** By the rules first; in a log that is too wild for them, the rare is told apart by length and opening only. */
  function compact(): void {
    merge();
    if (live.length > MOST_SHAPES / 2) {
      const ranked = live.toSorted((a, b) => kind.lines(b) - kind.lines(a));
      const rough = new Map<string, Kind>();
      live = ranked.slice(0, KEPT_SHAPES);
      for (const shape of ranked.slice(KEPT_SHAPES)) {
        const [own = HOLE] = shape.parts;
        const known = rough.has(`${shape.parts.length} ${own}`) || rough.size < MOST_OPENINGS;
        const opening = known ? own : HOLE;
        const key = `${shape.parts.length} ${opening}`;
        const other = rough.get(key);
        if (other) fold(other, shape, [opening, HOLE]);
        else {
          rough.set(key, shape);
          live.push(shape);
        }
      }
    }
    byKey = new Map(live.map((shape) => [shape.parts.join('\u0001'), shape]));
    // They name shapes that are gone; what still comes is learned again.
    matches = [];
    signatures = createSignatures();
  }

  return {
    match(elements: Elements, line: string): Match<Kind> {
      return matches[signatures.get(elements.first, elements.second)] ?? learn(elements, line);
    },
    /** Merges what differs only in variables, once all lines are in. */
    finish(): Kind[] {
      merge();
      return live;
    },
    /** After `finish`: from the id that a line remembers to the shape that it ended in. */
    kindOf(): (id: number) => Kind | undefined {
      const byId = new Map(live.map((shape) => [shape.id, shape]));
      return (id) => {
        let root = id;
        while (parents[root] !== undefined && parents[root] !== root) root = parents[root] ?? root;
        return byId.get(root);
      };
    },
  };
}

/** A slice would keep the text alive that it was cut from. */
function ownText(part: string): string {
  return part === HOLE ? HOLE : Buffer.from(part, 'utf16le').toString('utf16le');
}
