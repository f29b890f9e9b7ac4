import { afterEach, describe, expect, it } from 'vitest';
import { metadataOf } from '../../adapters/slack/delivery-proof.ts';
import { type Card, textCard } from '../../src/domain/card.ts';
import { cleanCard } from '../../src/safety/index.ts';
import { type HarnessOptions, type SlackHarness, startSlack } from '../contract/slack-harness.ts';
import { readBlocks } from '../contract/slack-reading.ts';

let harness: SlackHarness;
afterEach(() => harness?.stop());

async function start(options: HarnessOptions = {}) {
  harness = await startSlack(options);
  const { slack, adapter } = harness;
  const channel = slack.channel('inc-checkout');
  const where = { platform: 'slack', workspace: 'T0HOME', channel: channel.id } as const;
  const { platform } = adapter;
  const post = (card: Card, key: string) => platform.post(where, cleanCard(card), key);
  return { ...harness, slack, adapter, platform, where, post };
}

const TABLE: Card = {
  summary: 'Two incidents',
  incidentId: 'inc_1',
  elements: [
    {
      kind: 'table',
      caption: 'Two incidents',
      columns: [{ label: 'Report', align: 'left' }],
      rows: [['checkout'], ['login']],
    },
    { kind: 'vote', up: 0, down: 0 },
  ],
};

describe('a workspace on an older plan', () => {
  it('gets the plain form of newer blocks in the same call, and at once the next time', async () => {
    const { slack, post, counted } = await start({ fake: { olderPlan: true } });
    await post(TABLE, 'key-1');
    await post(TABLE, 'key-2');
    const types = slack.posted().map(({ blocks }) => blocks.map(({ type }) => type));
    expect(types).toEqual([
      ['rich_text', 'actions'],
      ['rich_text', 'actions'],
    ]);
    const posts = counted.filter(({ method }) => method === 'chat.postMessage');
    expect(posts.map(({ outcome }) => outcome)).toEqual(['internal', 'ok', 'ok']);
  });

  it('shows the words alone when it takes no blocks at all', async () => {
    const { slack, post } = await start();
    slack.faults.next('chat.postMessage', { kind: 'error', error: 'invalid_blocks' }, 2);
    await post(TABLE, 'key-1');
    expect(slack.posted()).toMatchObject([{ blocks: [] }]);
    expect(slack.posted()[0]?.text).toContain('checkout');
  });
});

describe('pacing', () => {
  it('keeps the distance between messages in one channel, not between channels', async () => {
    const fake = { pacing: { burst: 1, messagesASecond: 20 } };
    const adapter = { gapMs: 60, patienceMs: 2_000 };
    const { slack, platform, where, post } = await start({ fake, adapter });
    const other = { ...where, channel: slack.channel('inc-login').id };
    await Promise.all([
      ...[1, 2, 3, 4, 5].map((number) => post(textCard(`${number}`), `key-${number}`)),
      platform.post(other, cleanCard(textCard('other')), 'key-6'),
    ]);
    expect(slack.posted()).toHaveLength(6);
    expect(slack.pacing.violations).toEqual([]);
  });

  it('edits that wait become one, with the last state', async () => {
    const { slack, platform, post } = await start({ adapter: { gapMs: 40 } });
    const message = await post(textCard('0'), 'key-1');
    await Promise.all(
      [1, 2, 3, 4, 5].map((number) => platform.edit(message, cleanCard(textCard(`${number}`)))),
    );
    const [shown] = slack.posted();
    expect(shown?.edits).toBe(1);
    expect(readBlocks(shown?.blocks ?? [])).toBe('5');
  });

  it('passes on how long Slack asks to wait', async () => {
    const { slack, post } = await start();
    slack.faults.next('chat.postMessage', { kind: 'ratelimited', retryAfter: 7 });
    await expect(post(textCard('Later'), 'key-1')).rejects.toMatchObject({
      code: 'rate_limited',
      retryable: true,
      retryAfterMs: 7_000,
    });
    // Until then nothing else is tried in this channel.
    await expect(post(textCard('Now'), 'key-2')).rejects.toMatchObject({ code: 'busy' });
    expect(slack.posted()).toEqual([]);
  });
});

describe('what goes wrong', () => {
  it.each([
    ['a thread whose message was deleted', 'thread_not_found', 'not_found', false],
    ['a token that was revoked', 'token_revoked', 'unauthorized', false],
    ['a channel that is archived', 'is_archived', 'forbidden', false],
    ['a problem inside Slack', 'internal_error', 'unavailable', true],
    ['an answer that nobody knows', 'galaxy_collided', 'internal', false],
  ])('%s is told apart', async (_what, error, code, retryable) => {
    const { slack, post } = await start();
    slack.faults.next('chat.postMessage', { kind: 'error', error });
    await expect(post(textCard('Hello'), 'key-1')).rejects.toMatchObject({
      name: 'AppError',
      code,
      retryable,
    });
  });

  it.each([
    ['a server error', { kind: 'status', status: 500, when: 'after' }],
    ['a broken connection', { kind: 'reset', when: 'after' }],
  ] as const)('%s leaves the outcome open, and the key finds the message', async (_what, fault) => {
    const { slack, platform, where, post } = await start();
    slack.faults.next('chat.postMessage', fault);
    await expect(post(textCard('Hello'), 'key-1')).rejects.toMatchObject({ retryable: true });
    const found = await platform.findDelivery(where, 'key-1');
    expect(found?.message).toBe(slack.posted()[0]?.ts);
  });

  it('the key finds a message behind hundreds of others', async () => {
    const { slack, platform, where, post } = await start();
    const message = await post(textCard('Hello'), 'key-1');
    for (let at = 0; at < 450; at++) {
      slack.world.messages.add({ channel: where.channel, user: 'U0ADA', text: `${at}` });
    }
    expect(await platform.findDelivery(where, 'key-1')).toEqual(message);
  });

  it('a public channel is joined when it must be', async () => {
    const { slack, platform, where } = await start();
    const channel = slack.channel('quiet', { withoutBot: true }).id;
    await platform.post({ ...where, channel }, cleanCard(textCard('Hello')), 'key-1');
    expect(slack.posted()).toMatchObject([{ channel }]);
  });

  it.each([
    ['in the channel', undefined],
    ['in a thread', 'root'],
  ])('a thumb on a card %s that another process posted is a vote', async (_where, thread) => {
    const { slack, where, events } = await start();
    const ada = slack.user('U0ADA');
    const root = thread && (await ada.says('inc-checkout', 'It began here')).ts;
    const message = slack.world.messages.add({
      channel: where.channel,
      user: slack.workspace.botUser,
      botId: slack.workspace.botId,
      text: 'The card',
      metadata: metadataOf('card-inc_7', 'inc_7'),
      ...(root === undefined ? {} : { threadTs: root }),
    });
    await ada.reacts(message, 'thumbsdown');
    expect(events.at(-1)).toMatchObject({ kind: 'vote', value: 'down', incidentId: 'inc_7' });
  });

  it('what does not fit is a file in the thread, once', async () => {
    const { slack, platform, post, adapter } = await start();
    const long = textCard('connection refused '.repeat(5_000));
    const message = await post(long, 'key-1');
    await platform.edit(message, cleanCard(long));
    await adapter.close();
    const files = slack.posted().filter((each) => each.files.length > 0);
    expect(files).toMatchObject([{ threadTs: message.message }]);
    expect(files[0]?.files[0]?.content.toString()).toContain('connection refused');
  });

  it('another platform is not ours', async () => {
    const { platform, where } = await start();
    const elsewhere = { ...where, platform: 'teams' as const };
    await expect(
      platform.post(elsewhere, cleanCard(textCard('Hello')), 'key-1'),
    ).rejects.toMatchObject({ code: 'internal' });
    await expect(
      platform.post({ ...where, workspace: 'T0OTHER' }, cleanCard(textCard('Hello')), 'key-1'),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('its health', () => {
  it('follows what Slack says of the token', async () => {
    const { adapter } = await start();
    expect(await adapter.part.health()).toMatchObject({ status: 'up' });
  });

  it('says when the token is no longer good', async () => {
    const { slack, adapter } = await start();
    slack.workspace.refused = 'token_revoked';
    expect(await adapter.part.health()).toMatchObject({ status: 'down' });
  });

  it('follows the socket, which comes back by itself', async () => {
    const { slack, adapter, events } = await start({ socket: true });
    expect(await adapter.part.health()).toMatchObject({ status: 'up' });
    slack.sockets.disconnect('refresh_requested');
    slack.channel('general');
    const ada = slack.user('U0ADA');
    await expect
      .poll(async () => {
        await ada.says('general', 'hello');
        return events.length;
      })
      .toBeGreaterThan(0);
    expect(await adapter.part.health()).toMatchObject({ status: 'up' });
  });
});
