import { afterEach, describe, expect, it } from 'vitest';
import { createSlack } from '../../adapters/slack/index.ts';
import { textCard } from '../../src/domain/card.ts';
import { cleanCard } from '../../src/safety/index.ts';
import { type SlackHarness, startSlack } from '../contract/slack-harness.ts';
import { startFakeSlack } from '../fakes/slack/index.ts';
import { installs } from '../fakes/slack/people/browser.ts';

const KEY = '0123456789abcdef'.repeat(4);

let harness: SlackHarness;
afterEach(() => harness?.stop());

async function start(socket = false) {
  const oauth = { encryptionKey: KEY, publicUrl: 'https://sitrep.example.com/' };
  harness = await startSlack({ socket, oauth });
  const { slack } = harness;
  const other = slack.addWorkspace({ id: 'T0OTHER' });
  slack.channel('general');
  slack.channel('theirs', { home: other });
  return { ...harness, slack, other };
}

describe('installing in many workspaces', () => {
  it.each([
    ['HTTP', false],
    ['Socket Mode', true],
  ])('asks for the least, keeps tokens sealed, and acts in each (%s)', async (_how, socket) => {
    const { slack, adapter, events, installations, other } = await start(socket);
    const { asked, back, status } = await installs(harness.address, 'T0HOME');
    expect(asked.searchParams.get('scope')?.split(',')).toContain('chat:write');
    expect(back.origin + back.pathname).toBe('https://sitrep.example.com/slack/oauth_redirect');
    expect(status).toBe(200);
    await installs(harness.address, other.id);
    expect([...installations.kept.keys()]).toEqual(['T0HOME', 'T0OTHER']);
    const stored = JSON.stringify([...installations.kept.values()]);
    expect(stored).not.toContain('xoxb');

    await slack.user('U0EVE', other).says('theirs', 'it is down');
    expect(events).toMatchObject([{ where: { workspace: 'T0OTHER' }, text: 'it is down' }]);
    const channel = slack.world.channels.get('theirs').id;
    const where = { platform: 'slack', workspace: 'T0OTHER', channel } as const;
    await adapter.platform.post(where, cleanCard(textCard('On it.')), 'key-1');
    expect(slack.posted()).toMatchObject([{ channel, botId: other.botId }]);
  });

  it('ends with the app: nothing is kept of a workspace that removed it', async () => {
    const { slack, adapter, events, installations, other, logged } = await start();
    await installs(harness.address, other.id);
    await slack.uninstalls(other);
    expect(installations.kept.size).toBe(0);
    await slack.user('U0EVE', other).says('theirs', 'it is down');
    expect(events).toEqual([]);
    expect(logged.at(-1)?.message).toMatch(/has not installed Sitrep/);
    const channel = slack.world.channels.get('theirs').id;
    const where = { platform: 'slack', workspace: 'T0OTHER', channel } as const;
    await expect(
      adapter.platform.post(where, cleanCard(textCard('On it.')), 'key-1'),
    ).rejects.toMatchObject({ code: 'forbidden', retryable: false });
    // And begins again with a new token.
    await installs(harness.address, other.id);
    await adapter.platform.post(where, cleanCard(textCard('Back.')), 'key-2');
    expect(slack.posted()).toHaveLength(1);
  });

  it('that an organisation does is good for its workspaces, also when a job acts there later', async () => {
    const { slack, adapter, events, installations } = await start();
    const branch = slack.addWorkspace({ id: 'T0BRANCH', organisation: 'E0CORP' });
    slack.channel('branch', { home: branch });
    await installs(harness.address, branch.id);
    expect([...installations.kept.keys()]).toEqual(['E0CORP']);
    const eve = slack.user('U0EVE', branch);
    await eve.says('branch', 'it is down');
    await eve.command('/triage help', 'branch');
    expect(events).toMatchObject([
      { kind: 'message', where: { workspace: 'T0BRANCH' } },
      { kind: 'command', where: { workspace: 'T0BRANCH' } },
    ]);
    const channel = slack.world.channels.get('branch').id;
    const where = { platform: 'slack', workspace: 'T0BRANCH', channel } as const;
    await adapter.platform.post(where, cleanCard(textCard('On it.')), 'key-1');
    expect(slack.posted()).toMatchObject([{ channel, botId: branch.botId }]);
    await slack.uninstalls(branch);
    expect(installations.kept.size).toBe(0);
  });

  it('a code that somebody slips in without having begun is refused', async () => {
    const { slack, address, installations } = await start();
    const code = slack.codeFor('T0HOME');
    const answer = await fetch(`${address}/slack/oauth_redirect?code=${code}&state=forged`);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('Begin again');
    expect(installations.kept.size).toBe(0);
  });

  it('whoever does not agree at Slack is told so', async () => {
    const { address, installations } = await start();
    const answer = await fetch(`${address}/slack/oauth_redirect?error=access_denied&state=x`);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('you did not agree');
    expect(installations.kept.size).toBe(0);
  });
});

describe('what is missing is said at the start', () => {
  it('without a token and without an app to install', async () => {
    const slack = await startFakeSlack();
    const nothing = () => undefined;
    const logger = { debug: nothing, info: nothing, warn: nothing, error: nothing };
    const metrics = { count: nothing, gauge: nothing, observe: nothing };
    const installations = {
      save: async () => {},
      find: async () => undefined,
      remove: async () => {},
    };
    const base = {
      apiUrl: slack.url,
      installations,
      clock: { now: () => new Date() },
      logger,
      metrics,
    };
    try {
      expect(() => createSlack(base)).toThrowError(/SLACK_BOT_TOKEN/);
      const made = createSlack({ ...base, botToken: 'xoxb-1' });
      await expect(made.listen(async () => undefined)).rejects.toMatchObject({ code: 'config' });
    } finally {
      await slack.close();
    }
  });
});
