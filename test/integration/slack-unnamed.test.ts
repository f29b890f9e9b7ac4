import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTakeMessageProcessor } from '../../jobs/take-message.ts';
import type { Event, MessageEvent } from '../../src/domain/event.ts';
import { type SlackHarness, startSlack } from '../contract/slack-harness.ts';
import type { CallFault } from '../fakes/slack/faults.ts';

const FAULTS: { name: string; fault: CallFault }[] = [
  { name: 'fails', fault: { kind: 'status', status: 500 } },
  { name: 'is limited', fault: { kind: 'ratelimited', retryAfter: 30 } },
];
const context = { id: 'take-1', attempt: 1, signal: new AbortController().signal };

let harness: SlackHarness;
let kept: MessageEvent[];
beforeEach(async () => {
  kept = [];
  harness = await startSlack({ adapter: { onUnnamed: async (event) => void kept.push(event) } });
});
afterEach(() => harness.stop());

describe('a report in a channel that is new to us', () => {
  it.each(FAULTS)('is kept and acknowledged while Slack $name', async ({ fault }) => {
    const { slack, adapter, events } = harness;
    slack.channel('inc-checkout');
    for (const method of ['conversations.info', 'users.info']) slack.faults.next(method, fault);
    await slack.user('U0ADA').says('inc-checkout', 'checkout is down');
    expect(slack.receipts).toMatchObject([{ acknowledged: true, attempts: [{}] }]);
    expect(events).toEqual([]);
    expect(kept).toMatchObject([{ text: 'checkout is down', channelName: '' }]);

    slack.faults.stop();
    const taken: Event[] = [];
    const receive = async (event: Event) => void taken.push(event);
    const take = createTakeMessageProcessor({ name: adapter.name, receive });
    const [event] = kept;
    if (!event) throw new Error('Nothing was kept.');
    await take({ event }, context);
    expect(taken).toMatchObject([{ channelName: 'inc-checkout', occurrence: event.occurrence }]);
  });

  it('is kept and acknowledged before Slack would give up while it says nothing', async () => {
    const { slack, events } = harness;
    slack.channel('inc-checkout');
    slack.faults.next('conversations.info', { kind: 'timeout', when: 'before' });
    await slack.user('U0ADA').says('inc-checkout', 'checkout is down');
    expect(slack.receipts).toMatchObject([{ acknowledged: true, attempts: [{}] }]);
    expect(events).toEqual([]);
    expect(kept).toHaveLength(1);
  });

  it('is tried again while Slack cannot say, and is not taken half', async () => {
    const { slack, adapter } = harness;
    slack.channel('inc-checkout');
    slack.faults.next('conversations.info', { kind: 'status', status: 500 }, 2);
    await slack.user('U0ADA').says('inc-checkout', 'checkout is down');
    const taken: Event[] = [];
    const receive = async (event: Event) => void taken.push(event);
    const [event] = kept;
    if (!event) throw new Error('Nothing was kept.');
    const take = createTakeMessageProcessor({ name: adapter.name, receive });
    await expect(take({ event }, context)).rejects.toMatchObject({ retryable: true });
    expect(taken).toEqual([]);
  });

  it('is refused, so that Slack delivers it again, when it cannot be kept', async () => {
    await harness.stop();
    const onUnnamed = () => Promise.reject(new Error('The queue is away.'));
    harness = await startSlack({ adapter: { onUnnamed } });
    const { slack, events } = harness;
    slack.channel('inc-checkout');
    slack.faults.next('conversations.info', { kind: 'status', status: 500 });
    await slack.user('U0ADA').says('inc-checkout', 'checkout is down');
    await slack.idle();
    expect(slack.receipts.flatMap(({ attempts }) => attempts).length).toBeGreaterThan(1);
    expect(events).toMatchObject([{ channelName: 'inc-checkout' }]);
  });
});
