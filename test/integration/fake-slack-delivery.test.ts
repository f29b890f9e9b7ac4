import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { ExpressReceiver, verifySlackRequest } from '@slack/bolt';
import { afterEach, describe, expect, it } from 'vitest';
import { type FakeSlack, startFakeSlack } from '../fakes/slack/index.ts';
import { type Rig, startRig } from './fake-slack-app.ts';
import { tokensRevoked } from './fake-slack-events.ts';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function rigOver(...options: Parameters<typeof startRig>): Promise<Rig> {
  const rig = await startRig(...options);
  stops.push(rig.stop);
  return rig;
}

type Seen = { headers: http.IncomingHttpHeaders; body: string };

/** An app that answers with the given statuses in turn, and then never again. */
async function startBareApp(slack: FakeSlack, statuses: readonly (number | 'never')[]) {
  const seen: Seen[] = [];
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const status = statuses[seen.length] ?? 'never';
    seen.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
    if (status !== 'never') response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  slack.deliverTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return seen;
}

async function startSlack(options: Parameters<typeof startFakeSlack>[0]): Promise<FakeSlack> {
  const slack = await startFakeSlack(options);
  stops.push(slack.close);
  slack.channel('inc-1');
  return slack;
}

describe('retries', () => {
  it('tell an event up to three more times, with number and reason', async () => {
    const slack = await startSlack({ acknowledgeWithinMs: 1_000, retryAfterMs: [0, 0, 0] });
    const seen = await startBareApp(slack, [500, 'never', 404, 200]);
    await slack.user('U1').says('inc-1', 'checkout is down');
    const retry = (name: string) => seen.map(({ headers }) => headers[`x-slack-retry-${name}`]);
    expect(retry('num')).toEqual([undefined, '1', '2', '3']);
    expect(retry('reason')).toEqual([undefined, 'http_error', 'http_timeout', 'http_error']);
    expect(new Set(seen.map(({ body }) => body)).size).toBe(1);
    expect(slack.receipts).toMatchObject([{ acknowledged: true, attempts: [{}, {}, {}, {}] }]);
  });

  it('end when three did not help, and leave commands to people', async () => {
    const slack = await startSlack({ retryAfterMs: [0, 0, 0] });
    const seen = await startBareApp(slack, [500, 500, 500, 500, 500, 200]);
    const ada = slack.user('U1');
    await ada.says('inc-1', 'checkout is down');
    expect(seen).toHaveLength(4);
    const command = await ada.command('/triage checkout', 'inc-1');
    expect(command).toMatchObject({ acknowledged: false, attempts: [{ status: 500 }] });
  });

  it('come although the app acknowledged, when the acknowledgement is lost', async () => {
    const { slack, bodies } = await rigOver('http');
    slack.channel('inc-1');
    slack.faults.deliveries.retried = 1;
    await slack.user('U1').says('inc-1', 'checkout is down');
    expect(bodies).toHaveLength(2);
    expect(bodies[0]).toEqual(bodies[1]);
    expect(slack.receipts[0]?.attempts.map(({ number }) => number)).toEqual([0, 1]);
  });

  it('are something else than one message under two event ids', async () => {
    const { slack, bodies, events } = await rigOver('http');
    slack.channel('inc-1');
    slack.faults.deliveries.duplicated = 1;
    await slack.user('U1').says('inc-1', 'checkout is down');
    await slack.idle();
    expect(events('message').map(({ ts }) => ts)).toHaveLength(2);
    expect(new Set(events('message').map(({ ts }) => ts)).size).toBe(1);
    expect(new Set(bodies.map(({ event_id }) => event_id)).size).toBe(2);
  });
});

describe('subscriptions', () => {
  it('keep from the app what its manifest does not name', async () => {
    const { slack, bodies } = await rigOver('http', {
      events: ['message.channels', 'group_rename'],
    });
    slack.channel('inc-1');
    slack.channel('secret', { kind: 'private', members: ['U1'] });
    const ada = slack.user('U1');
    const open = await ada.says('inc-1', 'checkout is down');
    await ada.reacts(open, '+1');
    await ada.says('secret', 'so is payment');
    await slack.renames('inc-1', 'inc-one');
    await slack.renames('secret', 'hidden');
    expect(bodies.map(({ event }) => event)).toMatchObject([
      { type: 'message', ts: open.ts },
      { type: 'group_rename', channel: { name: 'hidden' } },
    ]);
  });
});

describe('what Bolt makes of hostile requests', () => {
  it('follows what Slack documents', async () => {
    const { slack, bodies } = await rigOver('http');
    slack.channel('inc-1');
    const { hostile } = slack;
    expect((await hostile.verifiesUrl('abc')).response).toEqual({ challenge: 'abc' });
    expect((await hostile.wrongSignature()).status).toBe(401);
    expect((await hostile.staleTimestamp()).status).toBe(401);
    expect((await hostile.brokenJson()).status).toBe(400);
    expect(bodies).toEqual([]);
    expect((await hostile.unknownEventType()).status).toBe(200);
    expect((await hostile.foreignWorkspace()).status).toBe(200);
    await slack.user('U1').says('inc-1', 'checkout is down');
    const [receipt] = slack.receipts;
    if (!receipt) throw new Error('There is no receipt.');
    await hostile.replay(receipt);
    expect(bodies.at(-1)).toEqual(bodies.at(-2));
    const huge = await hostile.hugeJson();
    expect(huge.status ?? huge.failure).toSatisfy((it) => it === 413 || it === 'connection_failed');
  });

  it('is signed as Bolt verifies it', async () => {
    const slack = await startSlack({});
    const seen = await startBareApp(slack, [200]);
    await slack.user('U1').says('inc-1', 'checkout is down');
    const [{ headers, body }] = seen as [Seen];
    const signed = {
      'x-slack-signature': String(headers['x-slack-signature']),
      'x-slack-request-timestamp': Number(headers['x-slack-request-timestamp']),
    };
    const verify = (signingSecret: string) => () =>
      verifySlackRequest({ signingSecret, body, headers: signed });
    expect(verify(slack.signingSecret)).not.toThrow();
    expect(verify('another secret')).toThrow('signature mismatch');
  });
});

describe('Socket Mode', () => {
  it('gives each connection a ticket of its own, and none without the token', async () => {
    const { slack } = await rigOver('socket');
    expect(slack.calls('apps.connections.open')).toMatchObject([{ outcome: 'ok' }]);
    const response = await fetch(`${slack.origin}/link/?ticket=stolen`, {
      headers: { connection: 'upgrade', upgrade: 'websocket' },
    }).catch(() => undefined);
    expect(response?.ok ?? false).toBe(false);
  });

  it('asks the app to reconnect, and then tells what could not be told in between', async () => {
    const { slack, events } = await rigOver('socket', { retryAfterMs: [0, 200, 1_000] });
    slack.channel('inc-1');
    slack.sockets.disconnect('refresh_requested');
    await slack.until(() => slack.sockets.connections() === 0);
    const said = slack.user('U1').says('inc-1', 'checkout is down');
    await slack.until(() => slack.sockets.connections() === 1);
    await said;
    expect(events('message')).toHaveLength(1);
    expect(slack.receipts.at(-1)).toMatchObject({
      acknowledged: true,
    });
    expect(slack.receipts.at(-1)?.attempts[0]?.failure).toBe('connection_failed');
  });
});

describe('workspaces', () => {
  it('are installed by OAuth and told when that ends', async () => {
    const installed: string[] = [];
    const slack = await startSlack({});
    const receiver = new ExpressReceiver({
      signingSecret: slack.signingSecret,
      clientId: slack.oauth.clientId,
      clientSecret: slack.oauth.clientSecret,
      stateSecret: 'state',
      scopes: ['chat:write'],
      installationStore: {
        storeInstallation: async ({ team, bot }) => {
          installed.push(`${team?.id} ${bot?.token}`);
        },
        fetchInstallation: async () => {
          throw new Error('Nothing is installed.');
        },
      },
      installerOptions: {
        directInstall: true,
        authorizationUrl: `${slack.origin}/oauth/v2/authorize`,
        clientOptions: { slackApiUrl: slack.url },
      },
    });
    const server = await receiver.start(0);
    stops.push(() => receiver.stop());
    const { port } = server.address() as AddressInfo;
    const manual = { redirect: 'manual' } as const;
    const install = await fetch(`http://127.0.0.1:${port}/slack/install`, manual);
    const cookie = install.headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; ');
    const asked = new URL(install.headers.get('location') ?? '');
    asked.searchParams.set('redirect_uri', `http://127.0.0.1:${port}/slack/oauth_redirect`);
    const agreed = await fetch(asked, manual);
    const back = await fetch(agreed.headers.get('location') ?? '', { headers: { cookie } });
    expect(back.status).toBe(200);
    expect(installed).toEqual([`T0HOME ${slack.workspace.botToken}`]);

    const seen = await startBareApp(slack, [200, 200]);
    await slack.uninstalls(slack.workspace);
    const [revoked, uninstalled] = seen.map(({ body }) => JSON.parse(body).event);
    expect(tokensRevoked.parse(revoked).tokens.bot).toEqual([slack.workspace.botUser]);
    expect(uninstalled.type).toBe('app_uninstalled');
  });

  it('share a channel, and who writes from the other one is marked', async () => {
    const { slack, events } = await rigOver('http');
    const other = slack.addWorkspace({ id: 'T0OTHER' });
    const channel = slack.channel('inc-shared', { sharedWith: [other] });
    channel.members.delete(other.botUser);
    await slack.user('U2', other).says('inc-shared', 'it fails for us too');
    expect(events('message')).toMatchObject([
      { user: 'U2', team: 'T0OTHER', user_team: 'T0OTHER' },
    ]);
    expect(slack.receipts[0]?.delivery.body).toMatchObject({
      team_id: 'T0HOME',
      is_ext_shared_channel: true,
    });
  });
});
