import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { textCard } from '../../src/domain/card.ts';
import type { Receive } from '../../src/ports/chat-platform.ts';
import { cleanCard } from '../../src/safety/index.ts';
import { type SlackHarness, startSlack } from '../contract/slack-harness.ts';
import { sign } from '../fakes/slack/delivery/signature.ts';

const NOTED: Receive = async (event) =>
  event.kind === 'message' ? undefined : { card: cleanCard(textCard('Noted.')) };

let harness: SlackHarness;
const closing: (() => unknown)[] = [];
afterEach(async () => {
  await harness?.stop();
  for (const close of closing.splice(0)) close();
});

/** What a Slack sends that is not ours, signed as every Slack signs. */
async function sends(body: string, headers: Record<string, string> = {}): Promise<Response> {
  const seconds = Math.floor(Date.now() / 1000);
  return fetch(`${harness.address}/slack/events`, {
    method: 'POST',
    body,
    headers: {
      'content-type': body.startsWith('{')
        ? 'application/json'
        : 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': String(seconds),
      'x-slack-signature': sign(harness.slack.signingSecret, seconds, body),
      ...headers,
    },
  });
}

const event = (fields: Record<string, unknown>) =>
  JSON.stringify({ type: 'event_callback', team_id: 'T0HOME', event: fields });

describe('a Slack that says less, or more, than the one we know', () => {
  it('an event with nothing around it but its workspace', async () => {
    harness = await startSlack({ receive: NOTED });
    const { slack, events } = harness;
    const { id } = slack.channel('general');
    const said = { type: 'message', channel: id, user: 'U1', text: 'it is down', ts: '1.000100' };
    expect((await sends(event(said))).status).toBe(200);
    expect((await sends(event({ ...said, ts: '1.000200', galaxy: { far: true } }))).status).toBe(
      200,
    );
    expect(events.map(({ occurrence }) => occurrence)).toEqual(['1.000100', '1.000200']);
  });

  it('a request from the future is refused, as an old one is', async () => {
    harness = await startSlack({ receive: NOTED });
    const seconds = Math.floor(Date.now() / 1000) + 400;
    const body = event({ type: 'message', channel: 'C1', user: 'U1', text: 'x', ts: '1.1' });
    const answer = await sends(body, {
      'x-slack-request-timestamp': String(seconds),
      'x-slack-signature': sign(harness.slack.signingSecret, seconds, body),
    });
    expect(answer.status).toBe(401);
    expect(harness.events).toEqual([]);
  });

  it('null where there is nobody', async () => {
    harness = await startSlack({ receive: NOTED });
    const { slack, events } = harness;
    const { id: channel } = slack.channel('general');
    const alert = { type: 'message', subtype: 'bot_message', channel, user: null, bot_id: 'B1' };
    expect((await sends(event({ ...alert, text: 'disk is full', ts: '1.1' }))).status).toBe(200);
    expect(events).toMatchObject([{ kind: 'message', actor: { id: 'B1', isBot: true } }]);
  });

  it('a delivery that is told again, as its headers say', async () => {
    harness = await startSlack({ receive: NOTED });
    const { slack, events } = harness;
    const { id } = slack.channel('general');
    const said = { type: 'message', channel: id, user: 'U1', text: 'it is down', ts: '1.000100' };
    const again = { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' };
    expect((await sends(event(said), again)).status).toBe(200);
    expect(events).toHaveLength(1);
  });

  it('a mention that comes before its message, and without it', async () => {
    harness = await startSlack({ receive: NOTED });
    const { slack, events } = harness;
    const { id: channel } = slack.channel('general');
    const text = `<@${slack.workspace.botUser}> status`;
    const mention = { type: 'app_mention', channel, user: 'U1', text, ts: '1.1', event_ts: '1.1' };
    await sends(event(mention));
    expect(events).toMatchObject([{ kind: 'command', text: 'status' }]);
    await sends(event({ ...mention, type: 'message', channel_type: 'channel' }));
    expect(events).toHaveLength(1);
  });

  it('an address for answers that is used up or broken', async () => {
    harness = await startSlack({ receive: NOTED });
    const { slack } = harness;
    const ada = slack.user('U0ADA');
    const { id: channel } = slack.channel('general', { members: [ada.id] });
    const { ts } = await ada.says('general', 'it is down');
    const payload = JSON.stringify({
      type: 'message_action',
      callback_id: 'triage_message',
      trigger_id: '1.2',
      response_url: `${slack.origin}/response/used-up`,
      team: { id: 'T0HOME' },
      user: { id: ada.id },
      channel: { id: channel },
      message: { type: 'message', user: ada.id, ts, text: 'it is down' },
    });
    expect((await sends(new URLSearchParams({ payload }).toString())).status).toBe(200);
    await slack.until(() => ada.ephemerals().some(({ text }) => text === 'Noted.'));
  });
});

/** A Slack with one door: it hands out sockets, and does on them what it is told. */
async function socketSlack(onConnect: (socket: WebSocket, number: number) => void) {
  let failing = 1;
  const server: Server = createServer((request, response) => {
    const refused = request.url?.endsWith('apps.connections.open') && failing-- > 0;
    const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/link`;
    response.writeHead(refused ? 500 : 200, { 'content-type': 'application/json' });
    const us = { team_id: 'T0HOME', user_id: 'U0BOT', bot_id: 'B0BOT', channel: { name: 'x' } };
    response.end(refused ? 'upstream error' : JSON.stringify({ ok: true, url, ...us }));
  }).listen(0, '127.0.0.1');
  const sockets = new WebSocketServer({ server, autoPong: true });
  let connections = 0;
  sockets.on('connection', (socket) => {
    connections += 1;
    onConnect(socket, connections);
  });
  await once(server, 'listening');
  closing.push(() => {
    for (const socket of sockets.clients) socket.terminate();
    server.closeAllConnections();
    server.close();
  });
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`;
  return { apiUrl, connections: () => connections };
}

describe('a socket of a Slack that keeps no rules', () => {
  const hello = (socket: WebSocket) => socket.send(JSON.stringify({ type: 'hello' }));

  it('is opened although the first attempt fails, and again when Slack goes without a farewell', async () => {
    const slack = await socketSlack((socket, number) => {
      hello(socket);
      if (number > 1) return;
      socket.send(JSON.stringify({ reason: 'refresh_requested', type: 'disconnect' }));
      // Never agrees that the connection ends.
      socket.close = () => undefined;
      (
        socket as unknown as { _receiver: { removeAllListeners(): void } }
      )._receiver.removeAllListeners();
    });
    harness = await startSlack({ socket: true, adapter: { apiUrl: slack.apiUrl } });
    await expect.poll(slack.connections, { timeout: 5_000 }).toBe(2);
    await expect.poll(() => harness.adapter.part.health()).toMatchObject({ status: 'up' });
  });

  it('takes what comes, and survives what nobody can read', async () => {
    const acknowledged: unknown[] = [];
    const slack = await socketSlack((socket) => {
      socket.on('message', (data) => acknowledged.push(JSON.parse(String(data)).envelope_id));
      hello(socket);
      socket.send('not json');
      socket.send(Buffer.from([1, 2, 3]));
      socket.send(JSON.stringify({ envelope_id: 'e1', type: 'events_api', payload: {} }));
      const said = { type: 'message', channel: 'C1', user: 'U1', text: 'it is down', ts: '1.1' };
      const payload = JSON.parse(event(said));
      socket.send(JSON.stringify({ envelope_id: 'e2', type: 'events_api', payload }));
    });
    harness = await startSlack({ socket: true, adapter: { apiUrl: slack.apiUrl } });
    await expect.poll(() => acknowledged, { timeout: 5_000 }).toContain('e2');
    expect(harness.events).toMatchObject([{ kind: 'message', text: 'it is down' }]);
  });
});
