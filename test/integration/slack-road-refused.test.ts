import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMemoryCache } from '../../adapters/cache/memory-cache.ts';
import { readDelivery } from '../../adapters/slack/read/read-delivery.ts';
import { createReturnToChannelProcessor } from '../../jobs/return-to-channel.ts';
import { createSweepProcessor } from '../../jobs/sweep.ts';
import {
  channelKey,
  createAnswerDirectly,
  createOnRefused,
  createPostOnce,
  createRefusals,
  createShowCard,
  type PostOnce,
  type Refusals,
  type ShowCard,
} from '../../src/delivery/index.ts';
import { textCard } from '../../src/domain/card.ts';
import type { Incident } from '../../src/domain/incident.ts';
import type { ThreadRef } from '../../src/domain/thread-ref.ts';
import type { Logger } from '../../src/ports/logger.ts';
import type { Metrics } from '../../src/ports/metrics.ts';
import { type SlackHarness, startSlack } from '../contract/slack-harness.ts';
import { readBlocks } from '../contract/slack-reading.ts';
import { createMemoryQueue } from '../fakes/memory-queue.ts';
import { createTestStore, type TestStore } from '../fixtures/database.ts';

const HOUR_MS = 3_600_000;
const context = { id: 'j', attempt: 1, signal: new AbortController().signal };
const ada = { id: 'U0ADA', name: 'Ada', isBot: false };

let opened: TestStore;
let harness: SlackHarness;
let queue: ReturnType<typeof createMemoryQueue>;
let refusals: Refusals;
let showCard: ShowCard;
let postOnce: PostOnce;
let sweep: () => Promise<void>;
let returnTo: (where: ThreadRef) => Promise<void>;
let invited: ThreadRef[];
let warned: string[];
let counted: string[];
let now: number;
let made = 0;

beforeAll(async () => {
  opened = await createTestStore();
});
afterAll(() => opened.remove());

beforeEach(async () => {
  now = Date.parse('2026-03-01T10:00:00Z');
  invited = [];
  warned = [];
  counted = [];
  queue = createMemoryQueue();
  const clock = { now: () => new Date(now) };
  refusals = createRefusals({ cache: createMemoryCache({ clock }), clock });
  const silent = () => undefined;
  const warn: Logger['warn'] = (message) => void warned.push(message);
  const logger: Logger = { debug: silent, info: silent, error: silent, warn };
  const count: Metrics['count'] = (_name, { outcome }: { outcome?: string }) =>
    void counted.push(outcome ?? '');
  const metrics: Metrics = { gauge() {}, observe() {}, count };
  harness = await startSlack({
    adapter: {
      refused: async () => [...(await refusals.current()).values()].map(({ because }) => because),
      onInvited: async (where) => void invited.push(where),
    },
  });
  const tools = { clock, logger, metrics, ids: { next: (kind: string) => `${kind}_${++made}` } };
  const deps = { ...tools, ...opened.store, platformOf: () => harness.adapter.platform };
  const direct = {
    ...tools,
    refusals,
    postOnce: createPostOnce(deps),
    directTo: ({ platform, workspace }: ThreadRef, person: string): ThreadRef => ({
      platform,
      workspace,
      channel: person,
    }),
  };
  postOnce = createPostOnce({ ...deps, whenRefused: createAnswerDirectly(direct) });
  showCard = createShowCard({
    ...deps,
    sayGone: async () => undefined,
    draw: async ({ id }) => textCard(`The card of ${id}`),
    onRefused: createOnRefused(direct),
    onTaken: (where) => refusals.clear(channelKey(where)),
  });
  const jobs = { ...tools, ...opened.store, refusals, queue: queue.open().queue };
  const sweepJob = createSweepProcessor(jobs);
  sweep = () => sweepJob({}, context);
  const returnJob = createReturnToChannelProcessor(jobs);
  returnTo = (where) => returnJob({ where }, context);
});
afterEach(() => harness.stop());

/** A report from a private channel that the slash command works in, but we are not in. */
async function reported(reporter = ada, name = 'war-room'): Promise<Incident> {
  const { slack } = harness;
  slack.user(ada.id);
  const known = slack.world.channels.all().find((each) => each.name === name);
  const channel =
    known ?? slack.channel(name, { kind: 'private', withoutBot: true, members: [ada.id] });
  const id = `inc_r${++made}`;
  const where = { platform: 'slack', workspace: 'T0HOME', channel: channel.id } as const;
  const text = 'checkout is down';
  const report = { id, eventKey: id, where, reporter, text, at: new Date(now) };
  return (await opened.store.incidents.record(report)).incident;
}

const swept = () =>
  queue.jobs().map(({ payload }) => (payload as { incidentId: string }).incidentId);
const texts = () => harness.slack.posted().map(({ text }) => text);

describe('a channel that does not let us in', () => {
  it('has whoever asked told so in a direct message, once', async () => {
    const { id } = await reported();
    await showCard(id);
    await showCard(id);
    const [told, ...more] = harness.slack.posted();
    expect(more).toEqual([]);
    expect(harness.slack.world.channels.byId(told?.channel ?? '')?.members).toContain(ada.id);
    expect(told?.text).toContain('“checkout is down”');
    expect(told?.text).not.toContain(id);
    expect(told?.text).toContain('/invite @Sitrep');
  });

  it('is left alone for longer and longer', async () => {
    const { id } = await reported();
    await showCard(id);
    now += 60_000;
    await sweep();
    expect(swept()).not.toContain(id);
    now += 300_000;
    await sweep();
    expect(swept()).toContain(id);
    await showCard(id);
    const [first] = [...(await refusals.current()).values()];
    expect(first).toMatchObject({ times: 2, until: now + 600_000 });
    now += 24 * HOUR_MS;
    await sweep();
    expect((await refusals.current()).size).toBe(0);
  });

  it('does not keep the cards of other channels from being swept up', async () => {
    const { id } = await reported();
    const other = await reported(ada, 'elsewhere');
    await showCard(id);
    now += 60_000;
    await sweep();
    expect(swept()).toContain(other.id);
  });

  it('gets its cards as soon as it invites us', async () => {
    const { id, where } = await reported();
    await showCard(id);
    await harness.slack.invites('war-room');
    expect(invited).toEqual([where]);
    now += 1_000;
    await returnTo(where);
    expect(swept()).toContain(id);
    await showCard(id);
    expect(texts().at(-1)).toBe(`The card of ${id}`);
    expect((await refusals.current()).size).toBe(0);
  });

  it('is no news when somebody else joins it', async () => {
    const identity = { workspace: 'T0HOME', botUserId: 'U0BOT' };
    const joined = (user: string) => {
      const event = { type: 'member_joined_channel', user, channel: 'C1', team: 'T0HOME' };
      return readDelivery({ type: 'event_callback', event }, identity, new Date(now));
    };
    expect(joined('U0ADA')).toEqual({ kind: 'ignored', because: 'silent' });
    expect(joined('U0BOT')).toEqual({ kind: 'invited', channel: 'C1' });
  });

  it('is seen by operators', async () => {
    expect(await harness.adapter.part.health()).toMatchObject({ status: 'up' });
    const { id } = await reported();
    await showCard(id);
    await showCard(id);
    expect(warned).toEqual(['A channel refuses our cards; they wait.']);
    expect(counted.filter((outcome) => outcome === 'refused')).toHaveLength(2);
    const { status, detail } = await harness.adapter.part.health();
    expect(status).toBe('degraded');
    expect(detail).toContain('Sitrep is not in this channel');
  });

  it('is told to nobody when a program reported', async () => {
    const { id } = await reported({ id: 'B0ALERT', name: 'Alertmanager', isBot: true });
    await showCard(id);
    expect(texts()).toEqual([]);
    expect((await refusals.current()).size).toBe(1);
  });
});

describe('an answer for a channel that does not let us in', () => {
  it('goes to whoever asked, in a direct message, once', async () => {
    const { where } = await reported();
    const card = textCard('The runbook says so.');
    const key = `answer-${made}`;
    for (let time = 0; time < 2; time++) await postOnce(where, card, key, ada);
    const [told, ...more] = harness.slack.posted();
    expect(more).toEqual([]);
    expect(harness.slack.world.channels.byId(told?.channel ?? '')?.members).toContain(ada.id);
    const shown = readBlocks(told?.blocks ?? []);
    expect(shown).toContain('The runbook says so.');
    expect(shown).toContain('/invite @Sitrep');
  });

  it('is a failure where nobody asked for it', async () => {
    const { where } = await reported();
    const key = `answer-${made}`;
    await expect(postOnce(where, textCard('Look here'), key)).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect([...(await refusals.current()).keys()]).toEqual([channelKey(where)]);
  });
});

describe('what else Slack refuses for good', () => {
  it('a conversation between people, where nobody can be invited', async () => {
    harness.slack.user(ada.id);
    const id = `inc_r${++made}`;
    const where = { platform: 'slack', workspace: 'T0HOME', channel: 'D0BETWEEN' } as const;
    const report = { id, eventKey: id, where, reporter: ada, text: 'down', at: new Date(now) };
    await opened.store.incidents.record(report);
    await showCard(id);
    expect(texts()[0]).toContain('a conversation between people: report it in a channel');
    expect(texts()[0]).not.toContain('/invite');
  });

  it('a channel that was archived keeps its incidents waiting', async () => {
    const { id, where } = await reported();
    await harness.slack.invites('war-room');
    const channel = harness.slack.world.channels.get('war-room');
    channel.archived = true;
    await showCard(id);
    expect(texts()[0]).toContain('The channel is archived: report it in another one.');
    channel.archived = false;
    await showCard(id);
    expect(texts().at(-1)).toBe(`The card of ${id}`);
    expect(await refusals.current()).not.toContain(channelKey(where));
  });

  it('a token that was revoked is the matter of operators', async () => {
    const { id, where } = await reported();
    harness.slack.workspace.refused = 'token_revoked';
    await showCard(id);
    expect([...(await refusals.current()).keys()]).toEqual([channelKey(where)]);
    expect(texts()).toEqual([]);
    expect(await harness.adapter.part.health()).toMatchObject({ status: 'down' });
  });

  it('one card that Slack does not take is not the fault of its channel', async () => {
    const { id } = await reported();
    await harness.slack.invites('war-room');
    harness.slack.faults.next('chat.postMessage', { kind: 'error', error: 'galaxy_collided' });
    await expect(showCard(id)).rejects.toMatchObject({ code: 'internal' });
    expect([...(await refusals.current()).keys()]).toEqual([id]);
  });
});
