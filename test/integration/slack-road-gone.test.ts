import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createReportDeletedProcessor } from '../../jobs/report-deleted.ts';
import {
  createPostOnce,
  createSayGone,
  createShowCard,
  type SayGone,
  type ShowCard,
} from '../../src/delivery/index.ts';
import { textCard } from '../../src/domain/card.ts';
import { AppError } from '../../src/domain/errors.ts';
import type { Incident } from '../../src/domain/incident.ts';
import type { Metrics } from '../../src/ports/metrics.ts';
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
  sayGone = createSayGone({ postOnce: createPostOnce(deps) });
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
    expect(said()[0]?.card.summary).toContain(reported.id);
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
    await process({ incidentId: reported.id }, context);
    platform.failNext('post', 'before', gone());
    await showCard(reported.id);
    await process({ incidentId: reported.id }, context);
    expect(said()).toHaveLength(1);
  });

  it('of an incident that nobody knows says nothing', async () => {
    const process = createReportDeletedProcessor({ ...opened.store, sayGone });
    await process({ incidentId: 'inc_unknown' }, context);
    expect(platform.messages()).toEqual([]);
  });
});
