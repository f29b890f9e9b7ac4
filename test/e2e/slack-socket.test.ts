import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DisconnectReason } from '../fakes/slack/delivery/socket-transport.ts';
import { type StartedInSlack, startInSlack } from './slack-harness.ts';
import { describeScenarios } from './slack-scenarios.ts';
import { createStage, REPORT } from './slack-stage.ts';

let started: StartedInSlack;
beforeAll(async () => {
  started = await startInSlack({ socket: true });
});
afterAll(() => started?.stop());

describe('Slack over Socket Mode', () => {
  describeScenarios(() => started.slack);

  it('acknowledged all of it', () => {
    expect(started.slack.receipts.every(({ acknowledged }) => acknowledged)).toBe(true);
  });
});

describe('a socket that Slack closes', () => {
  const { channel, person, seen, ours } = createStage(() => started.slack);

  const reasons: DisconnectReason[] = ['refresh_requested', 'warning'];
  const ends: [string, () => void][] = [
    ...reasons.map((reason): [string, () => void] => [
      `after “${reason}”`,
      () => started.slack.sockets.disconnect(reason),
    ]),
    ['without a word', () => started.slack.sockets.cut()],
  ];

  it.each(ends)('%s comes back, and nothing is lost or doubled', async (_how, end) => {
    const { slack } = started;
    const { sockets } = slack;
    const ada = person();
    const names = Array.from({ length: 5 }, () => channel([ada], 'inc'));
    // Each is on its way, unacknowledged, when the connection goes.
    const told = names.map((name) => ada.says(name, REPORT));
    const command = ada.command(`/triage ${REPORT}`, channel([ada]));
    end();
    await expect.poll(() => sockets.connections(), { timeout: 10_000 }).toBe(1);
    const later = channel([ada], 'inc');
    await ada.says(later, REPORT);
    await Promise.all([...told, command]);
    await slack.idle();
    for (const name of [...names, later]) {
      await seen(name, 'Database incident');
      expect(ours(name).map(({ text }) => text)).toHaveLength(1);
    }
    await expect.poll(() => sockets.connections()).toBe(1);
  });
});
