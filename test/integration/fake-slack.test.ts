import type { KnownBlock, ModalView } from '@slack/types';
import { afterEach, describe, expect, it } from 'vitest';
import { type Rig, startRig } from './fake-slack-app.ts';
import * as published from './fake-slack-events.ts';
import * as interactions from './fake-slack-interactions.ts';

const CARD: KnownBlock[] = [
  { type: 'header', text: { type: 'plain_text', text: 'Database, critical' } },
  { type: 'section', text: { type: 'mrkdwn', text: 'The connection pool is exhausted.' } },
  {
    type: 'actions',
    elements: [
      {
        type: 'button',
        action_id: 'resolve',
        value: 'inc-1',
        text: { type: 'plain_text', text: 'Resolve' },
      },
      {
        type: 'static_select',
        action_id: 'category',
        options: ['network', 'database'].map((value) => ({
          value,
          text: { type: 'plain_text', text: value },
        })),
      },
    ],
  },
  {
    type: 'context_actions',
    elements: [
      {
        type: 'feedback_buttons',
        action_id: 'vote',
        positive_button: { text: { type: 'plain_text', text: 'Good' }, value: 'up' },
        negative_button: { text: { type: 'plain_text', text: 'Bad' }, value: 'down' },
      },
    ],
  },
];

const FORM: ModalView = {
  type: 'modal',
  callback_id: 'report',
  title: { type: 'plain_text', text: 'Report an incident' },
  submit: { type: 'plain_text', text: 'Send' },
  blocks: [
    {
      type: 'input',
      block_id: 'what',
      label: { type: 'plain_text', text: 'What happened?' },
      element: { type: 'plain_text_input', action_id: 'text' },
    },
    {
      type: 'input',
      block_id: 'service',
      optional: true,
      label: { type: 'plain_text', text: 'Service' },
      element: { type: 'plain_text_input', action_id: 'name' },
    },
  ],
};

let rig: Rig;
afterEach(() => rig.stop());

for (const over of ['http', 'socket'] as const) {
  describe(`Bolt over ${over}`, () => {
    it('gets a command, answers the person, posts a card and edits it', async () => {
      rig = await startRig(over);
      const { slack, app } = rig;
      slack.channel('inc-1');
      app.command('/triage', async ({ ack, command, client, respond }) => {
        await ack('Looking into it.');
        const card = await client.chat.postMessage({
          channel: command.channel_id,
          text: 'Database',
          blocks: CARD,
          metadata: { event_type: 'card', event_payload: { delivery_key: 'k1' } },
        });
        await client.chat.update({
          channel: command.channel_id,
          ts: card.ts ?? '',
          text: 'Database, sure',
          blocks: CARD,
        });
        await respond({ text: 'Posted.', response_type: 'ephemeral' });
      });
      const ada = slack.user('U1');
      const receipt = await ada.command('/triage checkout is down', 'inc-1');
      expect(receipt.acknowledged).toBe(true);
      expect(receipt.attempts).toHaveLength(1);
      expect(interactions.slashCommand.parse(receipt.delivery.body).text).toBe('checkout is down');
      const card = await slack.waitForMessage((message) => message.edits === 1);
      expect(card).toMatchObject({ text: 'Database, sure', user: slack.workspace.botUser });
      expect(card.metadata).toEqual({ event_type: 'card', event_payload: { delivery_key: 'k1' } });
      await slack.until(() => ada.ephemerals().length === 2);
      expect(ada.ephemerals().map((each) => each.text)).toEqual(['Looking into it.', 'Posted.']);
    });

    it('gets clicks, choices and feedback, each as published', async () => {
      rig = await startRig(over);
      const { slack, app } = rig;
      slack.channel('inc-1');
      const seen: string[] = [];
      app.action<interactions.Clicked>(/.*/, async ({ ack, body }) => {
        await ack();
        seen.push(interactions.chosen(body));
      });
      await app.client.chat.postMessage({ channel: '#inc-1', text: 'Card', blocks: CARD });
      const [card] = slack.posted();
      if (!card) throw new Error('There is no card.');
      const ada = slack.user('U1');
      const receipts = [
        await ada.clicks(card, 'resolve'),
        await ada.clicks(card, 'category', 'database'),
        await ada.clicks(card, 'vote', 'down'),
      ];
      expect(seen).toEqual(['inc-1', 'database', 'down']);
      for (const { delivery } of receipts) interactions.blockActions.parse(delivery.body);
      expect(() => ada.clicks(card, 'category', 'weather')).toThrow('There is no category');
    });

    it('opens a form from a command, refuses a field, and takes it when mended', async () => {
      rig = await startRig(over);
      const { slack, app } = rig;
      slack.channel('inc-1');
      app.command('/triage', async ({ ack, command, client }) => {
        await client.views.open({ trigger_id: command.trigger_id, view: FORM });
        await ack();
      });
      app.view('report', async ({ ack, view }) => {
        const { value } = view.state.values.what?.text ?? {};
        if (value === 'x') await ack({ response_action: 'errors', errors: { what: 'Say more.' } });
        else await ack();
      });
      const ada = slack.user('U1');
      await ada.command('/triage', 'inc-1');
      const [form] = ada.modals();
      if (!form) throw new Error('No form was opened.');
      await expect(ada.submits(form, { service: 'checkout' })).rejects.toThrow('needs what');
      await ada.submits(form, { what: 'x' });
      expect(form).toMatchObject({ open: true, errors: { what: 'Say more.' } });
      const { delivery } = await ada.submits(form, { what: 'checkout is down' });
      expect(form.open).toBe(false);
      const { view } = interactions.viewSubmission.parse(delivery.body);
      expect(view.state.values).toEqual({
        what: { text: { type: 'plain_text_input', value: 'checkout is down' } },
        service: { name: { type: 'plain_text_input', value: null } },
      });
    });

    it('gets messages, mentions, reactions, files and home visits, each as published', async () => {
      rig = await startRig(over);
      const { slack, events, bodies } = rig;
      const channel = slack.channel('inc-1');
      const bot = slack.workspace.botUser;
      const ada = slack.user('U1');
      const report = await ada.says('inc-1', `<@${bot}> triage checkout is down`);
      const reply = await ada.says('inc-1', 'it is back', { thread: report.ts });
      await ada.edits(reply, 'it is really back');
      await ada.reacts(report, '+1');
      await ada.unreacts(report, '+1');
      await ada.shares('inc-1', { name: 'app.log', content: 'ERROR boom' }, { thread: report.ts });
      await ada.deletes(reply);
      await ada.opensHome();
      await ada.shortcut('triage_message', report);
      await ada.shortcut('triage_anything');
      const alert = { text: 'Firing', attachments: [{ title: 'HighErrorRate' }] };
      await slack.bot('alertmanager').posts('inc-1', alert);
      await slack.invites('inc-1');
      await slack.renames('inc-1', 'inc-1-closed');

      const [first, second] = events('message').filter((event) => event.subtype === undefined);
      expect(published.genericMessage.parse(first)).toMatchObject({ ts: report.ts, user: 'U1' });
      expect(published.genericMessage.parse(second).thread_ts).toBe(report.ts);
      const [mention] = events('app_mention').map((event) => published.appMention.parse(event));
      expect(mention).toMatchObject({ ts: report.ts, channel: channel.id });
      const kinds = [
        [published.messageChanged, events('message', 'message_changed')],
        [published.messageDeleted, events('message', 'message_deleted')],
        [published.fileShare, events('message', 'file_share')],
        [published.botMessage, events('message', 'bot_message')],
        [published.fileShared, events('file_shared')],
        [published.reactionAdded, events('reaction_added')],
        [published.reactionRemoved, events('reaction_removed')],
        [published.appHomeOpened, events('app_home_opened')],
        [published.memberJoined, events('member_joined_channel')],
        [published.channelRename, events('channel_rename')],
        [interactions.messageShortcut, bodies.filter(({ type }) => type === 'message_action')],
        [interactions.globalShortcut, bodies.filter(({ type }) => type === 'shortcut')],
      ] as const;
      for (const [schema, sent] of kinds) {
        expect(sent).toHaveLength(1);
        schema.parse(sent[0]);
      }
      const ids = bodies.filter((body) => body.event).map((body) => body.event_id);
      expect(new Set(ids).size).toBe(ids.length);
      published.enveloped(published.genericMessage).parse(bodies[0]);
    });
  });
}
