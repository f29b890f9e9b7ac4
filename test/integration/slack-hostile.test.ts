import { afterEach, describe, expect, it } from 'vitest';
import { textCard } from '../../src/domain/card.ts';
import { cleanCard } from '../../src/safety/index.ts';
import { type SlackHarness, startSlack } from '../contract/slack-harness.ts';
import type { Outcome } from '../fakes/slack/delivery/delivery.ts';
import type { Hostile } from '../fakes/slack/people/hostile.ts';

let harness: SlackHarness;
afterEach(() => harness?.stop());

const CASES: [
  what: string,
  send: (hostile: Hostile) => Promise<Outcome>,
  status: number,
  line: string,
][] = [
  [
    'a wrong signature',
    (hostile) => hostile.wrongSignature(),
    401,
    'A request that Slack did not sign was refused.',
  ],
  [
    'a stale timestamp',
    (hostile) => hostile.staleTimestamp(),
    401,
    'A request that Slack did not sign was refused.',
  ],
  [
    '10 MB of JSON',
    (hostile) => hostile.hugeJson(),
    413,
    'A request with too large a body was refused.',
  ],
  [
    'broken JSON',
    (hostile) => hostile.brokenJson(),
    400,
    'A request with a broken body was refused.',
  ],
  [
    'an unknown event type',
    (hostile) => hostile.unknownEventType(),
    200,
    'Slack sent something of a kind that is not for us; it was ignored.',
  ],
  [
    'a workspace that never installed the app',
    (hostile) => hostile.foreignWorkspace(),
    200,
    'Slack sent something for a workspace that has not installed Sitrep; it was ignored.',
  ],
];

describe('what reaches the address without being for us', () => {
  it.each(CASES)('%s: one log line, no effect', async (_what, send, status, line) => {
    harness = await startSlack();
    const { slack, events, logged } = harness;
    slack.channel('general');
    expect((await send(slack.hostile)).status).toBe(status);
    expect(logged.map(({ message }) => message)).toEqual([line]);
    expect(events).toEqual([]);
  });

  it('a replay: one log line, no effect', async () => {
    harness = await startSlack({
      receive: async () => ({ card: cleanCard(textCard('On it.')) }),
    });
    const { slack, events, logged } = harness;
    slack.channel('general');
    const ada = slack.user('U0ADA');
    const receipt = await ada.command('/triage checkout is down', 'general');
    expect((await slack.hostile.replay(receipt)).status).toBe(200);
    expect(events).toHaveLength(1);
    expect(ada.ephemerals()).toHaveLength(1);
    expect(logged.map(({ message }) => message)).toEqual([
      'A request that was taken before came again; it was ignored.',
    ]);
  });

  it('a replay of what failed is taken', async () => {
    let failing = true;
    harness = await startSlack({
      receive: async () => {
        if (failing) throw new Error('The store is away.');
        return undefined;
      },
    });
    const { slack, events } = harness;
    slack.channel('general');
    const receipt = await slack.user('U0ADA').command('/triage checkout is down', 'general');
    expect(receipt.acknowledged).toBe(false);
    failing = false;
    expect((await slack.hostile.replay(receipt)).status).toBe(200);
    expect(events).toHaveLength(2);
  });

  it("Slack's own check of the address is answered", async () => {
    harness = await startSlack();
    const { response } = await harness.slack.hostile.verifiesUrl('abc123');
    expect(response).toEqual({ challenge: 'abc123' });
  });

  it('log lines hold nothing of what was sent', async () => {
    harness = await startSlack();
    const { slack, logged } = harness;
    slack.channel('general');
    await slack.hostile.wrongSignature();
    await slack.hostile.brokenJson();
    expect(JSON.stringify(logged)).not.toMatch(/checkout|event_callback|signature mismatch/i);
  });
});

describe('repeated and doubled deliveries', () => {
  it('end with one event key each, and one answer', async () => {
    harness = await startSlack({
      fake: { seed: 7 },
      receive: async (event) =>
        event.kind === 'command' ? { card: cleanCard(textCard('Noted.')) } : undefined,
    });
    const { slack, events } = harness;
    slack.channel('general');
    slack.faults.deliveries.retried = 0.5;
    slack.faults.deliveries.duplicated = 0.5;
    const ada = slack.user('U0ADA');
    for (let at = 0; at < 10; at++) {
      await ada.says('general', `<@${slack.workspace.botUser}> ask question ${at}`);
    }
    await slack.idle();
    expect(events.length).toBeGreaterThan(10);
    expect(new Set(events.map(({ occurrence }) => occurrence)).size).toBe(10);
    await harness.adapter.close();
    expect(ada.ephemerals()).toHaveLength(10);
  });
});
