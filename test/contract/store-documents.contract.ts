import { expect, it } from 'vitest';
import type { Store } from '../../adapters/store/index.ts';
import type { KnownDocument, StoredDocument } from '../../src/ports/document-store.ts';
import { second, unique } from './store-records.ts';

/** A page with as many chunks as texts are given. */
function page(change: Partial<KnownDocument> = {}, texts = ['first', 'second']): StoredDocument {
  const id = change.id ?? unique('doc');
  return {
    document: {
      id,
      collection: unique('collection'),
      source: `${id}.md`,
      kind: 'page',
      title: 'Disk full',
      checksum: 'sum-1',
      tags: [],
      ingestedAt: second(1),
      ...change,
    },
    chunks: texts.map((text, position) => ({
      id: `${id}-${position}`,
      documentId: id,
      position,
      section: ['Disk full', 'Mitigation'],
      text,
      line: 1 + position * 10,
      checksum: `sum of ${text}`,
    })),
  };
}

export function documentContract(store: () => Store): void {
  const put = async (change?: Partial<KnownDocument>, texts?: string[]) => {
    const stored = page(change, texts);
    await store().documents.put(stored);
    return stored;
  };
  const now = () => store().documents.change();

  it('gives back a page with its chunks as it was put', async () => {
    const plain = await put();
    const { collection } = plain.document;
    const labelled = await put({
      collection,
      source: 'Zebra.md',
      href: 'https://runbooks.example/zebra',
      category: 'Hardware',
      severity: 'high',
      action: 'free_space',
      service: 'orders',
      tags: ['disk', 'node'],
    });
    const ids = [plain.document.id, labelled.document.id];
    expect(await store().documents.load(ids)).toEqual([plain, labelled]);
    expect(await store().documents.list(collection)).toEqual([labelled.document, plain.document]);
    expect(await store().documents.load([])).toEqual([]);
    expect(await store().documents.load([unique('doc')])).toEqual([]);
  });

  it('gives some chunks of some documents', async () => {
    const one = await put({}, ['a', 'b', 'c']);
    const other = await put({}, ['d', 'e']);
    const wanted = [one.chunks[2], other.chunks[0]].flatMap((chunk) => chunk ?? []);
    const ids = [...wanted.map(({ id }) => id), unique('chunk')];
    const found = await store().documents.chunksById(ids);
    expect(found.toSorted((a, b) => (a.text < b.text ? -1 : 1))).toEqual(wanted);
    expect(await store().documents.chunksById([])).toEqual([]);
  });

  it('gives back a past incident with its date', async () => {
    const incident = { id: 'inc_1', fix: 'Rolled back.', resolvedAt: second(7) };
    const past = await put({ kind: 'incident', source: 'incident/inc_1', incident }, []);
    expect(await store().documents.load([past.document.id])).toEqual([past]);
    expect(await store().documents.list(past.document.collection)).toEqual([past.document]);
  });

  it('lists by source in the order of the signs, the same on every machine', async () => {
    const collection = unique('collection');
    for (const source of ['b.md', 'a/z.md', 'B.md', 'ä.md', 'a.md']) {
      await put({ collection, source }, []);
    }
    const sources = (await store().documents.list(collection)).map(({ source }) => source);
    expect(sources).toEqual(['B.md', 'a.md', 'a/z.md', 'b.md', 'ä.md']);
    const all = (await store().documents.list()).filter((one) => one.collection === collection);
    expect(all).toHaveLength(5);
  });

  it('replaces what a document said, its labels and its chunks', async () => {
    const { document } = await put({ service: 'orders' }, ['one', 'two', 'three']);
    const { service: _, ...unlabelled } = document;
    const next = page({ ...unlabelled, title: 'New', checksum: 'sum-2' }, ['one', 'other']);
    await store().documents.put(next);
    expect(await store().documents.load([document.id])).toEqual([next]);
    await store().documents.put({ document: unlabelled, chunks: [] });
    expect(await store().documents.load([document.id])).toEqual([
      { document: unlabelled, chunks: [] },
    ]);
  });

  it('keeps all of a document or nothing of it', async () => {
    const whole = await put();
    const before = await now();
    const [stolen] = page().chunks.map((chunk) => ({ ...chunk, id: whole.chunks[0]?.id ?? '' }));
    const thief = page();
    const taking = { ...thief, chunks: stolen ? [stolen] : [] };
    await expect(store().documents.put(taking)).rejects.toMatchObject({ code: 'conflict' });
    const broken = page({ id: whole.document.id, title: 'Half' });
    const [chunk] = broken.chunks;
    if (chunk) chunk.line = 0;
    await expect(store().documents.put(broken)).rejects.toMatchObject({ retryable: false });
    expect(await store().documents.load([whole.document.id, thief.document.id])).toEqual([whole]);
    expect(await now()).toBe(before);
  });

  it('keeps large texts of any script, without the signs that Postgres refuses', async () => {
    const large = 'ä🚨漢\n'.repeat(100_000);
    const { document } = await put({ tags: ['a\0b'] }, [`${large}\0end`]);
    const [found] = await store().documents.load([document.id]);
    expect(found?.chunks[0]?.text === `${large}end`).toBe(true);
    expect(found?.document.tags).toEqual(['ab']);
  });

  it('pages through the chunks in order of id, of one collection or of all', async () => {
    const first = await put({ id: unique('doc_a') }, ['1', '2', '3']);
    const other = await put({ id: unique('doc_b') }, ['4']);
    const { collection } = first.document;
    const page = await store().documents.chunks({ collection, limit: 2 });
    expect(page).toEqual(first.chunks.slice(0, 2));
    const after = page[1]?.id ?? '';
    const rest = await store().documents.chunks({ collection, after, limit: 2 });
    expect(rest).toEqual(first.chunks.slice(2));
    const ids: string[] = [];
    for (let more = true, last: string | undefined; more; ) {
      const next = await store().documents.chunks({
        ...(last === undefined ? {} : { after: last }),
        limit: 3,
      });
      ids.push(...next.map(({ id }) => id));
      last = next.at(-1)?.id;
      more = next.length === 3;
    }
    expect(ids).toEqual(
      expect.arrayContaining([...first.chunks, ...other.chunks].map(({ id }) => id)),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('counts documents and chunks by collection', async () => {
    const { document: first } = await put({}, ['1', '2', '3']);
    const { collection } = first;
    const { document: empty } = await put({ collection }, []);
    const counted = async () =>
      (await store().documents.counts()).filter((count) => count.collection === collection);
    expect(await counted()).toEqual([{ collection, documents: 2, chunks: 3 }]);
    await store().documents.remove([first.id, empty.id]);
    expect(await counted()).toEqual([]);
  });

  it('tells a reader what was put and removed since it last looked, net', async () => {
    const kept = await put();
    const replaced = await put();
    const removed = await put();
    const restored = await put();
    await store().documents.remove([restored.document.id]);
    const seen = await now();
    const ids = [kept, replaced, removed, restored].map(({ document }) => document.id);
    expect((await store().documents.changedSince(seen)).put).toEqual([]);

    const added = await put();
    await store().documents.put(replaced);
    await store().documents.remove([removed.document.id, unique('doc')]);
    await store().documents.put(restored);
    await store().documents.remove([kept.document.id]);
    await store().documents.put(kept);
    const news = await store().documents.changedSince(seen);
    expect(news).toEqual({
      change: await now(),
      put: [added, replaced, restored, kept].map(({ document }) => document.id),
      removed: [removed.document.id],
      reset: false,
    });
    expect(await store().documents.load(ids)).toEqual([replaced, restored, kept]);
    expect(await store().documents.changedSince(news.change)).toEqual({
      change: news.change,
      put: [],
      removed: [],
      reset: false,
    });
  });

  it('removes thousands at once with their chunks', async () => {
    const stored = await put();
    const others = Array.from({ length: 5_000 }, (_, n) => `nobody-${n}`);
    await store().documents.remove([...others, stored.document.id]);
    expect(await store().documents.load([...others, stored.document.id])).toEqual([]);
    const ids = stored.chunks.map(({ id }) => id);
    expect(await store().documents.chunksById(ids)).toEqual([]);
    const before = await now();
    await store().documents.remove([]);
    expect(await now()).toBe(before);
  });

  it('tells a reader to start over when it is too far behind, or ahead of the store', async () => {
    const here = await put();
    const gone = await put();
    const seen = await now();
    await store().documents.remove([gone.document.id]);
    await store().pool.query('update sitrep.document_changes set last = last + 50000');
    expect(await store().documents.changedSince(seen)).toMatchObject({ reset: false });
    await store().documents.remove([unique('doc')]);

    const late = await store().documents.changedSince(seen);
    expect(late).toMatchObject({ change: await now(), removed: [], reset: true });
    const all = (await store().documents.list()).map(({ id }) => id);
    expect(late.put.toSorted()).toEqual(all.toSorted());
    expect(late.put).toContain(here.document.id);
    const { rows } = await store().pool.query('select id from sitrep.removed_documents');
    expect(rows).toEqual([]);

    expect(await store().documents.changedSince(late.change)).toMatchObject({ reset: false });
    expect(await store().documents.changedSince(late.change + 1)).toMatchObject({ reset: true });
  });

  it('leaves one writer’s chunks when several put the same document at once', async () => {
    const id = unique('doc');
    const base = page({ id }).document;
    const versions = Array.from({ length: 8 }, (_, writer) => {
      const version = page({ ...base, title: `by ${writer}` }, ['same', `by ${writer}`]);
      const chunks = version.chunks.map((chunk, n) =>
        n === 0 ? chunk : { ...chunk, id: `${id}-of-${writer}` },
      );
      return { ...version, chunks };
    });
    await Promise.all(versions.map((version) => store().documents.put(version)));
    const [found] = await store().documents.load([id]);
    expect(versions).toContainEqual(found);
  });

  it('lets no change with a lower number appear later, with many writers at once', async () => {
    const start = await now();
    const ids = Array.from({ length: 8 }, () => unique('doc'));
    let writing = true;
    const writers = ids.map(async (id, writer) => {
      for (let round = 0; round < 6; round++) {
        const stored = page({ id, checksum: `${writer}-${round}` }, [`${round}`]);
        if (round % 3 === 2) await store().documents.remove([id]);
        else await store().documents.put(stored);
      }
    });
    const done = Promise.allSettled(writers).then(() => {
      writing = false;
    });
    // Whoever reads along and applies what it is told ends with what is there.
    const mirror = new Map<string, string>();
    let last = start;
    for (let more = true; more; ) {
      const finishing = !writing;
      const news = await store().documents.changedSince(last);
      expect(news.change).toBeGreaterThanOrEqual(last);
      last = news.change;
      for (const id of news.removed) mirror.delete(id);
      for (const { document } of await store().documents.load(news.put)) {
        mirror.set(document.id, document.checksum);
      }
      more = !finishing;
    }
    await done;
    await Promise.all(writers);
    expect([...mirror]).toEqual([]);
    const again = ids.slice(0, 3).map((id) => page({ id }));
    await Promise.all(again.map((stored) => store().documents.put(stored)));
    expect((await store().documents.changedSince(last)).put.toSorted()).toEqual(
      ids.slice(0, 3).toSorted(),
    );
  });
}
