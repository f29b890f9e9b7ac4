import { afterEach, describe, expect, it } from 'vitest';
import type { FakeSlack } from '../fakes/slack/index.ts';
import { connect, startClient } from './fake-slack-app.ts';

let slack: FakeSlack;
afterEach(() => slack.close());

async function start(...options: Parameters<typeof startClient>) {
  const started = await startClient(...options);
  slack = started.slack;
  return started.web;
}

const client = (token: string | undefined) => connect(slack, token);
const said = (text: string) => ({ channel: '#inc-1', text });
const plain = (text: string) => ({ type: 'plain_text' as const, text });

describe('refusals', () => {
  it('names each in the words of Slack', async () => {
    const web = await start();
    const [first] = [slack.channel('inc-2', { withoutBot: true })];
    slack.channel('secret', { kind: 'private', withoutBot: true });
    const theirs = await slack.user('U1').says('inc-1', 'checkout is down');
    const { channel, ts } = theirs;
    const refused: [string, Promise<unknown>][] = [
      ['unknown_method', web.apiCall('chat.postSong')],
      ['not_authed', client(undefined).auth.test()],
      ['invalid_auth', client('xoxb-stranger').auth.test()],
      ['not_allowed_token_type', web.apps.connections.open({})],
      ['channel_not_found', web.chat.postMessage({ channel: 'C0NOWHERE', text: 'x' })],
      ['channel_not_found', web.chat.postMessage({ channel: '#secret', text: 'x' })],
      ['not_in_channel', web.chat.postMessage({ channel: first?.id ?? '', text: 'x' })],
      ['no_text', web.chat.postMessage(said(''))],
      ['thread_not_found', web.chat.postMessage({ ...said('x'), thread_ts: '1.000001' })],
      ['message_not_found', web.chat.update({ channel, ts: '1.000001', text: 'x' })],
      ['cant_update_message', web.chat.update({ channel, ts, text: 'x' })],
      ['cant_delete_message', web.chat.delete({ channel, ts })],
      ['thread_not_found', web.conversations.replies({ channel, ts: '1.000001' })],
      ['user_not_in_channel', web.chat.postEphemeral({ ...said('x'), user: 'U0NOBODY' })],
      ['user_not_found', web.users.info({ user: 'U0NOBODY' })],
      [
        'invalid_trigger_id',
        web.views.open({
          trigger_id: '1.x',
          view: { type: 'modal', title: plain('x'), blocks: [] },
        }),
      ],
      [
        'metadata_too_large',
        web.chat.postMessage({
          ...said('x'),
          metadata: { event_type: 'card', event_payload: { key: 'x'.repeat(17_000) } },
        }),
      ],
    ];
    for (const [error, call] of refused)
      await expect(call).rejects.toMatchObject({ data: { ok: false, error } });
  });

  it('holds the token to its scopes', async () => {
    const web = await start({ scopes: ['chat:write'] });
    await web.chat.postMessage(said('x'));
    await expect(web.users.info({ user: 'U1' })).rejects.toMatchObject({
      data: { error: 'missing_scope', needed: 'users:read', provided: 'chat:write' },
    });
  });

  it('refuses a revoked token', async () => {
    const web = await start();
    expect(await web.auth.revoke()).toMatchObject({ revoked: true });
    await expect(web.auth.test()).rejects.toMatchObject({ data: { error: 'token_revoked' } });
  });

  it('lets nobody reply to a deleted message, but shows a tombstone to those who did', async () => {
    const web = await start();
    const ada = slack.user('U1');
    const lonely = await ada.says('inc-1', 'one');
    const parent = await ada.says('inc-1', 'two');
    await ada.says('inc-1', 'reply', { thread: parent.ts });
    await ada.deletes(lonely);
    await ada.deletes(parent);
    for (const { ts } of [lonely, parent]) {
      await expect(web.chat.postMessage({ ...said('x'), thread_ts: ts })).rejects.toMatchObject({
        data: { error: 'thread_not_found' },
      });
    }
    expect(slack.messages('inc-1').map((each) => each.subtype)).toEqual(['tombstone', undefined]);
  });
});

describe('reading', () => {
  it('pages through a channel newest first, with metadata only when asked', async () => {
    const web = await start();
    for (const key of ['a', 'b', 'c']) {
      await web.chat.postMessage({
        ...said(key),
        metadata: { event_type: 'card', event_payload: { key } },
      });
    }
    const channel = slack.world.channels.get('inc-1').id;
    const seen: (string | undefined)[] = [];
    for await (const page of web.paginate('conversations.history', { channel, limit: 2 })) {
      const messages = (page as { messages?: unknown }).messages as {
        text: string;
        metadata?: unknown;
      }[];
      seen.push(...messages.map((message) => message.text));
      expect(messages.every((message) => message.metadata === undefined)).toBe(true);
    }
    expect(seen).toEqual(['c', 'b', 'a']);
    const [, second] = slack.posted();
    const { messages } = await web.conversations.history({
      channel,
      oldest: second?.ts ?? '',
      inclusive: false,
      include_all_metadata: true,
    });
    expect(messages?.map((message) => message.metadata?.event_payload)).toEqual([{ key: 'c' }]);
  });

  it('shows a thread from its parent on, and links to what is in it', async () => {
    const web = await start();
    const ada = slack.user('U1');
    const parent = await ada.says('inc-1', 'checkout is down');
    const { channel, ts } = parent;
    const reply = await web.chat.postMessage({ ...said('card'), thread_ts: ts });
    const { messages } = await web.conversations.replies({ channel, ts });
    expect(messages?.map((each) => each.text)).toEqual(['checkout is down', 'card']);
    expect(messages?.[0]).toMatchObject({ reply_count: 1, latest_reply: reply.ts });
    const { permalink } = await web.chat.getPermalink({ channel, message_ts: reply.ts ?? '' });
    expect(permalink).toBe(
      `https://home.slack.com/archives/${channel}/p${reply.ts?.replace('.', '')}?thread_ts=${ts}&cid=${channel}`,
    );
  });

  it('tells who and what is here', async () => {
    const web = await start();
    slack.channel('secret', { kind: 'private' });
    slack.channel('open', { withoutBot: true });
    slack.user('U1');
    const listed = await web.conversations.list({ types: 'public_channel,private_channel' });
    expect(listed.channels?.map((each) => [each.name, each.is_private, each.is_member])).toEqual([
      ['inc-1', false, true],
      ['secret', true, true],
      ['open', false, false],
    ]);
    const open = listed.channels?.[2]?.id ?? '';
    expect(await web.conversations.join({ channel: open })).toMatchObject({
      channel: { is_member: true },
    });
    expect(await web.users.info({ user: 'U1' })).toMatchObject({ user: { team_id: 'T0HOME' } });
    expect(await web.auth.test()).toMatchObject({
      team_id: 'T0HOME',
      bot_id: slack.workspace.botId,
    });
    expect(await web.bots.info({ bot: slack.workspace.botId })).toMatchObject({
      bot: { user_id: slack.workspace.botUser },
    });
  });
});

describe('files', () => {
  it('are uploaded in three steps and downloaded with the token', async () => {
    const web = await start();
    await web.files.uploadV2({
      channel_id: slack.world.channels.get('inc-1').id,
      filename: 'postmortem.md',
      content: '# What happened',
      initial_comment: 'The draft.',
    });
    const [message] = slack.posted();
    expect(message).toMatchObject({ text: 'The draft.', files: [{ name: 'postmortem.md' }] });
    const { file } = await web.files.info({ file: message?.files[0]?.id ?? '' });
    const download = (headers: Record<string, string>) =>
      fetch(file?.url_private_download ?? '', { headers }).then((response) => response.text());
    expect(await download({ authorization: `Bearer ${slack.workspace.botToken}` })).toBe(
      '# What happened',
    );
    expect(await download({})).toContain('Sign in to Slack');
  });
});

describe('pace and faults', () => {
  it('answers too many messages in one channel with 429, and writes them down', async () => {
    let time = Date.now();
    const web = await start({ now: () => time, pacing: { burst: 2, enforce: true } });
    slack.channel('inc-2');
    await web.chat.postMessage(said('1'));
    await web.chat.postMessage(said('2'));
    await expect(web.chat.postMessage(said('3'))).rejects.toMatchObject({ retryAfter: 1 });
    await web.chat.postMessage({ channel: '#inc-2', text: 'elsewhere' });
    time += 1_000;
    await web.chat.postMessage(said('4'));
    expect(slack.posted().map((each) => each.text)).toEqual(['1', '2', '4', 'elsewhere']);
    expect(slack.pacing.violations).toEqual([{ channel: '#inc-1', at: time - 1_000 }]);
  });

  it('plays each fault once, before or after the effect', async () => {
    const web = await start(undefined, { timeout: 200 });
    slack.faults.next('chat.postMessage', { kind: 'ratelimited', retryAfter: 7 });
    slack.faults.next('chat.postMessage', { kind: 'status', status: 503 });
    slack.faults.next('chat.postMessage', { kind: 'reset', when: 'before' });
    slack.faults.next('chat.postMessage', { kind: 'timeout', when: 'before' });
    slack.faults.next('chat.postMessage', { kind: 'error', error: 'is_archived' });
    slack.faults.next('chat.postMessage', { kind: 'reset', when: 'after' });
    await expect(web.chat.postMessage(said('1'))).rejects.toMatchObject({ retryAfter: 7 });
    await expect(web.chat.postMessage(said('2'))).rejects.toMatchObject({ statusCode: 503 });
    await expect(web.chat.postMessage(said('3'))).rejects.toMatchObject({
      code: 'slack_webapi_request_error',
    });
    await expect(web.chat.postMessage(said('4'))).rejects.toMatchObject({
      code: 'slack_webapi_request_error',
    });
    await expect(web.chat.postMessage(said('5'))).rejects.toMatchObject({
      data: { error: 'is_archived' },
    });
    await expect(web.chat.postMessage(said('6'))).rejects.toMatchObject({
      code: 'slack_webapi_request_error',
    });
    await web.chat.postMessage(said('7'));
    expect(slack.posted().map((each) => each.text)).toEqual(['6', '7']);
    expect(slack.calls('chat.postMessage').map((each) => each.tookEffect)).toEqual([
      ...Array.from({ length: 5 }, () => false),
      true,
      true,
    ]);
  });

  it('fails the same calls for the same seed', async () => {
    const run = async () => {
      const web = await start({ seed: 7 });
      slack.faults.often(0.3, [{ kind: 'status' }, { kind: 'ratelimited' }]);
      for (let i = 0; i < 30; i++) await web.auth.test().catch(() => undefined);
      const outcomes = slack.calls().map((each) => each.outcome);
      await slack.close();
      return outcomes;
    };
    const first = await run();
    expect(new Set(first)).toEqual(new Set(['ok', 'status', 'ratelimited']));
    expect(await run()).toEqual(first);
  });
});
