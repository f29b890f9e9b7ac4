import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { textCard } from '../../src/domain/card.ts';
import { AppError } from '../../src/domain/errors.ts';
import { eventKey } from '../../src/domain/event.ts';
import { cleanCard } from '../../src/safety/index.ts';
import { type ConsoleHarness, startConsole } from './console-harness.ts';

const ADA = { id: 'u1', name: 'Ada' };
const message = (changes: Record<string, unknown> = {}) => ({
  id: 'm1',
  channel: 'general',
  text: 'it is slow',
  actor: ADA,
  ...changes,
});

describe('what people do in the console', () => {
  let harness: ConsoleHarness;
  let failures: unknown[];
  beforeEach(async () => {
    failures = [];
    harness = await startConsole({
      receive: () => async (event) => {
        if (failures.length > 0) throw failures.shift();
        return event.kind === 'message'
          ? undefined
          : { card: cleanCard(textCard(`Heard ${event.kind}.`)) };
      },
    });
  });
  afterEach(() => harness.stop());

  it('is a command with an answer for its author alone, and no message', async () => {
    const body = { ...message({ id: 'c1' }), text: 'checkout is timing out' };
    const answered = await harness.post('/console/commands', body);
    expect(answered).toMatchObject({
      status: 200,
      body: { status: 'ok', reply: { card: { summary: 'Heard command.' } } },
    });
    expect(harness.events).toMatchObject([
      {
        kind: 'command',
        occurrence: 'c1',
        where: { platform: 'console', workspace: 'console', channel: 'general' },
        actor: { ...ADA, isBot: false },
        text: 'checkout is timing out',
      },
    ]);
    expect(await harness.log.recent(10)).toEqual([]);
  });

  it('is stored before the product hears of it, and heard again when that failed', async () => {
    failures.push(new AppError('unavailable', 'The store is away.'));
    const first = await harness.post('/console/messages', message());
    expect(first).toMatchObject({ status: 503, body: { message: 'The store is away.' } });
    expect(await harness.log.recent(10)).toMatchObject([{ id: 'm1', author: ADA }]);

    expect((await harness.post('/console/messages', message())).status).toBe(200);
    expect(await harness.log.recent(10)).toHaveLength(1);
    const [one, two] = harness.events;
    expect(one && eventKey(one)).toBe(two && eventKey(two));
  });

  it('does not mistake another message for a repeat', async () => {
    await harness.post('/console/messages', message());
    for (const other of [
      { text: 'something else' },
      { channel: 'inc-checkout' },
      { thread: 'm1' },
      { actor: { id: 'u2', name: 'Eve' } },
    ]) {
      const answered = await harness.post('/console/messages', message(other));
      expect(answered).toMatchObject({ status: 409, body: { error: 'conflict' } });
    }
    const card = await harness.console.platform.post(
      { platform: 'console', workspace: 'console', channel: 'general' },
      cleanCard(textCard('A card')),
      'key-1',
    );
    const stolen = await harness.post('/console/messages', message({ id: card.message }));
    expect(stolen.status).toBe(409);
    expect(harness.events).toHaveLength(1);
  });

  it('is a command in its thread when it speaks to the product by name', async () => {
    for (const [id, text, command] of [
      ['m1', '@Sitrep checkout is down', 'checkout is down'],
      ['m2', '@sitrep: triage status', 'status'],
      ['m3', ' @Sitrep triage', ''],
    ]) {
      const answered = await harness.post('/console/messages', message({ id, text }));
      expect(answered.body).toMatchObject({ reply: { card: { summary: 'Heard command.' } } });
      expect(harness.events.at(-1)).toMatchObject({
        kind: 'command',
        text: command,
        where: { thread: id },
      });
    }
    await harness.post('/console/messages', message({ id: 'm4', text: 'ask @sitrep or @sitreps' }));
    expect(harness.events.at(-1)).toMatchObject({ kind: 'message' });
    expect(await harness.log.recent(10)).toHaveLength(4);
  });

  it('is always done by a person, never by the product itself', async () => {
    const posing = await harness.post(
      '/console/messages',
      message({ actor: { id: 'sitrep', name: 'Sitrep' } }),
    );
    expect(posing).toMatchObject({ status: 400, body: { error: 'bad_request' } });
    await harness.post('/console/messages', message({ actor: { ...ADA, isBot: true } }));
    expect(harness.events).toMatchObject([{ actor: { isBot: false } }]);
  });

  it('happens in a channel and a thread that exist', async () => {
    await harness.post('/console/messages', message());
    await harness.post('/console/messages', message({ id: 'm2', thread: 'm1' }));
    for (const where of [
      { channel: 'nowhere' },
      { thread: 'nothing' },
      { channel: 'inc-checkout', thread: 'm1' },
      { thread: 'm2' },
    ]) {
      for (const path of ['messages', 'commands']) {
        const answered = await harness.post(`/console/${path}`, message({ id: 'm3', ...where }));
        expect(answered).toMatchObject({ status: 404, body: { error: 'not_found' } });
      }
    }
    expect(await harness.log.recent(10)).toHaveLength(2);
  });

  it('is told why when its thread was forgotten with its age', async () => {
    const late = await harness.post('/console/messages', message({ thread: 'long-ago' }));
    expect(late).toMatchObject({
      status: 404,
      body: { message: expect.stringMatching(/^This thread is no longer kept: .* 30 days after/) },
    });
  });

  it('keeps its text, without the bytes that no database takes', async () => {
    const text = 'nul\u0000 and half \ud83d a pair\r\n\t<b>&amp;';
    await harness.post('/console/messages', message({ text }));
    expect(harness.events).toMatchObject([{ text: 'nul and half \ufffd a pair\r\n\t<b>&amp;' }]);
  });

  it.each([
    ['no id', { id: undefined }, 400, /^id: /],
    ['an id that is no id', { id: 'a b' }, 400, /^id: must be/],
    ['no actor', { actor: undefined }, 400, /^actor: /],
    [
      'an actor without a name',
      { actor: { id: 'u1', name: ' ' } },
      400,
      /^actor\.name: must not be empty/,
    ],
    ['no text', { text: ' \n' }, 400, /^text: must not be empty/],
    ['a text without end', { text: 'x'.repeat(100_001) }, 413, /^text: must be at most 100000/],
  ])('is refused with %s, in a sentence that names it', async (_, changes, status, sentence) => {
    const answered = await harness.post('/console/messages', message(changes));
    expect(answered.status).toBe(status);
    expect(answered.body.message).toMatch(sentence);
    expect(harness.events).toEqual([]);
    expect(await harness.log.recent(1)).toEqual([]);
  });

  it('takes 100,000 characters of any script', async () => {
    const answered = await harness.post(
      '/console/messages',
      message({ text: '漢'.repeat(100_000) }),
    );
    expect(answered.status).toBe(200);
  });

  it('adds channels under the name that people expect', async () => {
    const added = await harness.post('/console/channels', { name: ' #Inc Payments ' });
    expect(added.body).toEqual({ status: 'ok', name: 'inc-payments' });
    expect((await harness.get('/console/state')).body.channels).toEqual([
      'general',
      'inc-checkout',
      'inc-payments',
    ]);
    const sent = await harness.post('/console/messages', message({ channel: 'inc-payments' }));
    expect(sent.status).toBe(200);
    for (const name of ['', '../etc', '<b>', 'x'.repeat(81)]) {
      expect((await harness.post('/console/channels', { name })).status).toBe(400);
    }
  });

  it('is shown with the root of its thread, however old that is', async () => {
    await harness.post('/console/messages', message({ id: 'root' }));
    for (let i = 0; i < 320; i++) {
      await harness.log.add({
        id: `x${i}`,
        channel: 'general',
        author: { ...ADA, isBot: false },
        body: { text: 'noise' },
        createdAt: new Date(),
      });
    }
    await harness.post('/console/messages', message({ id: 'reply', thread: 'root' }));
    const { body } = await harness.get('/console/state');
    const ids = (body.messages as { id: string }[]).map(({ id }) => id);
    expect(ids).toHaveLength(301);
    expect(ids[0]).toBe('root');
    expect(ids.at(-1)).toBe('reply');
  });
});

describe('the console’s doors', () => {
  let harness: ConsoleHarness;
  beforeEach(async () => {
    harness = await startConsole();
  });
  afterEach(() => harness.stop());

  const foreign: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://127.0.0.1:1' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ];

  it.each(foreign)('are shut for other sites in the same browser: %j', async (headers) => {
    for (const path of ['messages', 'commands', 'votes', 'actions', 'channels']) {
      const answered = await harness.post(`/console/${path}`, message(), headers);
      expect(answered).toMatchObject({ status: 403, body: { error: 'forbidden' } });
    }
    for (const path of ['state', 'stream']) {
      expect((await harness.get(`/console/${path}`, headers)).status).toBe(403);
    }
    expect(harness.events).toEqual([]);
    expect(await harness.log.recent(1)).toEqual([]);
  });

  it('are open for its own page', async () => {
    const own = { origin: harness.address, 'sec-fetch-site': 'same-origin' };
    expect((await harness.post('/console/messages', message(), own)).status).toBe(200);
    const olderBrowser = { origin: harness.address };
    expect((await harness.post('/console/messages', message(), olderBrowser)).status).toBe(200);
    const behindProxy = { origin: 'https://sitrep.example', 'sec-fetch-site': 'same-origin' };
    expect((await harness.post('/console/messages', message(), behindProxy)).status).toBe(200);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])(
    'take no %s, which any page can send without asking',
    async (type) => {
      const body = JSON.stringify(message());
      const answered = await harness.post('/console/messages', body, { 'content-type': type });
      expect(answered.status).toBe(400);
      expect(harness.events).toEqual([]);
    },
  );

  it('serve a page that may run nothing but its own files', async () => {
    const page = await harness.get('/');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("trusted-types 'none'");
    expect(policy).not.toContain('unsafe');
    const html = String(page.body.text);
    expect(html).not.toMatch(/<style|style=|<script(?! src| type="module" src)|\son\w+=/);
    const files = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path ?? '');
    expect(files.length).toBeGreaterThan(5);
    for (const path of files) expect((await harness.get(path)).status, path).toBe(200);
  });

  it('serve nothing beside the page', async () => {
    for (const path of ['..%2findex.ts', '%2e%2e/index.ts', '..%5cindex.ts', '.env', '']) {
      expect((await harness.get(`/console/assets/${path}`)).status, path).not.toBe(200);
    }
  });
});
