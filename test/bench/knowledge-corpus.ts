/** Knowledge in memory for measuring search alone: what ingest makes of a folder, and exact vectors of it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { passageText } from '../../knowledge/collection/passage-text.ts';
import type { VectorIndex } from '../../knowledge/collection/vector-index.ts';
import { createLocalEmbedder, localVector } from '../../knowledge/embedding/index.ts';
import { readSource } from '../../knowledge/ingest/read-source.ts';
import { createFinder, type Finder } from '../../knowledge/search/index.ts';
import { categorySchema, severitySchema } from '../../src/domain/taxonomy.ts';
import type { DocumentStore, StoredDocument } from '../../src/ports/document-store.ts';
import type { ResolvedIncident } from '../../src/ports/knowledge.ts';
import type { Logger } from '../../src/ports/logger.ts';
import { clean } from '../../src/safety/index.ts';

export const SEEDS = 'knowledge/runbooks';
const INCIDENTS = 'test/fixtures/knowledge/incidents.jsonl';
const RECURRENCES = 'test/fixtures/knowledge/recurrences.jsonl';
const QUESTIONS = 'test/fixtures/knowledge/questions.jsonl';

export const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

const questionSchema = z.object({
  id: z.string(),
  query: z.string(),
  gold: z.array(z.string()),
  /** `unseen` and `held` were written when everything before was fitted, and are never fitted on. */
  half: z.enum(['fit', 'check', 'more', 'unseen', 'held']),
  /** How it is said, or, without gold, what it is about. */
  voice: z.string().optional(),
});
/** Written for the seed runbooks; without gold, no runbook answers it. */
export type Question = z.infer<typeof questionSchema>;

const incidentSchema = z.object({
  id: z.string(),
  text: z.string(),
  paraphrases: z.array(z.string()),
  category: categorySchema,
  severity: severitySchema,
  fix: z.string(),
});
export type WrittenIncident = z.infer<typeof incidentSchema>;

const recurrenceSchema = z.object({
  id: z.string(),
  past: z.string(),
  again: z.array(z.string()),
  /** Alike, and something else: the same fault elsewhere, another fault of the same thing. */
  other: z.array(z.string()),
  /** `held` are never fitted on. */
  half: z.enum(['fit', 'held']),
});

export type WrittenReport = WrittenIncident & { others: string[]; half: 'fit' | 'held' };

export function writtenReports(set: 'incidents' | 'recurrences'): WrittenReport[] {
  if (set === 'incidents') {
    return writtenIncidents().map((one, i) => ({
      ...one,
      others: [],
      half: i % 3 === 2 ? 'held' : 'fit',
    }));
  }
  return readLines(RECURRENCES, recurrenceSchema).map(({ id, past, again, other, half }) => ({
    id,
    text: past,
    paraphrases: again,
    others: other,
    half,
    category: 'Application',
    severity: 'high',
    fix: '',
  }));
}

export function readLines<Line>(path: string, schema: z.ZodType<Line>): Line[] {
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  return lines.map((line) => schema.parse(JSON.parse(line)));
}

export const seedQuestions = (): Question[] => readLines(QUESTIONS, questionSchema);

export const writtenIncidents = (): WrittenIncident[] => readLines(INCIDENTS, incidentSchema);

export function resolvedFrom({
  id,
  text,
  category,
  severity,
  fix,
}: WrittenIncident): ResolvedIncident {
  const known = { id, text: clean(text), category, severity, fix: clean(fix) };
  return { ...known, resolvedAt: new Date(0), circle: 'console/local', confirmed: true };
}

/** Every Markdown page below the folder, as ingest reads it. */
export async function pagesIn(folder: string, collection = 'pages'): Promise<StoredDocument[]> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const pages: StoredDocument[] = [];
  for (const source of names.filter((name) => name.endsWith('.md')).sort()) {
    const bytes = readFileSync(join(folder, source));
    const given = { collection, source, checksum: source, bytes };
    const { stored } = await readSource(given, () => (text) => clean(text), new Date(0));
    pages.push(stored);
  }
  return pages;
}

export type Parts = {
  documents: DocumentStore;
  finder: Finder;
  /** What the vectors alone would say, documents by source. */
  byVector(query: string): string[];
};

export async function partsOf(stored: readonly StoredDocument[]): Promise<Parts> {
  const documents = documentsOf(new Map(stored.map((one) => [one.document.id, one])));
  const rows = stored.flatMap(({ document, chunks }) =>
    chunks.map((chunk) => ({
      id: chunk.id,
      document,
      vector: Float32Array.from(localVector(passageText(document.title, chunk), 'passage')),
    })),
  );
  const nearest = (vector: readonly number[]) =>
    rows
      .map(({ id, document, vector: other }) => ({
        id,
        document,
        similarity: other.reduce((sum, value, i) => sum + value * (vector[i] ?? 0), 0),
      }))
      .sort((a, b) => b.similarity - a.similarity);
  const vectors: VectorIndex = {
    query: async (vector, limit, { collection, exceptDocument } = {}) =>
      nearest(vector)
        .filter(({ document }) => collection === undefined || document.collection === collection)
        .filter(({ document }) => document.id !== exceptDocument)
        .slice(0, limit)
        .map(({ id, similarity }) => ({ id, similarity })),
  };
  const cache = {
    get: async () => undefined,
    set: async () => undefined,
    delete: async () => undefined,
  };
  const embedder = createLocalEmbedder();
  return {
    documents,
    finder: createFinder({ documents, embedder, vectors, cache, logger: silent }),
    byVector: (query) => [
      ...new Set(nearest(localVector(query, 'query')).map(({ document }) => document.source)),
    ],
  };
}

/** Nothing but what was given, which never changes. */
export function documentsOf(byId: ReadonlyMap<string, StoredDocument>): DocumentStore {
  const chunks = new Map(
    [...byId.values()].flatMap((stored) => stored.chunks.map((chunk) => [chunk.id, chunk])),
  );
  const never = async () => {
    throw new Error('not part of a search');
  };
  return {
    put: never,
    remove: never,
    counts: never,
    list: never,
    chunks: never,
    chunksById: async (ids) => ids.flatMap((id) => chunks.get(id) ?? []),
    change: async () => 1,
    changedSince: async () => ({ change: 1, put: [...byId.keys()], removed: [], reset: false }),
    load: async (ids) => ids.flatMap((id) => byId.get(id) ?? []),
  };
}
