import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { textCard } from '../../src/domain/card.ts';
import { AppError } from '../../src/domain/errors.ts';
import type { ConsoleLog } from '../../src/ports/console-log.ts';
import { cleanCard } from '../../src/safety/index.ts';
import { createMemoryConsoleLog } from '../fakes/memory-console-log.ts';
import { type EventReader, readEvents } from './console-event-source.ts';
import { type ConsoleHarness, startConsole } from './console-harness.ts';

const soon = { timeout: 10_000, interval: 10 };
const GENERAL = { platform: 'console', workspace: 'console', channel: 'general' } as const;

describe('the live stream', () => {
  let log: ConsoleLog;
  let away: boolean;
  let harness: ConsoleHarness;
  let readers: EventReader[];
  beforeEach(async () => {
    const memory = createMemoryConsoleLog();
    away = false;
    log = {
      ...memory,
      async after(change, limit) {
        if (away) throw new AppError('unavailable', 'The store is away.');
        return memory.after(change, limit);
      },
    };
    readers = [];
    harness = await startConsole({ log });
  });
  afterEach(async () => {
    for (const reader of readers) reader.close();
    await harness.stop();
  });

  async function watch(since: number, headers?: Record<string, string>): Promise<EventReader> {
    const reader = await readEvents(`${harness.address}/console/stream?since=${since}`, headers);
    readers.push(reader);
    return reader;
  }
  /** As another process would, which cannot wake this one. */
  const write = (id: string, text = id) =>
    log.add({
      id,
      channel: 'general',
      author: { id: 'u2', name: 'Grace', isBot: false },
      body: { text },
      createdAt: new Date(),
    });
  const ids = (reader: EventReader) => reader.messages().map(({ id }) => id);

  it('begins after the change that the page saw last', async () => {
    for (const id of ['m1', 'm2', 'm3']) await write(id);
    const reader = await watch(1);
    await expect.poll(() => ids(reader), soon).toEqual(['m2', 'm3']);
    expect(reader.frames.filter(({ event }) => event === 'message').map(({ id }) => id)).toEqual([
      '2',
      '3',
    ]);
  });

  it('goes on where a broken connection ended, whatever its address says', async () => {
    for (const id of ['m1', 'm2', 'm3']) await write(id);
    const reader = await watch(0, { 'last-event-id': '2' });
    await expect.poll(() => ids(reader), soon).toEqual(['m3']);
  });

  it('brings what another process wrote', async () => {
    const reader = await watch(0);
    await write('m1');
    await expect.poll(() => ids(reader), soon).toEqual(['m1']);
  });

  it('brings posts and edits of cards', async () => {
    const reader = await watch(0);
    const ref = await harness.console.platform.post(
      GENERAL,
      cleanCard(textCard('Guessing')),
      'key-1',
    );
    await expect.poll(() => ids(reader), soon).toEqual([ref.message]);
    await harness.console.platform.edit(ref, cleanCard(textCard('Sure now')));
    await expect.poll(() => reader.messages().at(-1)?.card?.summary, soon).toBe('Sure now');
    expect(JSON.stringify(reader.frames)).not.toContain('key-1');
  });

  it('loses and doubles nothing for pages that come while much is written', async () => {
    const all = Array.from({ length: 900 }, (_, i) => `m${i}`);
    const watching: Promise<EventReader>[] = [];
    for (const [i, id] of all.entries()) {
      await write(id);
      if (i % 150 === 0) {
        watching.push(watch(0));
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    const pages = await Promise.all([...watching, watch(0)]);
    for (const reader of pages) {
      await expect.poll(() => ids(reader).length, soon).toBe(all.length);
      expect(ids(reader)).toEqual(all);
    }
    await write('last');
    for (const reader of pages) await expect.poll(() => ids(reader).at(-1), soon).toBe('last');
  });

  it('tells a page that remembers another log to start over', async () => {
    await write('m1');
    const other = await watch(0);
    const reader = await watch(5_000);
    await expect
      .poll(() => reader.frames.map(({ event }) => event), soon)
      .toEqual(['retry', 'restart']);
    await write('m2');
    await expect.poll(() => ids(reader), soon).toEqual(['m2']);
    await expect.poll(() => ids(other), soon).toEqual(['m1', 'm2']);
  });

  it('goes on after the store was away, and says so once in the log', async () => {
    const reader = await watch(0);
    away = true;
    await expect.poll(() => harness.logged.length, soon).toBe(1);
    await write('m1');
    await harness.console.platform.post(GENERAL, cleanCard(textCard('A card')), 'key-1');
    away = false;
    await expect.poll(() => reader.messages().length, soon).toBe(2);
    expect(harness.logged).toEqual([
      {
        message: 'The console cannot read its messages and tries again.',
        fields: { part: 'console', code: 'unavailable' },
      },
    ]);
  });

  it('tells about a new channel', async () => {
    const reader = await watch(0);
    await harness.post('/console/channels', { name: 'inc-payments' });
    await expect
      .poll(() => reader.frames.find(({ event }) => event === 'channels')?.data, soon)
      .toContain('inc-payments');
  });

  it('ends when the console closes', async () => {
    const reader = await watch(0);
    harness.console.close();
    await reader.ended;
  });

  it.each(['-1', '1.5', 'x'])('refuses to begin after %s', async (since) => {
    expect((await harness.get(`/console/stream?since=${since}`)).status).toBe(400);
  });
});
