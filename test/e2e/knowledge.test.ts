import { mkdirSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { killedIngest } from '../fixtures/killed-ingest.ts';
import { knowledgeContent } from '../fixtures/knowledge-content.ts';
import { putMadeStore } from '../fixtures/made-store.ts';
import { runSitrep, startSitrep, usedFolder } from '../fixtures/product.ts';
import { writePages } from '../fixtures/written-pages.ts';
import { chromaRunsHere } from '../integration/chroma-harness.ts';

const folder = usedFolder();
const docs = join(folder.path, 'docs');
afterAll(() => folder.remove());

function sitrep(...args: string[]) {
  return runSitrep(['knowledge', ...args], { cwd: folder.path });
}

beforeAll(() => {
  mkdirSync(join(docs, 'db'), { recursive: true });
  writeFileSync(
    join(docs, 'db/replication-lag.md'),
    '# Replication lag\n\nThe replica is behind its primary. Look at long transactions and the network.\n',
  );
  writeFileSync(
    join(docs, 'disk-full.md'),
    '# Disk full\n\nNo space left on device: delete old logs.\n',
  );
  writeFileSync(join(docs, 'broken.pdf'), '%PDF-1.4 nothing\n');
});

describe('sitrep knowledge ingest', () => {
  it('says what it did and names what it could not read', async () => {
    expect(await sitrep('ingest', 'docs')).toEqual({
      code: 0,
      stdout: 'added 2, changed 0, unchanged 0, removed 0, failed 1\n',
      stderr: `failed: ${join(docs, 'broken.pdf')}: it is broken, or no PDF at all\n`,
    });
    unlinkSync(join(docs, 'broken.pdf'));
    writeFileSync(join(docs, 'new.txt'), 'Something new.\n');
    expect(await sitrep('ingest', 'docs')).toEqual({
      code: 0,
      stdout: 'added 1, changed 0, unchanged 2, removed 0, failed 0\n',
      stderr: '',
    });
  });

  it('fails for a path that is not there, and for wrong words', async () => {
    const { code, stderr } = await sitrep('ingest', 'nowhere');
    expect(code).toBe(1);
    expect(stderr).toContain('nowhere: it is not there');
    expect((await sitrep('ingest')).code).toBe(2);
    expect((await sitrep('devour', 'docs')).code).toBe(2);
    expect((await sitrep()).stderr).toContain('ingest, search or status');
  });
});

describe('sitrep knowledge status', () => {
  it('shows what there is, and how far the source has moved on', async () => {
    writeFileSync(join(docs, 'later.md'), '# Later\n\nWritten later.\n');
    const { code, stdout } = await sitrep('status');
    unlinkSync(join(docs, 'later.md'));
    expect(code).toBe(0);
    const [head, row] = stdout.split('\n');
    expect(head).toMatch(
      /^collection +documents +chunks +vectors +embedder +last ingest +source +drift of the source$/,
    );
    expect(row).toMatch(
      /^default +3 +3 +[3?] +(local-\d+|\?) +\d{4}-\d\d-\d\dT\S+ +\S+docs +1 added$/,
    );
  });
});

describe('sitrep knowledge search', () => {
  it('shows the documents that fit best, with where they are', async () => {
    const { code, stdout } = await sitrep('search', 'replica', 'behind', '-k', '1');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^1\. Replication lag {2}[01][.\d]*\n {3}db\/replication-lag\.md:1/);
    expect(stdout).not.toContain('2. ');
  });

  it('answers JSON lines in the order of the file, one entry a document', async () => {
    const file = join(folder.path, 'questions.jsonl');
    writeFileSync(
      file,
      '{"id":"q2","query":"no space left on device"}\n\n{"id":1,"query":"replica lag"}\n',
    );
    const { code, stdout } = await sitrep('search', '--jsonl', file);
    expect(code).toBe(0);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ id }) => id)).toEqual(['q2', 1]);
    expect(lines.map(({ results }) => results[0].source)).toEqual([
      'disk-full.md',
      'db/replication-lag.md',
    ]);
    for (const { results, ms } of lines) {
      expect(ms).toEqual(expect.any(Number));
      const sources = results.map(({ source }: { source: string }) => source);
      expect(new Set(sources).size).toBe(sources.length);
      expect(Object.keys(results[0])).toEqual(['source', 'title', 'score']);
    }
  });

  it('names a bad line, a bad number and a missing question', async () => {
    const file = join(folder.path, 'bad.jsonl');
    writeFileSync(file, '{"id":"a","query":"x"}\n{"id":"b"}\n');
    expect(await sitrep('search', '--jsonl', file)).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('bad.jsonl, line 2'),
    });
    expect((await sitrep('search', 'x', '-k', 'many')).code).toBe(2);
    expect((await sitrep('search')).code).toBe(2);
  });

  it('goes on by words where there is no Chroma, and says so', async () => {
    const { code, stdout, stderr } = await runSitrep(['knowledge', 'search', 'replica behind'], {
      cwd: folder.path,
      env: { CHROMA_URL: 'http://127.0.0.1:1' },
    });
    expect(code).toBe(0);
    expect(stdout).toContain('1. Replication lag');
    expect(stderr).toContain('by words alone');
  });
});

describe('sitrep knowledge', () => {
  it('says whose the folder is while the product runs on it', async () => {
    const product = await startSitrep({ cwd: folder.path });
    try {
      const { code, stderr } = await sitrep('status');
      expect(code).toBe(1);
      expect(stderr).toMatch(/^sitrep: Another Sitrep .* is using .*Stop it/);
    } finally {
      await product.stop();
    }
  });
});

describe.skipIf(!chromaRunsHere)(
  'an ingest that was killed (skipped where the package of Chroma has no build for this machine)',
  () => {
    const PAGES = 100;
    it('ends, run again, with the same text and vectors as one that was not', async () => {
      const [whole, killed] = [join(folder.path, 'whole'), join(folder.path, 'killed')];
      for (const path of [whole, killed]) putMadeStore(join(path, 'var'));
      writePages(join(folder.path, 'pages'), PAGES);
      const paths = ['../pages'];
      expect(await killedIngest({ cwd: killed, paths }, { phase: 'reading', step: 5 })).toBe(true);
      expect(await killedIngest({ cwd: killed, paths }, { phase: 'embedding', step: 4 })).toBe(
        true,
      );
      const ingests = [whole, killed].map((cwd) =>
        runSitrep(['knowledge', 'ingest', ...paths], { cwd }),
      );
      expect((await Promise.all(ingests)).map(({ code, stdout }) => [code, stdout])).toEqual([
        [0, `added ${PAGES}, changed 0, unchanged 0, removed 0, failed 0\n`],
        [0, `added 0, changed 0, unchanged ${PAGES}, removed 0, failed 0\n`],
      ]);
      const expected = await knowledgeContent(join(whole, 'var'));
      expect(expected).toMatchObject({ documents: PAGES, vectors: expected.chunks });
      expect(await knowledgeContent(join(killed, 'var'))).toEqual(expected);
    });
  },
);
