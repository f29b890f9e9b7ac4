/**
 * Learns what the local embedder knows of words from the project's own texts, those that the shipped
 * classifier learns from and the seed runbooks, and writes knowledge/embedding/word-table.ts: words that are
 * used in the same incidents get vectors that are near each other. Vectors made with another table are not
 * comparable: count the embedder's id up when the table changes.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { termsOf } from '../../knowledge/text/index.ts';

const DIMENSIONS = 64;
/** A word in fewer texts than this cannot be placed. */
const FEWEST_TEXTS = 4;
/** A word in a larger share of them stands beside everything. */
const COMMON = 0.1;
/** As rare as this in texts is fully telling. */
const FULLY_TELLING = 6;
const ROUNDS = 12;
const LINE = 100;

type Row = readonly (readonly [word: number, weight: number])[];

function learnWordTable(texts: readonly string[]): {
  words: string[];
  weights: number[];
  vectors: number[][];
} {
  const read = texts.map((text) =>
    termsOf(text)
      .map(({ term }) => term)
      .filter((term) => !term.startsWith('=') && !/^\d+$/.test(term)),
  );
  const counts = new Map<string, number>();
  for (const terms of read) {
    for (const term of new Set(terms)) counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  const known = [...counts].filter(([, count]) => count >= FEWEST_TEXTS).sort(byName);
  const words = known.map(([word]) => word);
  const rarity = known.map(([, count]) => Math.log(texts.length / count));
  const most = Math.log(texts.length / FULLY_TELLING);
  const index = new Map(words.map((word, i) => [word, i]));
  const placed = known.map(([, count]) => count < COMMON * texts.length);

  const rows = read.map((terms): Row => {
    const inText = new Map<number, number>();
    for (const term of terms) {
      const word = index.get(term);
      if (word !== undefined && placed[word]) inText.set(word, (inText.get(word) ?? 0) + 1);
    }
    const row = [...inText].map(
      ([word, times]) => [word, (1 + Math.log(times)) * (rarity[word] ?? 0)] as const,
    );
    const length = Math.hypot(...row.map(([, weight]) => weight)) || 1;
    return row.map(([word, weight]) => [word, weight / length] as const);
  });
  const { directions, strengths } = strongestDirections(rows, words.length);
  return {
    words,
    weights: rarity.map((rare) => Math.min(1, Math.max(0.2, rare / most))),
    vectors: words.map((_, word) => {
      const vector = directions.map(
        (direction, k) => (direction[word] ?? 0) * Math.sqrt(strengths[k] ?? 0),
      );
      const length = Math.hypot(...vector) || 1;
      return vector.map((value) => value / length);
    }),
  };
}

const byName = ([a]: [string, number], [b]: [string, number]) => (a < b ? -1 : 1);

/** The first singular vectors of the matrix of texts and words, by subspace iteration. */
function strongestDirections(rows: readonly Row[], words: number) {
  const random = seeded(7);
  let directions = Array.from({ length: DIMENSIONS }, () =>
    Float64Array.from({ length: words }, () => random() - 0.5),
  );
  const strengths: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    orthonormalise(directions);
    directions = directions.map((direction, k) => {
      const next = new Float64Array(words);
      for (const row of rows) {
        const along = row.reduce((sum, [word, weight]) => sum + weight * (direction[word] ?? 0), 0);
        if (along === 0) continue;
        for (const [word, weight] of row) next[word] = (next[word] ?? 0) + weight * along;
      }
      strengths[k] = Math.sqrt(Math.hypot(...next));
      return next;
    });
  }
  orthonormalise(directions);
  return { directions, strengths };
}

function orthonormalise(directions: readonly Float64Array[]): void {
  directions.forEach((direction, k) => {
    for (const earlier of directions.slice(0, k)) {
      const along = direction.reduce((sum, value, i) => sum + value * (earlier[i] ?? 0), 0);
      direction.forEach((value, i) => {
        direction[i] = value - along * (earlier[i] ?? 0);
      });
    }
    const length = Math.hypot(...direction) || 1;
    direction.forEach((value, i) => {
      direction[i] = value / length;
    });
  });
}

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const exampleSchema = z.object({ text: z.string() });

function ownTexts(root: string): string[] {
  const training = join(root, 'src/classifier/training');
  const runbooks = join(root, 'knowledge/runbooks');
  const examples = readdirSync(training)
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .flatMap((name) => readFileSync(join(training, name), 'utf8').trim().split('\n'))
    .map((line) => exampleSchema.parse(JSON.parse(line)).text);
  const sections = readdirSync(runbooks, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .sort()
    .flatMap((name) => {
      const [, , page = ''] = readFileSync(join(runbooks, name), 'utf8').split(/^---$/m);
      return page.split(/^## /m);
    });
  return [...examples, ...sections];
}

function inLines(text: string, between: string): string {
  const lines: string[] = [];
  let line = '';
  for (const piece of between === '' ? (text.match(/.{1,96}/g) ?? []) : text.split(between)) {
    if (line !== '' && line.length + piece.length + 1 > LINE) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? piece : `${line}${between}${piece}`;
  }
  return [...lines, line].join('\n');
}

function main(): void {
  const root = process.cwd();
  const { words, weights, vectors } = learnWordTable(ownTexts(root));
  const bytes = (values: readonly number[], scale: number) =>
    Buffer.from(Int8Array.from(values, (value) => Math.round(value * scale)).buffer);
  const file = `/** Made by test/bench/word-table.ts from the project's own texts; not to be edited. */

export const WORDS = \`
${inLines(words.join(' '), ' ')}
\`;

/** How telling each is, 100 at most: signed bytes in base64. */
export const WEIGHTS = \`
${inLines(bytes(weights, 100).toString('base64'), '')}
\`;

/** Where each lies, ${DIMENSIONS} signed bytes a word, in base64. */
export const VECTORS = \`
${inLines(bytes(vectors.flat(), 127).toString('base64'), '')}
\`;
`;
  writeFileSync(join(root, 'knowledge/embedding/word-table.ts'), file);
  process.stdout.write(`${words.length} words\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main();
