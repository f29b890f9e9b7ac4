import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Outcome } from '../fakes/slack/delivery/delivery.ts';
import type { Hostile } from '../fakes/slack/people/hostile.ts';
import { type StartedInSlack, startInSlack } from './slack-harness.ts';
import { describeScenarios } from './slack-scenarios.ts';
import { createStage, REPORT } from './slack-stage.ts';

const NOT_SIGNED = 'A request that Slack did not sign was refused.';
const REPLAYED = 'A request that was taken before came again; it was ignored.';

let started: StartedInSlack;
beforeAll(async () => {
  started = await startInSlack();
});
afterAll(() => started?.stop());

describe('Slack over HTTP', () => {
  describeScenarios(() => started.slack);
});

describe('what comes to the address of Slack over HTTP', () => {
  const { channel, person, seen, ours } = createStage(() => started.slack);
  afterEach(() => started.slack.faults.stop());

  const refused: [string, (hostile: Hostile) => Promise<Outcome>, number, string][] = [
    ['a wrong signature', (h) => h.wrongSignature(), 401, NOT_SIGNED],
    ['a stale timestamp', (h) => h.staleTimestamp(), 401, NOT_SIGNED],
    ['10 MB of JSON', (h) => h.hugeJson(), 413, 'A request with too large a body was refused.'],
    ['broken JSON', (h) => h.brokenJson(), 400, 'A request with a broken body was refused.'],
    ['an unknown event', (h) => h.unknownEventType(), 200, 'of a kind that is not for us'],
    ['a foreign workspace', (h) => h.foreignWorkspace(), 200, 'has not installed Sitrep'],
  ];

  it.each(refused)(
    '%s has no effect and one line in the log',
    async (_what, send, status, line) => {
      const { slack, logged } = started;
      const before = { lines: logged(line), messages: slack.posted().length };
      expect((await send(slack.hostile)).status).toBe(status);
      await expect.poll(() => logged(line)).toBe(before.lines + 1);
      await slack.idle();
      expect(slack.posted()).toHaveLength(before.messages);
    },
  );

  it('a replay has no effect and one line in the log', async () => {
    const { slack, logged } = started;
    const ada = person();
    const name = channel([ada]);
    const receipt = await ada.command(`/triage ${REPORT}`, name);
    await seen(name, 'Database incident');
    const before = logged(REPLAYED);
    expect((await slack.hostile.replay(receipt)).status).toBe(200);
    await expect.poll(() => logged(REPLAYED)).toBe(before + 1);
    expect(ours(name)).toHaveLength(1);
  });

  it('its questions about the address are answered', async () => {
    const { slack, product } = started;
    const challenge = await slack.hostile.verifiesUrl('3eZbrw1aB');
    expect(challenge).toMatchObject({ status: 200, response: { challenge: '3eZbrw1aB' } });
    const check = await fetch(`${product.address}/slack/events?ssl_check=1&token=x`);
    expect(check.status).toBe(200);
    const body = new URLSearchParams({ ssl_check: '1', token: 'x' });
    const posted = await fetch(`${product.address}/slack/events`, { method: 'POST', body });
    expect(posted.status).toBe(200);
  });

  it('a token that was taken away leaves the product up, and its health says so', async () => {
    const { slack, product, logged } = started;
    await slack.uninstalls(slack.workspace);
    await expect.poll(() => logged('Slack says that Sitrep was uninstalled')).toBeGreaterThan(0);
    const health = await fetch(`${product.address}/healthz`);
    expect(await health.text()).toContain('install the app again');
  });
});
