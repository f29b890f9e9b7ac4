import { type Token, tokenise } from './tokens.ts';

/** Words carry meaning, pairs of words its direction, pieces of words what typos and new names leave of it. */
const SPACES = [
  { name: 'word', scale: 1 },
  { name: 'pair', scale: 0.6 },
  { name: 'piece', scale: 0.4 },
] as const;
const SHORTEST_PIECE = 3;
const LONGEST_PIECE = 4;

/** A feature by its 32-bit hash, where it stood, and which space it is of. */
type Found = { hash: number; space: number; token: number };

/** Which hashes the model knows, and how telling each is by its rarity. */
export type Vocabulary = { index: ReadonlyMap<number, number>; idf: Float32Array };

/** A text as the model sees it: parallel arrays of columns and their weights. */
export type FeatureVector = {
  columns: Int32Array;
  weights: Float32Array;
  /** The tokens that each column came from, for explanations. */
  origins: number[][];
  tokens: Token[];
};

export function buildVocabulary(texts: readonly string[], leastTexts: number): Vocabulary {
  const seenIn = new Map<number, number>();
  for (const text of texts) {
    const hashes = new Set(findFeatures(tokenise(text)).map((found) => found.hash));
    for (const hash of hashes) seenIn.set(hash, (seenIn.get(hash) ?? 0) + 1);
  }
  const kept = [...seenIn].filter(([, count]) => count >= leastTexts).sort(([a], [b]) => a - b);
  return {
    index: new Map(kept.map(([hash], column) => [hash, column])),
    idf: Float32Array.from(kept, ([, count]) => Math.log((1 + texts.length) / (1 + count)) + 1),
  };
}

export function vectorise(text: string, vocabulary: Vocabulary): FeatureVector {
  const tokens = tokenise(text);
  const counted = new Map<number, { count: number; space: number; origins: number[] }>();
  for (const { hash, space, token } of findFeatures(tokens)) {
    const column = vocabulary.index.get(hash);
    if (column === undefined) continue;
    const known = counted.get(column);
    if (known) {
      known.count += 1;
      known.origins.push(token);
    } else {
      counted.set(column, { count: 1, space, origins: [token] });
    }
  }
  const columns = new Int32Array(counted.size);
  const weights = new Float32Array(counted.size);
  const origins: number[][] = [];
  const squares = SPACES.map(() => 0);
  let at = 0;
  for (const [column, found] of counted) {
    const weight = (1 + Math.log(found.count)) * (vocabulary.idf[column] ?? 0);
    columns[at] = column;
    weights[at] = weight;
    squares[found.space] = (squares[found.space] ?? 0) + weight * weight;
    origins.push(found.origins);
    at += 1;
  }
  at = 0;
  for (const found of counted.values()) {
    const { space } = found;
    const scale = (SPACES[space]?.scale ?? 0) / Math.sqrt(squares[space] || 1);
    weights[at] = (weights[at] ?? 0) * scale;
    at += 1;
  }
  return { columns, weights, origins, tokens };
}

function findFeatures(tokens: readonly Token[]): Found[] {
  const found: Found[] = [];
  tokens.forEach(({ stem }, token) => {
    found.push({ hash: hashOf('w', stem), space: 0, token });
    const next = tokens[token + 1];
    if (next) found.push({ hash: hashOf('p', `${stem} ${next.stem}`), space: 1, token });
    if (stem.startsWith('#') || stem.length < SHORTEST_PIECE) return;
    const bounded = `^${stem}$`;
    for (let size = SHORTEST_PIECE; size <= LONGEST_PIECE; size++) {
      for (let start = 0; start + size <= bounded.length; start++) {
        found.push({ hash: hashOf('c', bounded.slice(start, start + size)), space: 2, token });
      }
    }
  });
  return found;
}

/** FNV-1a over the letters, one space apart from the other by its first. */
function hashOf(space: string, text: string): number {
  let hash = Math.imul(0x811c9dc5 ^ space.charCodeAt(0), 0x01000193);
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}
