import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSlack } from '../../adapters/slack/index.ts';
import { createShowCardProcessor, createShowInTurn, showCardJob } from '../../jobs/show-card.ts';
import { createPostOnce, createShowCard } from '../../src/delivery/index.ts';
import { type Card, textCard } from '../../src/domain/card.ts';
import { AppError } from '../../src/domain/errors.ts';
import type { Incident } from '../../src/domain/incident.ts';
import type { ChatPlatform } from '../../src/ports/chat-platform.ts';
import type { DeliveryStore } from '../../src/ports/delivery-store.ts';
import type { Metrics } from '../../src/ports/metrics.ts';
import { cleanCard } from '../../src/safety/index.ts';
import { type SlackHarness, startSlack } from '../contract/slack-harness.ts';
import { createFakePlatform } from '../fakes/fake-platform.ts';
import { createMemoryQueue } from '../fakes/memory-queue.ts';
import { createTestStore, storeTools, type TestStore } from '../fixtures/database.ts';

const metrics: Metrics = { count() {}, gauge() {}, observe() {} };
const ada = { id: 'U0ADA', name: 'Ada', isBot: false };
const LEASE_MS = 15_000;

let opened: TestStore;
let harness: SlackHarness | undefined;
let now: number;
let made = 0;
const ids = { next: (kind: string) => `${kind}_l${++made}` };
const clock = { now: () => new Date(now) };

beforeAll(async () => {
  opened = await createTestStore();
});
afterAll(() => opened.remove());
beforeEach(() => {
  now = Date.now();
});
afterEach(async () => {
  await harness?.stop();
  harness = undefined;
});

async function reported(channel: string): Promise<Incident> {
  const id = ids.next('inc');
  const where = { platform: 'slack', workspace: 'T0HOME', channel } as const;
  const report = { id, eventKey: id, where, reporter: ada, text: 'down', at: new Date(now) };
  return (await opened.store.incidents.record(report)).incident;
}

function deliveryOn(platform: ChatPlatform, deliveries: DeliveryStore = opened.store.deliveries) {
  const deps = { ...opened.store, deliveries, platformOf: () => platform, clock, ids, metrics };
  const showCard = createShowCard({
    ...deps,
    sayGone: async () => undefined,
    draw: async ({ id, revision }) => textCard(`${id} at ${revision}`),
  });
  return { showCard, postOnce: createPostOnce(deps) };
}

/** Another process that posts to the same Slack. */
function anotherProcess({ slack }: SlackHarness) {
  return createSlack({
    botToken: slack.workspace.botToken,
    signingSecret: slack.signingSecret,
    apiUrl: slack.url,
    installations: { save: async () => {}, find: async () => undefined, remove: async () => {} },
    ...storeTools,
    metrics,
    gapMs: 0,
  });
}

describe('a post whose answer was lost', () => {
  it('is not looked for before it can be seen', async () => {
    const platform = createFakePlatform('slack');
    const { showCard } = deliveryOn(platform);
    const { id } = await reported('C1');
    platform.failNext('post', 'after');
    await expect(showCard(id)).rejects.toMatchObject({ retryable: true, retryAfterMs: 3_000 });
    await showCard(id);
    expect(platform.messages()).toHaveLength(1);
  });

  it.each([
    ['at the top of a busy channel', undefined],
    ['in a long thread', 'thread'],
  ])('%s is found with one look at what came since', async (_where, thread) => {
    let slackNow = Date.now() - 600_000;
    harness = await startSlack({ fake: { now: () => slackNow } });
    const { slack, adapter } = harness;
    const channel = slack.channel('inc-checkout').id;
    const messages = slack.world.messages;
    const root = messages.add({ channel, user: ada.id, text: 'It began here' }).ts;
    const place = thread === undefined ? {} : { threadTs: root };
    for (let at = 0; at < 450; at++)
      messages.add({ channel, user: ada.id, text: `${at}`, ...place });
    slackNow = Date.now();
    const where = { platform: 'slack', workspace: 'T0HOME', channel } as const;
    const there = thread === undefined ? where : { ...where, thread: root };
    slack.faults.next('chat.postMessage', { kind: 'reset', when: 'after' });
    const card = cleanCard(textCard('Here'));
    await expect(adapter.platform.post(there, card, 'key-1')).rejects.toBeInstanceOf(AppError);
    const found = await adapter.platform.findDelivery(there, 'key-1', new Date());
    expect(found?.message).toBe(slack.posted()[0]?.ts);
    const method = thread === undefined ? 'conversations.history' : 'conversations.replies';
    expect(slack.calls(method)).toHaveLength(1);
  });

  it('is found by the next holder after a kill, with the time of the first try', async () => {
    const platform = createFakePlatform('slack');
    const { showCard } = deliveryOn(platform);
    const { id, where } = await reported('C1');
    const key = `card-${id}`;
    const killedAt = now;
    await opened.store.deliveries.claim(key, 'killed', new Date(now), LEASE_MS);
    await platform.post(where, cleanCard(textCard('Posted before the kill')), key);
    await expect(showCard(id)).rejects.toMatchObject({ code: 'busy', retryAfterMs: 1_000 });
    now += LEASE_MS;
    let since: Date | undefined;
    const { findDelivery } = platform;
    platform.findDelivery = (place, wanted, from) => {
      since = from;
      return findDelivery(place, wanted, from);
    };
    await showCard(id);
    expect(platform.messages()).toMatchObject([{ card: { summary: `${id} at 1` } }]);
    expect(since).toEqual(new Date(killedAt));
  });
});

describe('a post that was refused', () => {
  it.each(['busy', 'rate_limited'] as const)('as %s is not looked for', async (code) => {
    const platform = createFakePlatform('slack');
    const { showCard } = deliveryOn(platform);
    const { id } = await reported('C1');
    platform.failNext('post', 'before', new AppError(code, 'Later.', { retryAfterMs: 30_000 }));
    await expect(showCard(id)).rejects.toMatchObject({ code, retryAfterMs: 30_000 });
    await showCard(id);
    expect(platform.calls().map(({ operation }) => operation)).toEqual(['post', 'post']);
  });

  it('stays open when an earlier one may have arrived', async () => {
    const platform = createFakePlatform('slack');
    const { showCard } = deliveryOn(platform);
    const { id } = await reported('C1');
    platform.failNext('post', 'after');
    await expect(showCard(id)).rejects.toBeInstanceOf(AppError);
    platform.failNext('findDelivery', 'before', new AppError('rate_limited', 'Later.'));
    await expect(showCard(id)).rejects.toMatchObject({ code: 'rate_limited' });
    await showCard(id);
    expect(platform.messages()).toHaveLength(1);
  });
});

describe('a database that goes away', () => {
  it('right after the post does not double it', async () => {
    const platform = createFakePlatform('slack');
    const { deliveries } = opened.store;
    let away = false;
    const flaky: DeliveryStore = {
      ...deliveries,
      release: async (...args) => {
        if (away) throw new AppError('unavailable', 'The database is away.');
        return deliveries.release(...args);
      },
    };
    const { showCard, postOnce } = deliveryOn(platform, flaky);
    const { id, where } = await reported('C1');
    away = true;
    await expect(showCard(id)).rejects.toMatchObject({ code: 'unavailable' });
    const post = () => postOnce(where, textCard('An answer'), `answer-${id}`);
    await expect(post()).rejects.toMatchObject({ code: 'unavailable' });
    away = false;
    now += LEASE_MS;
    await showCard(id);
    await post();
    expect(platform.messages()).toHaveLength(2);
  });
});

describe('a channel that is busy', () => {
  it('gets the last state of a card that many jobs wanted to change, once', async () => {
    const platform = createFakePlatform('slack');
    const { showCard } = deliveryOn(platform);
    const { id } = await reported('C1');
    await showCard(id);
    const memory = createMemoryQueue();
    const { queue, workers } = memory.open();
    const inTurn = createShowInTurn({ showCard, queue, ids });
    for (let change = 0; change < 4; change++) {
      const status = change % 2 === 0 ? 'resolved' : 'open';
      await opened.store.incidents.setStatus(id, status, ada, new Date(now));
      const busy = new AppError('busy', 'Not yet.', { retryAfterMs: 1 });
      platform.failNext('edit', 'before', busy);
      await inTurn(id);
    }
    await workers.work(showCardJob, createShowCardProcessor({ showCard }));
    await expect
      .poll(() => memory.jobs().map(({ state }) => state), { timeout: 10_000 })
      .toEqual(Array(4).fill('done'));
    expect(platform.messages()).toMatchObject([{ card: { summary: `${id} at 5` }, edits: 1 }]);
    memory.close();
  });

  it('is waited for by what took work to say', async () => {
    const platform = createFakePlatform('slack');
    const { postOnce } = deliveryOn(platform);
    const { where } = await reported('C1');
    const key = ids.next('answer');
    platform.failNext('post', 'before', new AppError('busy', 'Not yet.', { retryAfterMs: 20 }));
    await postOnce(where, textCard('An answer'), key);
    expect(platform.messages()).toHaveLength(1);
    platform.failNext('post', 'before', new AppError('busy', 'Not yet.', { retryAfterMs: 60_000 }));
    await expect(postOnce(where, textCard('More'), ids.next('answer'))).rejects.toMatchObject({
      code: 'busy',
    });
  });
});

describe('a file that belongs to a card', () => {
  it('is not shared again by another process', async () => {
    harness = await startSlack();
    const { slack, adapter } = harness;
    const channel = slack.channel('inc-checkout').id;
    const where = { platform: 'slack', workspace: 'T0HOME', channel } as const;
    const withFile = (text: string): Card => ({
      summary: 'The analysis',
      elements: [{ kind: 'file', name: 'log.txt', mediaType: 'text/plain', text }],
    });
    const card = cleanCard(withFile('connection refused'));
    const message = await adapter.platform.post(where, card, 'key-1');
    await adapter.close();
    for (const text of ['connection refused', 'connection refused again']) {
      const other = anotherProcess(harness);
      await other.platform.edit(message, cleanCard(withFile(text)));
      await other.close();
    }
    const files = slack.posted().flatMap((each) => each.files);
    expect(files.map(({ content }) => content.toString())).toEqual([
      'connection refused',
      'connection refused again',
    ]);
  });
});
