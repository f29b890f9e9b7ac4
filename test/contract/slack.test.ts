import { describe, expect } from 'vitest';
import type { ThreadRef } from '../../src/domain/thread-ref.ts';
import { envelope } from '../fakes/slack/delivery/deliverer.ts';
import type { Delivery } from '../fakes/slack/delivery/delivery.ts';
import { createHttpTransport } from '../fakes/slack/delivery/http-transport.ts';
import type { FakeSlack } from '../fakes/slack/index.ts';
import {
  chatPlatformContract,
  type Doing,
  type PlatformUnderTest,
} from './chat-platform.contract.ts';
import { startSlack } from './slack-harness.ts';
import { readBlocks } from './slack-reading.ts';

describe('Slack', () => {
  chatPlatformContract(startSlackPlatform, { receives: true });
});

async function startSlackPlatform(): Promise<PlatformUnderTest> {
  const { slack, adapter, address, events, stop } = await startSlack();
  const channel = slack.channel('general');
  slack.user('U0ADA');
  const where: ThreadRef = {
    platform: 'slack',
    workspace: slack.workspace.id,
    channel: channel.id,
  };
  const transport = createHttpTransport({
    url: `${address}/slack/events`,
    signingSecret: slack.signingSecret,
    acknowledgeWithinMs: 3_000,
    now: Date.now,
  });
  let deliveries = 0;

  return {
    platform: adapter.platform,
    where,
    async seen(place) {
      return slack
        .posted()
        .filter((message) => message.channel === place.channel && message.files.length === 0)
        .map(({ ts, threadTs, blocks }) => ({
          ref: { ...where, ...(threadTs === undefined ? {} : { thread: threadTs }), message: ts },
          texts: readBlocks(blocks),
        }));
    },
    loseNextAnswer: () => slack.faults.next('chat.postMessage', { kind: 'reset', when: 'after' }),
    inbound: {
      async deliver(doing) {
        // Slack signs every delivery anew; this makes two of them differ even within one second.
        deliveries += 1;
        const { kind, body } = deliveryOf(slack, doing);
        const delivery = { kind, body: { ...body, token: `verification-${deliveries}` } };
        const { status } = await transport.send(delivery, { number: 0, reason: undefined });
        expect(status).toBe(200);
      },
      async openThread() {
        const root = await slack.user('U0ADA').says('general', 'It began here');
        return { ...where, thread: root.ts };
      },
      events: () => events,
      settle: () => slack.idle(),
    },
    async stop() {
      transport.close();
      await stop();
    },
  };
}

const SECONDS: Record<string, number> = { c1: 1, c2: 2, m1: 3, m2: 4, v1: 5, a1: 6 };

/** What Slack would send for it. A command in a thread is a mention there. */
function deliveryOf(slack: FakeSlack, doing: Doing): Delivery {
  const { workspace } = slack;
  const { channel, thread } = doing.where;
  const ts = `170000000${SECONDS[doing.occurrence] ?? 0}.000100`;
  const event = (type: string, text: string): Delivery => ({
    kind: 'event',
    body: envelope(slack.world, workspace, {
      type,
      user: 'U0ADA',
      text,
      channel,
      channel_type: 'channel',
      ts,
      event_ts: ts,
      ...(thread === undefined ? {} : { thread_ts: thread }),
    }),
  });
  switch (doing.kind) {
    case 'command':
      if (thread !== undefined) {
        return event('app_mention', `<@${workspace.botUser}> ${escaped(doing.text)}`);
      }
      return {
        kind: 'command',
        body: {
          command: '/triage',
          text: escaped(doing.text),
          trigger_id: doing.occurrence,
          team_id: workspace.id,
          channel_id: channel,
          user_id: 'U0ADA',
          user_name: 'ada',
          response_url: `${slack.origin}/response/none`,
        },
      };
    case 'message':
      return event('message', escaped(doing.text));
    default:
      return {
        kind: 'interactive',
        body: {
          type: 'block_actions',
          team: { id: workspace.id },
          user: { id: 'U0ADA', username: 'ada', team_id: workspace.id },
          channel: { id: channel },
          container: { type: 'message', message_ts: ts, channel_id: channel },
          ...(thread === undefined ? {} : { message: { ts, thread_ts: thread } }),
          actions: [
            {
              action_id: doing.kind === 'vote' ? 'vote' : doing.action,
              block_id: `${doing.kind}:0:${doing.incidentId}`,
              value: doing.value,
              action_ts: ts,
            },
          ],
        },
      };
  }
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
