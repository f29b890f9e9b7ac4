import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { createReadSharedFileProcessor, sharedFileKey } from '../../jobs/read-shared-file.ts';
import type { Card } from '../../src/domain/card.ts';
import { AppError } from '../../src/domain/errors.ts';
import type { MessageEvent, SharedFile } from '../../src/domain/event.ts';
import type { Incident, TimelineEntry } from '../../src/domain/incident.ts';
import type { ThreadRef } from '../../src/domain/thread-ref.ts';
import type { IncidentStore } from '../../src/ports/incident-store.ts';

const where = { platform: 'slack', workspace: 'T', channel: 'C1', thread: '171.5' } as const;
const author = { id: 'U1', name: 'Ada', isBot: false };
const incident: Incident = {
  id: 'inc_1',
  eventKey: 'key-1',
  where,
  reporter: author,
  text: 'checkout is down',
  status: 'open',
  revision: 1,
  shownRevision: 1,
  createdAt: new Date(0),
  updatedAt: new Date(0),
};
const LOG = `${'2026-03-01T10:00:00Z INFO served\n'.repeat(50)}2026-03-01T10:00:01Z ERROR pool is full for ada@example.com\n`;
const context = { id: 'j', attempt: 1, signal: new AbortController().signal };

let posts: { where: ThreadRef; card: Card; key: string }[];
let entries: TimelineEntry[];
let judged: string[];
let opened: number;
let now: number;
beforeEach(() => {
  posts = [];
  entries = [];
  judged = [];
  opened = 0;
  now = Date.parse('2026-03-01T10:05:00Z');
});

type Content = AsyncIterable<Uint8Array> | AppError;

async function read(
  content: Content,
  about: Partial<SharedFile> = {},
  incidentId = 'inc_1',
  real: Partial<SharedFile> = {},
) {
  const file = { id: 'F1', name: 'app.log', mediaType: 'text/plain', bytes: 10, ...about };
  const incidents: Pick<IncidentStore, 'byId'> = {
    byId: async (id) => (id === incident.id ? incident : undefined),
  };
  const process = createReadSharedFileProcessor({
    incidents: incidents as IncidentStore,
    timeline: {
      add: async (entry) => {
        entries.push(entry);
        return true;
      },
      ofIncident: async () => entries,
    },
    files: {
      open: async () => {
        opened += 1;
        if (content instanceof AppError) throw content;
        return { ...file, ...real, content };
      },
    },
    adviseOnLogs: async (result) => result,
    postOnce: async (place, card, key) => {
      posts.push({ where: place, card, key });
    },
    enqueueTriage: async (id) => void judged.push(id),
    clock: { now: () => new Date(now) },
    logger: {
      debug: () => undefined,
      info: () => undefined,
      warn: () => undefined,
      error: () => undefined,
    },
  });
  await process({ incidentId, file, key: 'event/F1', author }, context);
}

const bytes = (text: string | Buffer) => Readable.from([Buffer.from(text)]);

describe('a log that was shared in the thread of an incident', () => {
  it.each([
    ['plain', bytes(LOG), 'app.log', 'text/plain'],
    ['packed', bytes(gzipSync(LOG)), 'app.log.gz', 'application/gzip'],
    ['without a known type', bytes(LOG), 'app.log.1', 'application/x-nobody-knows'],
  ])(
    '%s: is analysed in the thread, and becomes evidence',
    async (_how, content, name, mediaType) => {
      await read(content, { name, mediaType });
      expect(posts).toMatchObject([{ where, key: 'file-event/F1' }]);
      const elements = posts[0]?.card.elements ?? [];
      expect(elements[0]).toEqual({ kind: 'header', text: `Log analysis: ${name}` });
      const whole = elements.find((element) => element.kind === 'file');
      expect(JSON.parse(whole?.text ?? '').lines.total).toBe(51);
      expect(entries).toMatchObject([{ incidentId: 'inc_1', eventKey: 'event/F1', author }]);
      expect(entries[0]?.text).toContain('pool is full');
      expect(JSON.stringify([entries, posts])).not.toContain('ada@example.com');
      expect(judged).toEqual(['inc_1']);
    },
  );

  it('names each file of each message by a key of its own', () => {
    const event: MessageEvent = {
      kind: 'message',
      occurrence: '171.6',
      where,
      actor: author,
      at: new Date(now).toISOString(),
      messageId: '171.6',
      channelName: 'inc-checkout',
      text: '',
    };
    const keys = [
      sharedFileKey(event, { id: 'F1' }),
      sharedFileKey(event, { id: 'F2' }),
      sharedFileKey({ ...event, occurrence: '171.7' }, { id: 'F1' }),
    ];
    expect(new Set(keys).size).toBe(3);
  });
});

describe('a file that is not read', () => {
  const big = 51 * 1024 * 1024;
  async function* endless() {
    const chunk = Buffer.alloc(1024 * 1024, 'all is well and nothing happens ');
    for (;;) yield chunk;
  }

  it.each<[string, Content, Partial<SharedFile>, RegExp]>([
    ['too large by its word', bytes(LOG), { bytes: big }, /more than I read at once/],
    ['too large whatever it says', endless(), { bytes: 10 }, /more than I read at once/],
    [
      'no text by its type',
      bytes('PK'),
      { name: 'a.zip', mediaType: 'application/zip' },
      /I read logs/,
    ],
    ['no text by its content', bytes(Buffer.alloc(5_000, 1)), {}, /not text/],
    ['broken', bytes(gzipSync(LOG).subarray(0, 60)), { name: 'a.gz' }, /broken or cut short/],
    ['not ours to open', new AppError('forbidden', 'Not handed out.'), {}, /Not handed out/],
    ['gone', new AppError('not_found', 'The file was deleted.'), {}, /was deleted/],
  ])('%s: the thread is told why, in one sentence', async (_why, content, about, sentence) => {
    await read(content, about);
    expect(posts).toHaveLength(1);
    expect(posts[0]).toMatchObject({ where, key: 'file-event/F1' });
    expect(posts[0]?.card.summary).toMatch(sentence);
    expect([...entries, ...judged]).toEqual([]);
  });

  it('that is only packed small is given up when unpacking takes too long', async () => {
    async function* slow() {
      const packed = gzipSync(LOG.repeat(1_000));
      for (let start = 0; start < packed.length; start += 100) {
        yield packed.subarray(start, start + 100);
        now += 60_000;
      }
    }
    await read(slow(), { name: 'app.log.gz' });
    expect(posts[0]?.card.summary).toMatch(/more than I read at once/);
  });

  it('is a picture, which people look at: nothing is said', async () => {
    await read(bytes('x'), { name: 'graph.png', mediaType: 'image/png' });
    expect([opened, ...posts]).toEqual([0]);
  });

  it('belongs to no incident: nothing is said', async () => {
    await read(bytes(LOG), {}, 'inc_unknown');
    expect([opened, ...posts]).toEqual([0]);
  });

  it('cannot be had for the moment: the job is tried again', async () => {
    const away = new AppError('unavailable', 'Slack cannot be reached.');
    await expect(read(away)).rejects.toMatchObject({ retryable: true });
    expect(posts).toEqual([]);
  });
});

describe('a file of which the message told nothing but its id', () => {
  const untold = { name: 'F1', mediaType: 'application/octet-stream', bytes: 0 };
  const content = () => Readable.from([Buffer.from(LOG)]);

  it('is called by its name', async () => {
    await read(content(), untold, 'inc_1', { name: 'app.log', mediaType: 'text/plain' });
    expect(posts[0]?.card.elements[0]).toEqual({ kind: 'header', text: 'Log analysis: app.log' });
    expect(entries[0]?.text).toMatch(/^app\.log\n/);
  });

  it('is refused by its name when it is no text', async () => {
    await read(content(), untold, 'inc_1', { name: 'core.zip', mediaType: 'application/zip' });
    expect(posts[0]?.card.summary).toMatch(/^core\.zip: I read logs/);
  });
});
