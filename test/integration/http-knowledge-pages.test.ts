import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StoredDocument } from '../../src/ports/document-store.ts';
import { startServer, type TestServer } from './http-harness.ts';

let server: TestServer;
beforeAll(async () => {
  const chunk = { documentId: 'd1', section: [], checksum: 'c' };
  const stored: StoredDocument = {
    document: {
      id: 'd1',
      collection: 'runbooks',
      source: 'database/pool & co.md',
      kind: 'page',
      title: 'Pools <script>alert(1)</script>',
      checksum: 'x',
      tags: [],
      ingestedAt: new Date('2026-01-02T03:04:05Z'),
    },
    chunks: [
      { ...chunk, id: 'k1', position: 0, line: 1, text: '# Pools\n\nFirst <b>line</b>' },
      { ...chunk, id: 'k2', position: 1, line: 3, text: 'First <b>line</b>\nLast line' },
    ],
  };
  const documents = {
    list: async (collection?: string) => (collection === 'runbooks' ? [stored.document] : []),
    load: async () => [stored],
  };
  server = await startServer({ documents });
});
afterAll(() => server.close());

const open = (path: string) => fetch(`${server.url}/knowledge/${path}`);

describe('a page of the knowledge base', () => {
  it('is shown line by line, each once and with an address of its own', async () => {
    const response = await open(`runbooks/database/${encodeURIComponent('pool & co.md')}`);
    expect(response.status).toBe(200);
    const html = await response.text();
    expect([...html.matchAll(/<span id="L(\d+)">/g)].map(([, line]) => line)).toEqual([
      '1',
      '2',
      '3',
      '4',
    ]);
    expect(html).toContain('First &lt;b&gt;line&lt;/b&gt;');
    expect(html).not.toContain('<script>');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it.each(['runbooks/other.md', 'elsewhere/database/pool.md', 'runbooks/../../etc/passwd'])(
    'is not there for %s',
    async (path) => {
      expect((await open(path)).status).toBe(404);
    },
  );

  it('needs a token beyond loopback', async () => {
    const guarded = await startServer({ tokens: ['a-token-of-the-on-call-team'] });
    const response = await fetch(`${guarded.url}/knowledge/runbooks/a.md`);
    expect(response.status).toBe(401);
    await guarded.close();
  });
});
