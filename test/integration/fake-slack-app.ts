import type http from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, type Logger, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { WebClient, type WebClientOptions } from '@slack/web-api';
import { type FakeSlack, type FakeSlackOptions, startFakeSlack } from '../fakes/slack/index.ts';

const RECONNECT_AFTER_MS = 300;

/** What goes wrong here goes wrong on purpose. */
const SILENT: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};

/** Slack's own client, without the patience that would hide what was answered. */
export function connect(slack: FakeSlack, token?: string, options?: WebClientOptions): WebClient {
  return new WebClient(token, {
    slackApiUrl: slack.url,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: SILENT,
    ...options,
  });
}

export async function startClient(options?: FakeSlackOptions, clientOptions?: WebClientOptions) {
  const slack = await startFakeSlack(options);
  slack.channel('inc-1');
  return { slack, web: connect(slack, slack.workspace.botToken, clientOptions) };
}

/** A plain Bolt app beside the fake, and everything that reached it. */
export type Rig = {
  slack: FakeSlack;
  app: App;
  /** What Bolt handed to the app, in the order of arrival. */
  bodies: Record<string, unknown>[];
  /** The events among them. */
  events(type: string, subtype?: string): Record<string, unknown>[];
  stop(): Promise<void>;
};

export async function startRig(
  over: 'http' | 'socket',
  options: FakeSlackOptions = {},
): Promise<Rig> {
  const slack = await startFakeSlack(options);
  const clientOptions = { slackApiUrl: slack.url };
  const app = new App({
    token: slack.workspace.botToken,
    clientOptions,
    logger: SILENT,
    ignoreSelf: false,
    receiver:
      over === 'http'
        ? new HTTPReceiver({ signingSecret: slack.signingSecret, logger: SILENT })
        : new SocketModeReceiver({
            appToken: slack.appToken,
            logger: SILENT,
            // Also how long it waits before it connects again.
            clientPingTimeout: RECONNECT_AFTER_MS,
            installerOptions: { clientOptions },
          }),
  });
  const bodies: Record<string, unknown>[] = [];
  app.use(async ({ body, next }) => {
    bodies.push({ ...(body as object) });
    await next();
  });
  // An event that nobody listens for is acknowledged by Bolt only if something takes it.
  app.event(/.*/, async () => undefined);
  app.shortcut(/.*/, async ({ ack }) => ack());
  let server: http.Server | undefined;
  if (over === 'http') {
    server = (await app.start(0)) as http.Server;
    const address = server.address() as AddressInfo;
    slack.deliverTo(`http://127.0.0.1:${address.port}/slack/events`);
  } else {
    await app.start();
  }
  const events = (type: string, subtype?: string) =>
    bodies
      .map((body) => body.event as Record<string, unknown> | undefined)
      .filter((event) => event?.type === type)
      .filter((event) => subtype === undefined || event?.subtype === subtype)
      .map((event) => event ?? {});
  return {
    slack,
    app,
    bodies,
    events,
    async stop() {
      await slack.idle();
      // Whoever closes last would wait for the other: kept-alive requests here, the close handshake there.
      if (server) {
        await slack.close();
        server.closeAllConnections();
        await app.stop();
        return;
      }
      await app.stop();
      await slack.until(() => slack.sockets.connections() === 0);
      await slack.close();
    },
  };
}
