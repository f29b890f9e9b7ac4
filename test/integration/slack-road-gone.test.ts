import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createReportDeletedProcessor } from '../../jobs/report-deleted.ts';
import {
  createPostOnce,
  createSayGone,
  createShowCard,
  createTellGone,
  type PostOnce,
  type SayGone,
  type ShowCard,
} from '../../src/delivery/index.ts';
import { textCard } from '../../src/domain/card.ts';
import { AppError } from '../../src/domain/errors.ts';
import type { Incident } from '../../src/domain/incident.ts';
import type { Metrics } from '../../src/ports/metrics.ts';
import { cleanCard } from '../../src/safety/index.ts';
import { createFakePlatform, type FakePlatform } from '../fakes/fake-platform.ts';
import { createTestStore, type TestStore } from '../fixtures/database.ts';

const noMetrics: Metrics = { count() {}, gauge() {}, observe() {} };
const ada = { id: 'U1', name: 'Ada', isBot: false };
const at = new Date('2026-03-01T10:00:00Z');
const context = { id: 'j', attempt: 1, signal: new AbortController().signal };
const gone = () => new AppError('not_found', 'The message was deleted.');

let opened: TestStore;
let platform: FakePlatform;
let showCard: ShowCard;
let sayGone: SayGone;
let postOnce: PostOnce;
let callOnce: PostOnce;
let number = 0;

beforeAll(async () => {
  opened = await createTestStore();
});
afterAll(() => opened.remove());

beforeEach(() => {
  number += 1;
  platform = createFakePlatform('slack');
  let made = 0;
  const deps = {
    ...opened.store,
    platformOf: () => platform,
    clock: { now: () => at },
    ids: { next: (prefix: string) => `${prefix}_${number}_${++made}` },
    metrics: noMetrics,
  };
  const post = createPostOnce(deps);
  sayGone = createSayGone({ postOnce: post, linkTo: () => 'https://example.com/thread' });
  const tellGone = createTellGone({ ...opened.store, sayGone, postOnce: post });
  postOnce = createPostOnce({ ...deps, whenGone: tellGone });
  const whenGone: PostOnce = ({ thread: _, ...channel }, card, key) => post(channel, card, key);
  callOnce = createPostOnce({ ...deps, whenGone });
  showCard = createShowCard({
    ...deps,
    sayGone,
    draw: async ({ id, revision }) => textCard(`${id} at ${revision}`),
  });
});

async function incident(thread?: string): Promise<Incident> {
  const { incident: recorded } = await opened.store.incidents.record({
    id: `inc_${number}`,
    eventKey: `key-${number}`,
    where: {
      platform: 'slack',
      workspace: 'T',
      channel: `C${number}`,
      ...(thread === undefined ? {} : { thread }),
    },
    reporter: ada,
    text: 'postgres is down',
    at,
  });
  return recorded;
}

async function isBehind({ id }: Incident): Promise<boolean> {
  const behind = await opened.store.incidents.listBehind(new Date('2100-01-01'), 100);
  return behind.some((each) => each.id === id);
}

const said = () => platform.messages().filter(({ deliveryKey }) => /^deleted-/.test(deliveryKey));

describe('a card that has no place any more', () => {
  it('because its thread is gone: the channel is told once, and the sweep leaves it alone', async () => {
    const reported = await incident('171.5');
    platform.failNext('post', 'before', gone());
    await showCard(reported.id);
    expect(said()).toHaveLength(1);
    expect(said()[0]?.ref).not.toHaveProperty('thread');
    expect(said()[0]?.card.summary).toMatch(
      /^The message that the thread about “postgres is down”/,
    );
    expect(said()[0]?.card.summary).not.toContain(reported.id);
    expect(await isBehind(reported)).toBe(false);
  });

  it('because it was deleted itself: later changes are tried, and told of once', async () => {
    const reported = await incident();
    await showCard(reported.id);
    for (const status of ['resolved', 'open', 'resolved', 'open'] as const) {
      await opened.store.incidents.setStatus(reported.id, status, ada, at);
      platform.failNext('edit', 'before', gone());
      await showCard(reported.id);
      expect(await isBehind(reported)).toBe(false);
    }
    expect(said()).toHaveLength(1);
    expect(said()[0]?.card.summary).toMatch(/^The card of “postgres is down” was deleted/);
    expect(JSON.stringify(said()[0]?.card)).toContain('https://example.com/thread');
  });

  it('stays behind until the channel was told', async () => {
    const reported = await incident('171.5');
    platform.failNext('post', 'before', gone());
    platform.failNext('post', 'before');
    await expect(showCard(reported.id)).rejects.toMatchObject({ retryable: true });
    expect(await isBehind(reported)).toBe(true);
    platform.failNext('post', 'before', gone());
    await showCard(reported.id);
    expect(said()).toHaveLength(1);
  });

  it('is not missed when its incident is over', async () => {
    const reported = await incident('171.5');
    await opened.store.incidents.setStatus(reported.id, 'resolved', ada, at);
    platform.failNext('post', 'before', gone());
    await showCard(reported.id);
    expect(platform.messages()).toEqual([]);
  });
});

describe('a deletion that the platform tells of', () => {
  it('is said once, also when the card finds it out as well', async () => {
    const reported = await incident('171.5');
    const process = createReportDeletedProcessor({ ...opened.store, sayGone });
    await process({ incidentId: reported.id, isRoot: true }, context);
    platform.failNext('post', 'before', gone());
    await showCard(reported.id);
    await process({ incidentId: reported.id, isRoot: true }, context);
    expect(said()).toHaveLength(1);
  });

  it('is about the card when that is what was deleted, also before we know which message it is', async () => {
    const { id } = await incident('171.5');
    const process = createReportDeletedProcessor({ ...opened.store, sayGone });
    await opened.store.deliveries.claim(
      `card-${id}`,
      'poster',
      new Date(at.getTime() - 60_000),
      15_000,
    );
    const early = process({ incidentId: id, messageId: '171.6', isRoot: false }, context);
    await expect(early).rejects.toMatchObject({ retryable: true });
    await showCard(id);
    const [card] = platform.messages();
    const deleted = { incidentId: id, messageId: card?.ref.message ?? '', isRoot: false };
    await process({ ...deleted, messageId: 'another' }, context);
    expect(said()).toEqual([]);
    await process(deleted, context);
    expect(said()[0]?.card.summary).toMatch(/^The card of “postgres is down” was deleted/);
  });

  it('of an incident that nobody knows says nothing', async () => {
    const process = createReportDeletedProcessor({ ...opened.store, sayGone });
    await process({ incidentId: 'inc_unknown', isRoot: true }, context);
    expect(platform.messages()).toEqual([]);
  });
});

describe('another card for a thread that is gone', () => {
  const answer = textCard('The runbook says so.');

  it('of an open incident: the channel is told once, whatever there was to say', async () => {
    const { where } = await incident('171.5');
    for (const key of ['answer-1', 'logs-1', 'answer-1']) {
      platform.failNext('post', 'before', gone());
      await postOnce(where, answer, `${key}-${number}`);
    }
    platform.failNext('post', 'before', gone());
    await showCard(`inc_${number}`);
    expect(platform.messages()).toHaveLength(1);
    expect(said()).toHaveLength(1);
  });

  it('of no incident: the channel is told once for each thread', async () => {
    for (const [thread, key] of [
      ['172.1', 'a'],
      ['172.1', 'b'],
      ['172.2', 'c'],
    ]) {
      platform.failNext('post', 'before', gone());
      const where = { platform: 'slack', workspace: 'T', channel: `C${number}`, thread } as const;
      await postOnce({ ...where, thread: thread ?? '' }, answer, `${key}-${number}`);
    }
    expect(said()).toHaveLength(2);
    for (const { ref } of said()) expect(ref).not.toHaveProperty('thread');
  });

  it('is said in the channel itself when somebody is called, once', async () => {
    const { where } = await incident('171.5');
    const call = textCard('On-call needed');
    for (let time = 0; time < 2; time++) {
      platform.failNext('post', 'before', gone());
      await callOnce(where, call, `call-${number}`);
    }
    expect(platform.messages()).toMatchObject([{ card: call }]);
    expect(platform.messages()[0]?.ref).not.toHaveProperty('thread');
  });

  it('is looked for in the channel after a kill between the post there and its record', async () => {
    const { where } = await incident('171.5');
    const call = textCard('On-call needed');
    const key = `call-${number}`;
    const { thread: _, ...channel } = where;
    await platform.post(channel, cleanCard(call), key);
    await opened.store.deliveries.claim(key, 'killed', new Date(at.getTime() - 60_000), 15_000);
    platform.failNext('findDelivery', 'before', gone());
    await callOnce(where, call, key);
    expect(platform.messages()).toHaveLength(1);
  });
});
