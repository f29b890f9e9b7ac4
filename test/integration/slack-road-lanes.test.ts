import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { createCache } from '../../adapters/cache/index.ts';
import { createSlack, type Slack } from '../../adapters/slack/index.ts';
import { shareLanes } from '../../src/compose/share-lanes.ts';
import { textCard } from '../../src/domain/card.ts';
import type { ThreadRef } from '../../src/domain/thread-ref.ts';
import type { Cache } from '../../src/ports/cache.ts';
import type { DeliveryStore } from '../../src/ports/delivery-store.ts';
import { cleanCard } from '../../src/safety/index.ts';
import { type FakeSlack, startFakeSlack } from '../fakes/slack/index.ts';
import { createTestStore, storeTools } from '../fixtures/database.ts';
import { postgresUrl, redisUrl } from '../fixtures/offered.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const { clock, logger } = storeTools;
const GAP_MS = 60;
const POSTS = 4;

/** One process that posts: everything but the fake Slack and what they share is its own. */
function processOf(
  slack: FakeSlack,
  config: { redisUrl?: string },
  parts: { cache: Cache; deliveries: DeliveryStore },
): Slack {
  const adapter = createSlack({
    botToken: slack.workspace.botToken,
    signingSecret: slack.signingSecret,
    apiUrl: slack.url,
    installations: { save: async () => {}, find: async () => undefined, remove: async () => {} },
    clock,
    logger,
    metrics: { count() {}, gauge() {}, observe() {} },
    gapMs: GAP_MS,
    patienceMs: 5_000,
    sharedLanes: shareLanes(config, {
      ...parts,
      embedded: false,
      clock,
      ids: { next: (prefix) => `${prefix}_${randomUUID()}` },
    }),
  });
  closing.push(() => adapter.close());
  return adapter;
}

async function startFake(): Promise<{ slack: FakeSlack; where: ThreadRef }> {
  // Not one message sooner than the gap allows.
  const pacing = { messagesASecond: 1_000 / (GAP_MS * 0.8), burst: 1 };
  const slack = await startFakeSlack({ pacing });
  closing.push(() => slack.close());
  const channel = slack.channel('inc-checkout').id;
  return { slack, where: { platform: 'slack', workspace: slack.workspace.id, channel } };
}

async function postFromBoth(where: ThreadRef, processes: readonly Slack[]): Promise<void> {
  await Promise.all(
    processes.flatMap(({ platform }, at) =>
      Array.from({ length: POSTS }, (_, number) =>
        platform.post(where, cleanCard(textCard(`${at}.${number}`)), `key-${at}-${number}`),
      ),
    ),
  );
}

const nowhere: DeliveryStore = {
  claim: () => Promise.reject(new Error('away')),
  release: async () => undefined,
  find: async () => undefined,
  forget: async () => undefined,
};

describe.skipIf(!redisUrl)('two processes that share a Redis (skipped without it)', () => {
  it('keep the pace of a channel together', async () => {
    const { slack, where } = await startFake();
    const prefix = randomUUID();
    const processes: Slack[] = [];
    for (let at = 0; at < 2; at++) {
      const opened = await createCache({ redisUrl: redisUrl ?? '', prefix, clock, logger });
      closing.push(() => opened.close());
      const parts = { cache: opened.cache, deliveries: nowhere };
      processes.push(processOf(slack, { redisUrl: redisUrl ?? '' }, parts));
    }
    await postFromBoth(where, processes);
    expect(slack.posted()).toHaveLength(2 * POSTS);
    expect(slack.pacing.violations).toEqual([]);
  });
});

describe.skipIf(!postgresUrl)('two processes that share a Postgres (skipped without it)', () => {
  it('keep the pace of a channel together', async () => {
    const { slack, where } = await startFake();
    const { store, remove } = await createTestStore(postgresUrl);
    closing.push(remove);
    const { cache } = await createCache({ clock, logger });
    const parts = { cache, deliveries: store.deliveries };
    await postFromBoth(where, [processOf(slack, {}, parts), processOf(slack, {}, parts)]);
    expect(slack.posted()).toHaveLength(2 * POSTS);
    expect(slack.pacing.violations).toEqual([]);
  });
});

describe('a process whose neighbours cannot be asked', () => {
  it('posts at the pace that it keeps alone', async () => {
    const { slack, where } = await startFake();
    const { cache } = await createCache({ clock, logger });
    await postFromBoth(where, [processOf(slack, {}, { cache, deliveries: nowhere })]);
    expect(slack.posted()).toHaveLength(POSTS);
    expect(slack.pacing.violations).toEqual([]);
  });
});
