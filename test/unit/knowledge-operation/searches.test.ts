import { describe, expect, it } from 'vitest';
import { createLocalEmbedder } from '../../../knowledge/embedding/index.ts';
import { createFinder, createKnowledgeSearch } from '../../../knowledge/search/index.ts';
import type { Retrieval } from '../../../src/ports/retrieval-log.ts';
import { clean } from '../../../src/safety/index.ts';
import { clock, knowledgeOn, page, storeOf } from '../knowledge-search/harness.ts';

const pages = Array.from({ length: 8 }, (_, n) =>
  page(`page-${n}.md`, {
    title: `Disk ${n}`,
    text: Array.from(
      { length: 9 },
      (_, i) => `Part ${i} of page ${n}: the disk is full of words${i}.`,
    ),
  }),
);
const question = clean('the disk is full');
const silent = () => undefined;
const logger = { debug: silent, info: silent, warn: silent, error: silent };
const metrics = { count: silent, gauge: silent, observe: silent };
const cache = { get: async () => undefined, set: async () => undefined };
const vectors = { query: async () => [] };
const embedder = createLocalEmbedder();

describe('a search', () => {
  it('reads the passages that it may show, not the documents that they are of', async () => {
    const store = storeOf(pages);
    const asked: number[] = [];
    const loaded: number[] = [];
    const { search } = knowledgeOn(
      Object.assign(store, {
        chunksById: async (ids: readonly string[]) => {
          asked.push(ids.length);
          return pages.flatMap(({ chunks }) => chunks.filter(({ id }) => ids.includes(id)));
        },
      }),
      { vectors },
    );
    await search.search(question, { limit: 1, sight: 'everything' });
    const { load } = store;
    store.load = async (ids) => {
      loaded.push(ids.length);
      return load(ids);
    };
    const { passages } = await search.search(question, { limit: 3, sight: 'everything' });
    expect(passages).toHaveLength(3);
    expect(asked.every((count) => count <= 36)).toBe(true);
    expect(asked).toHaveLength(2);
    expect(loaded).toEqual([]);
  });

  it('gives the same first passages however many are wanted', async () => {
    const { search } = knowledgeOn(storeOf(pages));
    const some = await search.search(question, { limit: 3, sight: 'everything' });
    const many = await search.search(question, { limit: 6, sight: 'everything' });
    expect(many.passages.slice(0, 3)).toEqual(some.passages);
  });

  it('is told with its redacted question, its documents and how it went', async () => {
    const told: Retrieval[] = [];
    const store = storeOf(pages);
    const finder = createFinder({ documents: store, embedder, vectors, cache, logger });
    const record = (retrieval: Retrieval) => void told.push(retrieval);
    const parts = { finder, documents: store, clock, metrics, logger, record };
    const { search } = createKnowledgeSearch(parts);
    const secret = clean('the disk is full, password=hunter2hunter2');
    const options = { limit: 9, collection: 'pages', sight: 'everything' as const };
    const { passages, fits } = await search(secret, options);
    expect(told).toEqual([
      {
        at: clock.now(),
        question: secret,
        collection: 'pages',
        results: expect.any(Array),
        fits,
        degraded: false,
        ms: 0,
      },
    ]);
    const documents = [...new Set(passages.map(({ documentId }) => documentId))].slice(0, 5);
    expect(told[0]?.results.map(({ documentId }) => documentId)).toEqual(documents);
    expect(JSON.stringify(told)).not.toContain('hunter2');
  });

  it('goes on with what was read so far while much is read in, and says so', async () => {
    const store = storeOf(pages);
    let letOn: () => void = silent;
    const { load } = store;
    store.load = async (ids) => {
      await new Promise<void>((resolve) => {
        letOn = resolve;
      });
      return load(ids);
    };
    const readingPatienceMs = 5;
    const deps = { documents: store, embedder, vectors, cache, logger, readingPatienceMs };
    const finder = createFinder(deps);
    const early = await finder.find(question, { filter: { sight: 'everything' } });
    expect(early.candidates).toEqual([]);
    expect(early.degraded).toEqual([expect.stringContaining('still being read in')]);
    letOn();
    await expect
      .poll(async () => {
        letOn();
        const { candidates, degraded } = await finder.find(question, {
          filter: { sight: 'everything' },
        });
        return [candidates.length, degraded];
      })
      .toEqual([8, []]);
  });
});
