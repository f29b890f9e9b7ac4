import { z } from 'zod';
import type { Found } from '../ports/knowledge.ts';
import { clean } from '../safety/index.ts';
import { type CommandLine, readArguments, WrongUse } from './command-line.ts';
import { waitForChroma, withKnowledge } from './knowledge-parts.ts';
import { readLines } from './read-input.ts';

const lineSchema = z.object({ id: z.union([z.string(), z.number()]), query: z.string() });

const SHOWN = 5;
const IN_JSON = 10;
const MOST = 100;
const CHROMA_FOR_SEARCH_MS = 5_000;
const EXCERPT = 200;

/** Ranked documents for a question, or a JSON line for each line of a file. */
export const runKnowledgeSearch: CommandLine = async (args) => {
  const { values, positionals } = readArguments({
    args,
    allowPositionals: true,
    options: {
      k: { type: 'string', short: 'k' },
      collection: { type: 'string' },
      jsonl: { type: 'string' },
    },
  });
  const { k, collection, jsonl } = values as { k?: string; collection?: string; jsonl?: string };
  if ((jsonl === undefined) === (positionals.length === 0)) {
    throw new WrongUse('Give one question, or a file of them with --jsonl.');
  }
  const limit = limitOf(k, jsonl === undefined ? SHOWN : IN_JSON);
  const parse = (line: string) => lineSchema.parse(JSON.parse(line));
  const lines =
    jsonl === undefined ? [] : readLines(jsonl, parse, 'a JSON object with id and query');

  return withKnowledge(async ({ search, chroma, warmKnowledge }) => {
    if (!(await waitForChroma(chroma, CHROMA_FOR_SEARCH_MS))) {
      process.stderr.write('note: Chroma is away; searching by words alone.\n');
    }
    const ask = async (query: string) => {
      const started = performance.now();
      const text = clean(query);
      const within = collection === undefined ? {} : { collection };
      const options = { limit, perDocument: 1, sight: 'everything' as const, ...within };
      const found = await search.search(text, options);
      return { ...found, ms: performance.now() - started };
    };
    if (jsonl === undefined) return showOne(await ask(positionals.join(' ')));
    // So that the first line says what a search takes, not what reading everything in takes.
    await warmKnowledge();
    const complaints = new Set<string>();
    for (const { id, query } of lines) {
      const { passages, degraded, ms } = await ask(query);
      for (const complaint of degraded) complaints.add(complaint);
      const results = passages.map(({ source, title, score }) => ({
        source,
        title,
        score: rounded(score),
      }));
      await write(`${JSON.stringify({ id, results, ms: Math.round(ms * 100) / 100 })}\n`);
    }
    for (const complaint of complaints) process.stderr.write(`note: ${complaint}\n`);
    return 0;
  });
};

function showOne({ passages, fits, degraded }: Found): number {
  for (const complaint of degraded) process.stderr.write(`note: ${complaint}\n`);
  if (passages.length === 0) {
    process.stderr.write('Nothing is found.\n');
    return 0;
  }
  if (!fits) process.stderr.write('Nothing fits; these are merely the nearest.\n');
  for (const [i, { title, source, line, section, text, score, href }] of passages.entries()) {
    const place = section.filter((heading) => heading !== title).join(' > ');
    process.stdout.write(
      [
        `${i + 1}. ${title}  ${rounded(score)}`,
        `   ${source}:${line}${place === '' ? '' : `  ${place}`}`,
        ...(href === undefined ? [] : [`   ${href}`]),
        `   ${excerpt(text)}`,
        '',
      ].join('\n'),
    );
  }
  return 0;
}

function limitOf(k: string | undefined, usual: number): number {
  if (k === undefined) return usual;
  const limit = Number(k);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST) {
    throw new WrongUse(`-k ${k} is not a number from 1 to ${MOST}.`);
  }
  return limit;
}

function rounded(score: number): number {
  return Math.round(score * 10_000) / 10_000;
}

function excerpt(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= EXCERPT ? line : `${line.slice(0, EXCERPT)}…`;
}

function write(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}
