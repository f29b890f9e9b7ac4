import { mkdirSync, renameSync, rmSync, symlinkSync, truncateSync, unlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Chroma } from '../../knowledge/chroma/index.ts';
import { createTestStore, type TestStore } from '../fixtures/database.ts';
import { makePdf } from '../fixtures/make-pdf.ts';
import { atTheEnd } from './chroma-harness.ts';
import { absentChroma, documentsFolder, knowledgeOn } from './knowledge-harness.ts';

let database: TestStore;
let chroma: Chroma;
beforeAll(async () => {
  database = await createTestStore();
  chroma = await absentChroma('unused');
});
afterAll(async () => {
  await chroma.close();
  await database.remove();
});

let collections = 0;

/** As if its owner had set a password: the keys fit none, so it opens with none. */
function locked(pdf: Buffer): Buffer {
  const key = '41'.repeat(32);
  const encrypt = `/Encrypt << /Filter /Standard /V 1 /R 2 /O <${key}> /U <${key}> /P -44 >>`;
  const id = `/ID [<${key}> <${key}>]`;
  return Buffer.from(pdf.toString('latin1').replace('/Root', `${encrypt} ${id} /Root`), 'latin1');
}

/** A collection of one's own in the store of all. */
function fresh(options: Parameters<typeof knowledgeOn>[2] = {}) {
  const collection = `docs-${++collections}`;
  const folder = documentsFolder();
  atTheEnd(() => folder.remove());
  const knowledge = knowledgeOn(database.store, chroma, options);
  const { documents } = database.store;
  return {
    ...folder,
    collection,
    knowledge,
    ingest: async (...paths: string[]) => {
      const { added, changed, unchanged, removed, failed } = await knowledge.ingest({
        paths: paths.length > 0 ? paths : [folder.path],
        collection,
      });
      return { counts: [added, changed, unchanged, removed], failed };
    },
    sources: async () => (await documents.list(collection)).map(({ source }) => source),
    texts: async () => (await documents.chunks({ collection, limit: 1_000 })).map((it) => it.text),
  };
}

describe('ingesting a folder', () => {
  it('adds, changes, leaves and removes what the folder says', async () => {
    const docs = fresh();
    docs.write('a.md', '# A\n\nfirst');
    docs.write('deep/er/b.txt', 'second');
    docs.write('c.PDF', makePdf([['third']]));
    docs.write('.git/config.md', 'hidden');
    docs.write('page.html', '<p>no document</p>');
    expect(await docs.ingest()).toEqual({ counts: [3, 0, 0, 0], failed: [] });
    expect(await docs.sources()).toEqual(['a.md', 'c.PDF', 'deep/er/b.txt']);

    const { documents } = database.store;
    const change = await documents.change();
    expect(await docs.ingest()).toEqual({ counts: [0, 0, 3, 0], failed: [] });
    expect(await documents.change()).toBe(change);

    docs.write('a.md', '# A\n\nfirst, again');
    docs.write('d.md', '# D\n\nnew');
    unlinkSync(join(docs.path, 'deep/er/b.txt'));
    expect(await docs.ingest()).toEqual({ counts: [1, 1, 1, 1], failed: [] });
    expect(await docs.sources()).toEqual(['a.md', 'c.PDF', 'd.md']);
    expect(await docs.texts()).toContain('first, again');
  });

  it('keeps what front matter says, and notes what it does not know', async () => {
    const docs = fresh();
    docs.write(
      'a.md',
      '---\ncategory: Network\nservice: dns\nhref: https://w.example/a\nseverity: x\n---\n# A\n\ntext',
    );
    const { notes } = await docs.knowledge.ingest({
      paths: [docs.path],
      collection: docs.collection,
    });
    expect(notes).toEqual([
      {
        path: join(docs.path, 'a.md'),
        note: 'its severity is none that is known here and was ignored',
      },
    ]);
    expect(await database.store.documents.list(docs.collection)).toMatchObject([
      { title: 'A', category: 'Network', service: 'dns', href: 'https://w.example/a', tags: [] },
    ]);
  });

  it('names what cannot be read and takes the rest', async () => {
    const docs = fresh();
    docs.write('good.md', '# Good\n\ntext');
    docs.write('broken.pdf', '%PDF-1.7 and nothing more');
    docs.write('locked.pdf', locked(makePdf([['a secret plan']])));
    docs.write('scanned.pdf', makePdf([[]]));
    docs.write('program.md', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 0, 1]));
    docs.write('empty.md', '\n\n');
    truncateSync(docs.write('huge.txt', 'x'), 50_000_000);
    mkdirSync(join(docs.path, 'sub'));
    symlinkSync('..', join(docs.path, 'sub/loop'));
    symlinkSync('self.md', join(docs.path, 'self.md'));
    symlinkSync('/etc/hostname', join(docs.path, 'out.txt'));
    symlinkSync('good.md', join(docs.path, 'linked.md'));
    const { counts, failed } = await docs.ingest();
    expect(counts).toEqual([2, 0, 0, 0]);
    const named = failed.map(
      ({ path, reason }) => `${path.slice(docs.path.length + 1)}: ${reason}`,
    );
    expect(named.sort()).toEqual([
      'broken.pdf: it is broken, or no PDF at all',
      'empty.md: it holds no text',
      'huge.txt: it is larger than 20 MB',
      'locked.pdf: it is locked with a password',
      'out.txt: it is a link that leads out of the folder',
      'program.md: it is not text',
      'scanned.pdf: it holds no text',
      'self.md: it is a link that leads to itself',
      'sub/loop: it is a link that leads back to a folder it is in',
    ]);
    expect(await docs.sources()).toEqual(['good.md', 'linked.md']);
  });

  it('keeps the last readable text of a file that broke', async () => {
    const docs = fresh();
    docs.write('a.md', '# A\n\nbefore');
    await docs.ingest();
    docs.write('a.md', Buffer.from([0, 1, 2, 3]));
    expect(await docs.ingest()).toMatchObject({ counts: [0, 0, 0, 0], failed: [{}] });
    expect(await docs.texts()).toEqual(['before']);
  });

  it('stores no secret', async () => {
    const docs = fresh();
    docs.write('a.md', '# Mail ada@example.com\n\nThe password=hunter2hunter2 opens it.');
    await docs.ingest();
    const [document] = await database.store.documents.list(docs.collection);
    const stored = JSON.stringify([document, await docs.texts()]);
    expect(stored).not.toMatch(/hunter2|ada@example/);
    expect(stored).toContain('[secret:');
  });

  it('reads everything anew for a newer version, and writes text that is the same under the same ids', async () => {
    const docs = fresh();
    docs.write('a.md', '# A\n\ntext');
    await docs.ingest();
    const chunks = await database.store.documents.chunks({ collection: docs.collection, limit: 9 });
    const newer = knowledgeOn(database.store, chroma, { version: '2.0.0' });
    const report = await newer.ingest({ paths: [docs.path], collection: docs.collection });
    expect(report).toMatchObject({ changed: 1, unchanged: 0 });
    expect(
      await database.store.documents.chunks({ collection: docs.collection, limit: 9 }),
    ).toEqual(chunks);
  });

  it('forgets what the collection held, when asked to', async () => {
    const docs = fresh();
    docs.write('a.md', '# A\n\ntext');
    docs.write('b.md', '# B\n\ntext');
    await docs.ingest();
    unlinkSync(join(docs.path, 'b.md'));
    const report = await docs.knowledge.ingest({
      paths: [docs.path],
      collection: docs.collection,
      reset: true,
    });
    expect(report).toMatchObject({ added: 1, unchanged: 0, removed: 1 });
  });

  it('ends when it is called off, with what it has done', async () => {
    const docs = fresh();
    for (let i = 0; i < 40; i++) docs.write(`${i}.md`, `# ${i}\n\ntext`);
    const calledOff = new AbortController();
    const ingesting = docs.knowledge.ingest(
      { paths: [docs.path], collection: docs.collection },
      {
        signal: calledOff.signal,
        progress: ({ done }) => {
          if (done === 5) calledOff.abort();
        },
      },
    );
    await expect(ingesting).rejects.toThrow();
    const { counts } = await docs.ingest();
    expect(counts[0]).toBeGreaterThan(0);
    expect(counts[2]).toBeGreaterThanOrEqual(5);
    expect(await docs.sources()).toHaveLength(40);
  });
});

describe('several paths in one collection', () => {
  it('lose only what was read from them', async () => {
    const docs = fresh();
    docs.write('left/a.md', '# A\n\ntext');
    docs.write('right/b.md', '# B\n\ntext');
    const [left, right] = [join(docs.path, 'left'), join(docs.path, 'right')];
    await docs.ingest(left, right);
    unlinkSync(join(left, 'a.md'));
    unlinkSync(join(right, 'b.md'));
    expect(await docs.ingest(left)).toMatchObject({ counts: [0, 0, 0, 1] });
    expect(await docs.sources()).toEqual(['b.md']);
  });

  it('cannot have the same document name', async () => {
    const docs = fresh();
    docs.write('left/README.md', '# Left\n\ntext');
    docs.write('right/README.md', '# Right\n\ntext');
    const paths = [join(docs.path, 'left'), join(docs.path, 'right')];
    const first = await docs.ingest(...paths);
    expect(first).toMatchObject({
      counts: [1, 0, 0, 0],
      failed: [{ path: join(docs.path, 'right/README.md') }],
    });
    expect(await docs.ingest(...paths)).toEqual({ ...first, counts: [0, 0, 1, 0] });
  });

  it('may be moved without anything being written for its vectors', async () => {
    const docs = fresh();
    docs.write('old/a.md', '# A\n\ntext');
    await docs.ingest(join(docs.path, 'old'));
    renameSync(join(docs.path, 'old'), join(docs.path, 'new'));
    expect(await docs.ingest(join(docs.path, 'new'))).toMatchObject({ counts: [0, 0, 1, 0] });
    unlinkSync(join(docs.path, 'new/a.md'));
    expect(await docs.ingest(join(docs.path, 'new'))).toMatchObject({ counts: [0, 0, 0, 1] });
  });

  it('inside one that was read keep their names there', async () => {
    const docs = fresh();
    docs.write('team/a.md', '# A\n\ntext');
    docs.write('b.md', '# B\n\ntext');
    await docs.ingest();
    docs.write('team/a.md', '# A\n\nchanged');
    expect(await docs.ingest(join(docs.path, 'team/a.md'))).toMatchObject({ counts: [0, 1, 0, 0] });
    rmSync(join(docs.path, 'team/a.md'));
    expect(await docs.ingest(join(docs.path, 'team'))).toMatchObject({ counts: [0, 0, 0, 1] });
    expect(await docs.sources()).toEqual(['b.md']);
  });

  it('become part of a larger one that is read later', async () => {
    const docs = fresh();
    docs.write('team/a.md', '# A\n\ntext');
    docs.write('team/gone.md', '# Gone\n\ntext');
    const file = docs.write('other/b.md', '# B\n\ntext');
    await docs.ingest(join(docs.path, 'team'), file);
    expect(await docs.sources()).toEqual(['a.md', 'b.md', 'gone.md']);
    unlinkSync(join(docs.path, 'team/gone.md'));
    await docs.ingest();
    expect(await docs.sources()).toEqual(['other/b.md', 'team/a.md']);
    expect(await docs.ingest()).toMatchObject({ counts: [0, 0, 2, 0] });
  });

  it('names one that is not there, and one that is no document', async () => {
    const docs = fresh();
    const other = docs.write('page.json', '{}');
    const { failed } = await docs.ingest(join(docs.path, 'nowhere'), other);
    expect(failed.map(({ reason }) => reason)).toEqual([
      'it is not there',
      'it is none of .md, .txt and .pdf',
    ]);
  });
});

describe('an address', () => {
  async function host(
    pages: Record<string, { status?: number; type?: string; body?: string; to?: string }>,
  ) {
    const server = createServer((request, response) => {
      const page = pages[request.url ?? ''] ?? { status: 404 };
      response.writeHead(page.to === undefined ? (page.status ?? 200) : 302, {
        'content-type': page.type ?? 'text/plain',
        ...(page.to === undefined ? {} : { location: page.to }),
      });
      response.end(page.body ?? '');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    atTheEnd(() => server.close());
    const address = server.address();
    return `127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
  }

  it('of raw Markdown on a host that is allowed is read, and opens where it was', async () => {
    const at = await host({ '/a.md': { to: '/real/a.md' }, '/real/a.md': { body: '# A\n\ntext' } });
    const docs = fresh({ urlHosts: [at] });
    const url = `http://${at}/a.md`;
    expect(await docs.ingest(url)).toEqual({ counts: [1, 0, 0, 0], failed: [] });
    expect(await docs.ingest(url)).toEqual({ counts: [0, 0, 1, 0], failed: [] });
    expect(await database.store.documents.list(docs.collection)).toMatchObject([
      { source: `${at}/a.md`, title: 'A', href: url },
    ]);
  });

  it.each([
    ['/moved.md', 'it redirects to another host'],
    ['/round.md', 'it redirects again and again'],
    ['/page.md', 'it is a web page, not raw Markdown or text'],
    ['/missing.md', 'its server answers with status 404'],
    ['/large.md', 'it is larger than 20 MB'],
  ])('%s is refused: %s', async (path, reason) => {
    const at = await host({
      '/moved.md': { to: 'http://169.254.169.254/latest/meta-data' },
      '/round.md': { to: '/round.md' },
      '/page.md': { type: 'text/html; charset=utf-8', body: '<p>' },
      '/large.md': { body: 'x'.repeat(20_000_001) },
    });
    const docs = fresh({ urlHosts: [at] });
    const { failed } = await docs.ingest(`http://${at}${path}`);
    expect(failed).toEqual([{ path: `http://${at}${path}`, reason }]);
  });

  it('on any other host is refused', async () => {
    const docs = fresh({ urlHosts: ['docs.example.com', '*.0.0.1'] });
    const { failed } = await docs.ingest('http://10.0.0.1/a.md', 'http://127.1.0.1:9/a.md');
    expect(failed.map(({ reason }) => reason)).toEqual([
      'it is an address without a name',
      'its host 127.1.0.1:9 is not one that may be fetched from',
    ]);
  });
});
