import { describe, expect, it } from 'vitest';
import { readCommand, readMarkup } from '../../../adapters/slack/read/markup.ts';
import { readDelivery } from '../../../adapters/slack/read/read-delivery.ts';
import { alertState } from '../../../src/triage/index.ts';
import { ALERTS } from './alerts.ts';

const US = { workspace: 'T1', botUserId: 'U0BOT', botId: 'B0BOT' };
const NOW = new Date('2026-03-01T10:00:00Z');

function read(event: Record<string, unknown>, identity: Parameters<typeof readDelivery>[1] = US) {
  const body = { type: 'event_callback', team_id: 'T1', event_id: 'Ev1', event };
  return readDelivery(body, identity, NOW);
}

const message = (fields: Record<string, unknown>) =>
  read({ type: 'message', channel: 'C1', channel_type: 'channel', ts: '1.000100', ...fields });

describe('alerts of other bots', () => {
  it.each(Object.entries(ALERTS))('%s is read as people see it', (_name, alert) => {
    const delivery = message({ subtype: 'bot_message', bot_id: 'B1', ...alert.message });
    expect(delivery).toMatchObject({
      kind: 'event',
      event: { kind: 'message', text: alert.text, actor: { id: 'B1', isBot: true } },
    });
  });

  it.each(Object.entries(ALERTS))('%s is an alert that goes on', (_name, { text }) => {
    expect(alertState(text)).toBe('firing');
  });

  it('are known by the name they go by', () => {
    const profile = { bot_id: 'B1', bot_profile: { name: 'Grafana' }, text: 'x' };
    expect(message(profile)).toMatchObject({ event: { actor: { name: 'Grafana' } } });
  });
});

describe('messages of people', () => {
  it.each([
    ['a link', '<https://a.example/x>', 'https://a.example/x'],
    ['a link by its host', '<http://a.example|a.example>', 'http://a.example'],
    ['a link with a title', '<https://a.example|the graph>', 'the graph (https://a.example)'],
    ['a mail address', '<mailto:a@b.example|a@b.example>', 'a@b.example'],
    ['somebody with a name', 'ask <@U1|ada> now', 'ask @ada now'],
    ['somebody without', 'ask <@U1> now', 'ask @U1 now'],
    ['a channel', 'see <#C1|general>', 'see #general'],
    ['a group', '<!subteam^S1|@dba> look', '@dba look'],
    ['everybody', '<!here> look', '@here look'],
    ['a time', '<!date^1392734382^{date}|Feb 18>', 'Feb 18'],
    ['what was escaped', '&lt;!channel&gt; &amp;lt;', '<!channel> &lt;'],
  ])('%s is read as it looks', (_what, markup, text) => {
    expect(readMarkup(markup)).toBe(text);
  });

  it('a command keeps the id of the one it names', () => {
    expect(readCommand('oncall <@U1|ada>')).toBe('oncall <@U1|ada>');
    expect(readCommand('it broke after <@U1|ada> left')).toBe('it broke after @ada left');
  });

  it('are named by channel and timestamp, never by event id', () => {
    expect(message({ user: 'U1', text: 'hi' })).toMatchObject({
      event: {
        occurrence: '1.000100',
        messageId: '1.000100',
        at: '1970-01-01T00:00:01.000Z',
        where: { platform: 'slack', workspace: 'T1', channel: 'C1' },
      },
    });
  });

  it.each([
    ['our own', { user: 'U0BOT', bot_id: 'B0BOT', text: 'On it.' }],
    ['our own, as an old kind of bot', { subtype: 'bot_message', bot_id: 'B0BOT', text: 'x' }],
    ['that somebody joined', { subtype: 'channel_join', user: 'U1', text: 'joined' }],
    ['a mention, which comes again as one', { user: 'U1', text: 'hey <@U0BOT> look' }],
    [
      'an edit of ours',
      { subtype: 'message_changed', message: { ts: '1.1', user: 'U0BOT', text: 'x' } },
    ],
    [
      'a preview that Slack added',
      {
        subtype: 'message_changed',
        message: {
          ts: '1.1',
          user: 'U1',
          text: '<https://a.example>',
          attachments: [{ from_url: 'https://a.example', title: 'A' }],
        },
        previous_message: { ts: '1.1', user: 'U1', text: '<https://a.example>' },
      },
    ],
  ])('%s is no event', (_what, fields) => {
    expect(message(fields).kind).toBe('ignored');
  });

  it('a parent with replies that was deleted is gone too', () => {
    const delivery = message({
      subtype: 'message_changed',
      message: { ts: '1.1', subtype: 'tombstone', text: 'This message was deleted.' },
      previous_message: { ts: '1.1', user: 'U1', text: 'it is down' },
    });
    expect(delivery).toMatchObject({ event: { kind: 'deleted', messageId: '1.1' } });
  });

  it('people of the same organisation are not strangers, those of a shared channel are', () => {
    const fields = { user: 'U1', text: 'x', team: 'T2' };
    expect(message(fields)).toEqual({ kind: 'ignored', because: 'foreign' });
    const event = { type: 'message', channel: 'C1', ts: '1.1', ...fields };
    expect(read(event, { ...US, enterprise: 'E1' }).kind).toBe('event');
  });
});

describe('what Slack leaves out, or sends in another shape', () => {
  const said = (body: Record<string, unknown>) => readDelivery(body, US, NOW);
  const envelope = { type: 'event_callback', team_id: 'T1', api_app_id: 'A1' };

  it('a conversation with us is known by its id', () => {
    const event = { type: 'message', channel: 'D1', user: 'U1', text: 'help', ts: '1.1' };
    expect(said({ ...envelope, event })).toMatchObject({
      event: { kind: 'command', text: 'help' },
      reply: { channel: 'D1', direct: true },
    });
  });

  it('an answer of our app is ours, whoever it was posted as', () => {
    const fields = { channel: 'C1', bot_id: 'B9', text: 'On it.', ts: '1.1' };
    const event = { type: 'message', subtype: 'bot_message', ...fields };
    const because = { kind: 'ignored', because: 'ourselves' };
    expect(said({ ...envelope, event: { ...event, app_id: 'A1' } })).toEqual(because);
    expect(said({ ...envelope, event: { ...event, app_id: 'A2' } }).kind).toBe('event');
  });

  it('one part that nobody can read does not cost the whole message', () => {
    const delivery = message({
      user: 'U1',
      text: 'checkout is down',
      edited: 'yes',
      files: [{ mode: 'tombstone' }, { id: 'F1', name: 'app.log', size: 'large' }],
      attachments: ['?', { text: 7, fields: [{ title: 'errors', value: 42 }, null] }],
      blocks: { type: 'rich_text' },
    });
    expect(delivery).toMatchObject({
      event: {
        kind: 'message',
        text: 'checkout is down\nerrors: 42',
        files: [{ id: 'F1', name: 'app.log', bytes: 0 }],
      },
    });
  });

  it('a thumb and a page that was opened, without the time of their event', () => {
    const reaction = { type: 'reaction_added', user: 'U1', reaction: 'thumbsup' };
    const item = { type: 'message', channel: 'C1', ts: '1.1' };
    const told = { ...envelope, event_id: 'Ev1', event_time: 7 };
    expect(said({ ...told, event: { ...reaction, item } })).toMatchObject({
      reaction: { value: 'up', occurrence: '1.1/U1/thumbsup/Ev1' },
    });
    expect(said({ ...told, event: { type: 'app_home_opened', user: 'U1' } })).toMatchObject({
      event: { kind: 'home', occurrence: 'U1/Ev1' },
    });
  });

  it('a command with nothing but who, where and what', () => {
    const command = { command: '/triage', team_id: 'T1', channel_id: 'C1', user_id: 'U1' };
    expect(said({ ...command, text: null })).toMatchObject({
      event: { kind: 'command', text: '', actor: { id: 'U1', name: 'U1' } },
      lookUp: { actor: true },
    });
    expect(said({ ...command, text: 'help', response_url: 'https://r.example' })).toMatchObject({
      event: { occurrence: 'https://r.example' },
    });
  });
});

describe('whatever arrives', () => {
  it.each([
    ['an unknown type', { type: 'dialog_submission' }, 'unknown'],
    [
      'an unknown event',
      { type: 'event_callback', team_id: 'T1', event: { type: 'x' } },
      'unknown',
    ],
    [
      'a message without a time',
      { type: 'event_callback', team_id: 'T1', event: { type: 'message', channel: 'C1' } },
      'malformed',
    ],
    [
      'a click without an action',
      { type: 'block_actions', user: { id: 'U1' }, actions: [] },
      'malformed',
    ],
    [
      'a click on nothing of ours',
      {
        type: 'block_actions',
        user: { id: 'U1' },
        actions: [{ action_id: 'link', block_id: 'x' }],
      },
      'silent',
    ],
    [
      'another command',
      { command: '/deploy', trigger_id: '1', team_id: 'T1', channel_id: 'C1', user_id: 'U1' },
      'unknown',
    ],
    [
      'a form of somebody else',
      {
        type: 'view_submission',
        user: { id: 'U1' },
        view: {
          id: 'V1',
          callback_id: 'x',
          private_metadata: '{"channel":"C1"}',
          state: { values: {} },
        },
      },
      'unknown',
    ],
    [
      'a form about nothing',
      {
        type: 'view_submission',
        user: { id: 'U1' },
        view: {
          id: 'V1',
          callback_id: 'report_form',
          private_metadata: 'no',
          state: { values: {} },
        },
      },
      'malformed',
    ],
  ])('%s is ignored', (_what, body, because) => {
    expect(readDelivery(body, US, NOW)).toEqual({ kind: 'ignored', because });
  });
});
