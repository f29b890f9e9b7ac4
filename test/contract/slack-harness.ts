import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { createSlack, type Slack, type SlackOptions } from '../../adapters/slack/index.ts';
import type { Event } from '../../src/domain/event.ts';
import type { Receive } from '../../src/ports/chat-platform.ts';
import type { Installation, InstallationStore } from '../../src/ports/installation-store.ts';
import type { LogFields, Logger } from '../../src/ports/logger.ts';
import type { Metrics } from '../../src/ports/metrics.ts';
import { type FakeSlack, type FakeSlackOptions, startFakeSlack } from '../fakes/slack/index.ts';

export type Logged = { level: string; message: string; fields: LogFields | undefined };

export type SlackHarness = {
  slack: FakeSlack;
  adapter: Slack;
  /** Everything that was handed to the product. */
  events: Event[];
  logged: Logged[];
  counted: { method: string; outcome: string }[];
  installations: InstallationStore & { kept: Map<string, Installation> };
  /** Where the product listens; Slack's deliveries go to `/slack/events` there. */
  address: string;
  stop(): Promise<void>;
};

export type HarnessOptions = {
  fake?: FakeSlackOptions;
  /** Over Socket Mode instead of HTTP. */
  socket?: boolean;
  receive?: Receive;
  /** Installed by OAuth in many workspaces, instead of with one workspace's token. */
  oauth?: Pick<SlackOptions, 'encryptionKey' | 'publicUrl'>;
  /** Over what the harness sets by itself. */
  adapter?: Partial<SlackOptions>;
};

/** The adapter and a fake Slack, each behind real sockets, with a product that only listens. */
export async function startSlack(options: HarnessOptions = {}): Promise<SlackHarness> {
  const slack = await startFakeSlack(options.fake);
  const events: Event[] = [];
  const logged: Logged[] = [];
  const counted: SlackHarness['counted'] = [];
  const note = (level: string) => (message: string, fields?: LogFields) =>
    void logged.push({ level, message, fields });
  const logger: Logger = {
    debug: note('debug'),
    info: note('info'),
    warn: note('warn'),
    error: note('error'),
  };
  const metrics: Metrics = {
    gauge: () => undefined,
    observe: () => undefined,
    count: (name, labels) => {
      if (name === 'sitrep_slack_calls_total') counted.push(labels as (typeof counted)[number]);
    },
  };
  const installations = memoryInstallations();
  const adapter = createSlack({
    ...(options.socket ? { appToken: slack.appToken } : { signingSecret: slack.signingSecret }),
    ...(options.oauth
      ? { clientId: slack.oauth.clientId, clientSecret: slack.oauth.clientSecret, ...options.oauth }
      : { botToken: slack.workspace.botToken }),
    apiUrl: slack.url,
    installations,
    clock: { now: () => new Date() },
    logger,
    metrics,
    gapMs: 0,
    ...options.adapter,
  });
  const receive = options.receive ?? (async () => undefined);
  const router = await adapter.listen((event) => {
    events.push(event);
    return receive(event);
  });
  const app = express().use(adapter.mount, router);
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  if (!options.socket) slack.deliverTo(`${address}/slack/events`);

  return {
    slack,
    adapter,
    events,
    logged,
    counted,
    installations,
    address,
    async stop() {
      await adapter.close();
      server.closeAllConnections();
      server.close();
      await slack.close();
    },
  };
}

function memoryInstallations(): SlackHarness['installations'] {
  const kept = new Map<string, Installation>();
  return {
    kept,
    save: async (installation) => void kept.set(installation.workspace, installation),
    find: async (_platform, workspace) => kept.get(workspace),
    remove: async (_platform, workspace) => void kept.delete(workspace),
  };
}
