import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterEach, expect, it } from 'vitest';
import { createLiveFeed, type LiveFeed } from '../../../adapters/console/live-feed.ts';
import type { Logger } from '../../../src/ports/logger.ts';
import { type EventReader, readEvents } from '../../contract/console-event-source.ts';
import { createMemoryConsoleLog } from '../../fakes/memory-console-log.ts';

const soon = { timeout: 4_000, interval: 5 };
const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} };
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0).reverse()) close();
});

let connections = () => 0;

async function serve(feed: LiveFeed): Promise<string> {
  const app = express();
  let open = 0;
  connections = () => open;
  app.get('/stream', (_request, response) => {
    open += 1;
    response.once('close', () => {
      open -= 1;
    });
    return feed.join(response, 0);
  });
  const server: Server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(
    () => server.close(),
    () => feed.close(),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/stream`;
}

async function watch(url: string): Promise<EventReader> {
  const reader = await readEvents(url);
  closers.push(() => reader.close());
  return reader;
}

it('lets quiet pages hear that it is there, and what channels another process added', async () => {
  let channels = ['general'];
  const feed = createLiveFeed({
    log: createMemoryConsoleLog(),
    listChannels: async () => channels,
    logger: silent,
    pollMs: 10_000,
    beatMs: 10,
  });
  const reader = await watch(await serve(feed));
  const heard = (event: string) => reader.frames.filter((frame) => frame.event === event);
  await expect.poll(() => heard('beat').length, soon).toBeGreaterThan(2);
  channels = ['general', 'inc-payments'];
  await expect.poll(() => heard('channels').at(-1)?.data, soon).toBe(JSON.stringify(channels));
});

it('reads the log once for all pages, at once when woken, and not at all for nobody', async () => {
  const log = createMemoryConsoleLog();
  let reads = 0;
  const feed = createLiveFeed({
    log: {
      ...log,
      after(change, limit) {
        reads += 1;
        return log.after(change, limit);
      },
    },
    listChannels: async () => [],
    logger: silent,
    pollMs: 60_000,
    beatMs: 60_000,
  });
  const url = await serve(feed);
  const readers = [await watch(url), await watch(url), await watch(url)];
  await expect.poll(() => reads, soon).toBe(3);
  const author = { id: 'u1', name: 'Ada', isBot: false };
  await log.add({
    id: 'm1',
    channel: 'general',
    author,
    body: { text: 'm1' },
    createdAt: new Date(),
  });
  feed.wake();
  for (const reader of readers) {
    await expect.poll(() => reader.messages().map(({ id }) => id), soon).toEqual(['m1']);
  }
  expect(reads).toBe(4);

  for (const reader of readers) reader.close();
  await expect
    .poll(async () => {
      const before = reads;
      feed.wake();
      return reads - before;
    }, soon)
    .toBe(0);
});

it('misses nothing that happens between a page’s own reading and the shared one', async () => {
  const log = createMemoryConsoleLog();
  /** Reads that know their result already and wait to be let go. */
  let held: (() => void)[] | undefined;
  const feed = createLiveFeed({
    log: {
      ...log,
      async after(change, limit) {
        const result = await log.after(change, limit);
        if (held) await new Promise<void>((resolve) => held?.push(resolve));
        return result;
      },
    },
    listChannels: async () => [],
    logger: silent,
    pollMs: 60_000,
    beatMs: 60_000,
  });
  const url = await serve(feed);
  const author = { id: 'u1', name: 'Ada', isBot: false };
  const write = (id: string) =>
    log.add({ id, channel: 'general', author, body: { text: id }, createdAt: new Date() });
  const ids = (reader: EventReader) => reader.messages().map(({ id }) => id);
  /** Holds the read that `begin` causes; the returned function lets it go. */
  async function holdRead(begin: () => void): Promise<() => void> {
    const reads: (() => void)[] = [];
    held = reads;
    begin();
    await expect.poll(() => reads.length, soon).toBe(1);
    held = undefined;
    return () => reads[0]?.();
  }

  const first = await watch(url);
  await write('m0');
  feed.wake();
  await expect.poll(() => ids(first), soon).toEqual(['m0']);

  // The second page has read up to m0. Before it joins, the first one is shown m1 ...
  let opening: Promise<EventReader> | undefined;
  const letJoin = await holdRead(() => {
    opening = watch(url);
  });
  const second = await opening;
  if (!second) throw new Error('The second page did not open.');
  await write('m1');
  feed.wake();
  await expect.poll(() => ids(first), soon).toEqual(['m0', 'm1']);
  // ... and leaves while m2 is on its way to it.
  await write('m2');
  const letShow = await holdRead(() => feed.wake());
  first.close();
  await first.ended;
  await expect.poll(() => connections(), soon).toBe(1);
  letJoin();
  await expect.poll(() => ids(second).length, soon).toBeGreaterThan(0);
  letShow();
  await expect.poll(() => ids(second), soon).toEqual(['m0', 'm1', 'm2']);
});
