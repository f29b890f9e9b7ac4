import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChromaClient } from 'chromadb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMemoryCache } from '../../adapters/cache/memory-cache.ts';
import { type Chroma, startChroma } from '../../knowledge/chroma/index.ts';
import { createFinder, createKnowledgeSearch } from '../../knowledge/search/index.ts';
import type { Embedder } from '../../src/ports/embedder.ts';
import { clean } from '../../src/safety/index.ts';
import { createTestStore, type TestStore } from '../fixtures/database.ts';
import {
  atTheEnd,
  chromaRunsHere,
  clock,
  eventuallyUp,
  freePort,
  otherServer,
  readPidFile,
  recordingLogger,
  soon,
  temporaryVarDir,
} from './chroma-harness.ts';
import {
  countingEmbedder,
  documentsFolder,
  type Folder,
  knowledgeOn,
} from './knowledge-harness.ts';

let database: TestStore;
let varDir: string;
let shared: Chroma;
let folder: Folder;

beforeAll(async () => {
  varDir = mkdtempSync(join(tmpdir(), 'sitrep-vectors-'));
  database = await createTestStore();
  shared = await startChroma({ varDir, clock, logger: recordingLogger() });
});
afterAll(async () => {
  await shared.close();
  await database.remove();
  rmSync(varDir, { recursive: true, force: true, maxRetries: 5 });
});

beforeEach(async () => {
  folder = documentsFolder();
  atTheEnd(() => folder.remove());
  if (!chromaRunsHere) return;
  await eventuallyUp(() => shared.part.health());
  const { documents } = database.store;
  await documents.remove((await documents.list()).map(({ id }) => id));
  await knowledgeOn(database.store, shared).vectors.catchUp();
});

const ingest = (knowledge: ReturnType<typeof knowledgeOn>, collection = 'docs') =>
  knowledge.ingest({ paths: [folder.path], collection });

async function nearest(knowledge: ReturnType<typeof knowledgeOn>, question: string) {
  const { queryEmbedder } = knowledge.vectors;
  const [vector = []] = await queryEmbedder.embed([clean(question)], 'query');
  const [hit] = await knowledge.vectors.query(vector, 1);
  const chunks = await database.store.documents.chunks({ limit: 100 });
  return chunks.find(({ id }) => id === hit?.id)?.text;
}

describe.skipIf(!chromaRunsHere)(
  'vectors (skipped where the package of Chroma has no build for this machine)',
  () => {
    it('are made once for each text, and follow what the documents say', async () => {
      const chroma = shared;
      const knowledge = knowledgeOn(database.store, chroma);
      folder.write('disk.md', '# Disk\n\nThe disk is full, delete old logs.');
      folder.write('dns.md', '# DNS\n\nNames do not resolve, restart the resolver.');
      expect(await ingest(knowledge)).toMatchObject({ added: 2, embedded: 2 });
      expect(await ingest(knowledge)).toMatchObject({ unchanged: 2, embedded: 0 });
      expect(await nearest(knowledge, 'no space left on disk')).toContain('disk is full');

      folder.write('dns.md', '# DNS\n\nNames do not resolve, flush the cache.');
      expect(await ingest(knowledge)).toMatchObject({ changed: 1, embedded: 1 });
      expect(await nearest(knowledge, 'names do not resolve')).toContain('flush the cache');
      expect(await knowledge.vectors.catchUp({ thorough: true })).toEqual({
        embedded: 0,
        erased: 0,
      });
      expect(knowledge.embedder.passages).toBe(3);
    });

    it('are searched within a collection, a service, tags, and without one document', async () => {
      const chroma = shared;
      const knowledge = knowledgeOn(database.store, chroma);
      folder.write('a.md', '---\nservice: Kafka\ntags: [lag, queue]\n---\n# A\n\nConsumers lag.');
      folder.write('b.md', '---\nservice: nginx\ntags: [queue]\n---\n# B\n\nConsumers lag more.');
      await ingest(knowledge, 'first');
      await ingest(knowledge, 'second');
      const { queryEmbedder, query } = knowledge.vectors;
      const [vector = []] = await queryEmbedder.embed([clean('consumers lag')], 'query');
      const documents = await database.store.documents.list('first');
      const found = async (where: Parameters<typeof query>[2]) =>
        (await query(vector, 10, { collection: 'first', ...where })).map(
          ({ id }) => documents.find((document) => id.startsWith(document.id))?.source,
        );
      expect((await query(vector, 10)).length).toBe(4);
      expect((await found({})).sort()).toEqual(['a.md', 'b.md']);
      expect(await found({ service: 'kafka' })).toEqual(['a.md']);
      expect(await found({ tags: ['queue', 'lag'] })).toEqual(['a.md']);
      expect(await found({ kind: 'incident' })).toEqual([]);
      const [first] = documents;
      expect(await found({ kind: 'page', exceptDocument: first?.id ?? '' })).toEqual(['b.md']);
    });

    it('are made good when Chroma comes back, and the text is in before', async () => {
      const [data, port] = [temporaryVarDir(), await freePort()];
      const url = `http://127.0.0.1:${port}`;
      const chroma = await startChroma({ varDir, url, clock, logger: recordingLogger() });
      atTheEnd(() => chroma.close());
      const knowledge = knowledgeOn(database.store, chroma);
      folder.write('a.md', '# A\n\nThe disk is full.');
      expect(await ingest(knowledge)).toMatchObject({
        added: 1,
        embedded: 0,
        behind: 'Chroma is away.',
      });
      await expect(knowledge.vectors.query([1], 1)).rejects.toMatchObject({ code: 'unavailable' });

      await otherServer(join(data, 'chroma'), port);
      await eventuallyUp(() => chroma.part.health());
      expect(await knowledge.part.health()).toEqual({
        status: 'degraded',
        detail: expect.stringContaining('found by words alone'),
      });
      await expect(knowledge.vectors.query([1], 1)).rejects.toThrow('still being made');
      expect(await knowledge.vectors.catchUp()).toEqual({ embedded: 1, erased: 0 });
      expect(await knowledge.part.health()).toMatchObject({ status: 'up' });
      expect(await nearest(knowledge, 'disk')).toContain('disk is full');
    });

    it('say that they are away while Chroma is killed, and are found again after', async () => {
      const chroma = shared;
      const knowledge = knowledgeOn(database.store, chroma);
      folder.write('a.md', '# A\n\nThe disk is full.');
      await ingest(knowledge);
      expect(await nearest(knowledge, 'disk')).toContain('disk');
      process.kill(readPidFile(varDir).server?.pid ?? 0, 'SIGKILL');
      await expect(nearest(knowledge, 'disk')).rejects.toMatchObject({
        name: 'AppError',
        code: 'unavailable',
      });
      await expect
        .poll(() => nearest(knowledge, 'disk').catch(() => 'away'), soon)
        .toContain('disk is full');
      expect(await knowledge.vectors.catchUp()).toEqual({ embedded: 0, erased: 0 });
    });

    it('that are killed in the middle of many searches cost no answer, only a remark', async () => {
      const knowledge = knowledgeOn(database.store, shared);
      folder.write('a.md', '# Disk\n\nThe disk is full, delete old logs.');
      folder.write('b.md', '# Link\n\nThe link is down, call the provider.');
      await ingest(knowledge);
      const { documents } = database.store;
      const { vectors, metrics } = knowledge;
      const logger = recordingLogger();
      const cache = createMemoryCache({ clock });
      const embedder = vectors.queryEmbedder;
      const finder = createFinder({ documents, embedder, vectors, cache, logger });
      const { search } = createKnowledgeSearch({ finder, documents, clock, metrics, logger });
      const ask = async () => {
        const { passages, degraded } = await search(clean('disk is full'), {
          sight: 'everything',
          limit: 1,
        });
        expect(passages.map(({ source }) => source)).toEqual(['a.md']);
        return degraded.length > 0;
      };
      expect(await ask()).toBe(false);
      process.kill(readPidFile(varDir).server?.pid ?? 0, 'SIGKILL');
      const remarks = await Promise.all(Array.from({ length: 20 }, ask));
      expect(remarks).toContain(true);
      await expect.poll(ask, soon).toBe(false);
    });

    it('that were lost are made again', async () => {
      const knowledge = knowledgeOn(database.store, shared);
      folder.write('a.md', '# A\n\nThe disk is full.');
      await ingest(knowledge);
      const { hostname, port } = new URL(shared.address() ?? '');
      const client = new ChromaClient({ host: hostname, port: Number(port) });
      for (const { name } of await client.listCollections())
        await client.deleteCollection({ name });
      expect(await knowledge.vectors.catchUp()).toEqual({ embedded: 1, erased: 0 });
      expect(await nearest(knowledge, 'disk')).toContain('disk is full');
    });

    it('that were spoilt behind our back are mended by a look at all of them', async () => {
      const knowledge = knowledgeOn(database.store, shared);
      folder.write('a.md', '# A\n\nThe disk is full.');
      folder.write('b.md', '# B\n\nThe link is down.');
      await ingest(knowledge);
      const { hostname, port } = new URL(shared.address() ?? '');
      const client = new ChromaClient({ host: hostname, port: Number(port) });
      const [set] = await client.listCollections();
      const { ids } = (await set?.get({ include: [] })) ?? { ids: [] };
      await set?.delete({ ids: ids.slice(0, 1) });
      await set?.add({ ids: ['nobody'], embeddings: [Array(384).fill(0.05)] });
      const [size] = await knowledge.vectors.sizes();
      expect(size).toEqual({ collection: 'docs', embedder: 'local-1', vectors: 2, current: true });

      expect(await knowledge.vectors.catchUp()).toEqual({ embedded: 0, erased: 0 });
      expect(await knowledge.vectors.catchUp({ thorough: true })).toEqual({
        embedded: 1,
        erased: 1,
      });
    });

    it('of more text than one write takes are all made, and follow what changes', async () => {
      const knowledge = knowledgeOn(database.store, shared);
      for (let i = 0; i < 300; i++)
        folder.write(`${i}.md`, `# Page ${i}\n\nThe disk ${i} is full.`);
      expect(await ingest(knowledge)).toMatchObject({ added: 300, embedded: 300 });
      expect(await knowledge.vectors.sizes()).toMatchObject([{ vectors: 300, current: true }]);
      for (let i = 0; i < 300; i++)
        folder.write(`${i}.md`, `# Page ${i}\n\nThe link ${i} is down.`);
      expect(await ingest(knowledge)).toMatchObject({ changed: 300, embedded: 300 });
      expect(await knowledge.vectors.sizes()).toMatchObject([{ vectors: 300, current: true }]);
      expect(await knowledge.status()).toMatchObject([
        { documents: 300, vectors: [{ embedder: 'local-1', vectors: 300, current: true }] },
      ]);
    });

    it('of documents that another database does not have are erased', async () => {
      folder.write('a.md', '# A\n\nThe disk is full.');
      folder.write('b.md', '# B\n\nThe link is down.');
      await ingest(knowledgeOn(database.store, shared));
      const other = await createTestStore();
      try {
        const knowledge = knowledgeOn(other.store, shared);
        await knowledge.ingest({ paths: [join(folder.path, 'a.md')], collection: 'docs' });
        const [vector = []] = await knowledge.embedder.embed([clean('link')], 'query');
        expect(await knowledge.vectors.query(vector, 10)).toHaveLength(1);
      } finally {
        await other.remove();
      }
    });

    it('of a new embedder take over when they are complete; until then the old ones are searched', async () => {
      const chroma = shared;
      const old = countingEmbedder('old-1');
      folder.write('a.md', '# A\n\nThe disk is full.');
      folder.write('b.md', '# B\n\nThe link is down.');
      await ingest(knowledgeOn(database.store, chroma, { embedder: old }));

      const fresh = countingEmbedder('new-1');
      let refuse = true;
      const embedder: Embedder = {
        ...fresh,
        async embed(texts, purpose, signal) {
          if (refuse) throw new Error('It is not there yet.');
          return fresh.embed(texts, purpose, signal);
        },
      };
      const knowledge = knowledgeOn(database.store, chroma, { embedder, formerEmbedders: [old] });
      await expect(knowledge.vectors.catchUp()).rejects.toThrow('not there yet');
      expect(await nearest(knowledge, 'link')).toContain('link is down');
      expect(knowledge.vectors.queryEmbedder.id).toBe('old-1');
      expect(await knowledge.part.health()).toMatchObject({
        status: 'degraded',
        detail: expect.stringContaining('new embedder is taking over'),
      });

      refuse = false;
      expect(await knowledge.vectors.catchUp()).toEqual({ embedded: 2, erased: 0 });
      expect(await nearest(knowledge, 'link')).toContain('link is down');
      expect(knowledge.vectors.queryEmbedder.id).toBe('new-1');
      expect(await knowledge.part.health()).toMatchObject({ status: 'up' });
      expect(old.passages).toBe(2);
    });

    it('and their documents are counted, with their age', async () => {
      const chroma = shared;
      const knowledge = knowledgeOn(database.store, chroma);
      folder.write('a.md', '# A\n\nThe disk is full.');
      await ingest(knowledge, 'counted');
      await knowledge.measure();
      const text = await knowledge.metricsText();
      expect(text).toContain('sitrep_knowledge_documents{collection="counted"} 1');
      expect(text).toContain('sitrep_knowledge_chunks{collection="counted"} 1');
      expect(text).toMatch(/sitrep_knowledge_age_seconds\{collection="counted"\} \d/);

      folder.write('b.md', '# B\n\nNew.');
      folder.write('a.md', '# A\n\nThe disk is fuller.');
      expect(await knowledge.status()).toMatchObject([
        {
          collection: 'counted',
          documents: 1,
          chunks: 1,
          roots: [{ root: folder.path, drift: { added: 1, changed: 1, removed: 0, failed: [] } }],
        },
      ]);
      expect(await database.store.documents.list('counted')).toHaveLength(1);
    });
  },
);
