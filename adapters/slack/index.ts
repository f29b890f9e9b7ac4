import type { RequestHandler } from 'express';
import { Router } from 'express';
import { AppError } from '../../src/domain/errors.ts';
import type { MessageEvent } from '../../src/domain/event.ts';
import type { ThreadRef } from '../../src/domain/thread-ref.ts';
import type { ChatPlatform, Receive } from '../../src/ports/chat-platform.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Part } from '../../src/ports/health.ts';
import type { InstallationStore } from '../../src/ports/installation-store.ts';
import type { Logger } from '../../src/ports/logger.ts';
import type { Metrics } from '../../src/ports/metrics.ts';
import type { OpenFile } from '../../src/ports/shared-files.ts';
import { createCall } from './api/calls.ts';
import { createDirectory } from './api/directory.ts';
import { createFiles } from './api/files.ts';
import { createPace, type SharedLanes } from './api/pace.ts';
import { createBackground } from './background.ts';
import { attachApp } from './connect/app.ts';
import { createHttpReceiver } from './connect/http.ts';
import {
  createInstalledWorkspaces,
  createSealedInstallations,
} from './connect/installed-workspaces.ts';
import { refuseReplays } from './connect/replays.ts';
import { createSingleWorkspace } from './connect/single-workspace.ts';
import { createSocket } from './connect/socket.ts';
import { createTake } from './deliveries.ts';
import { createLinks } from './links.ts';
import { createPart } from './part.ts';
import { createSlackPlatform } from './platform.ts';
import { createReplies } from './replies.ts';
import { createSeal } from './seal.ts';
import { createShow } from './show.ts';
import { MOUNT } from './surface.ts';
import type { Workspaces } from './workspaces.ts';

export type SlackOptions = {
  /** For one workspace. */
  botToken?: string | undefined;
  /** For many: the app is installed in each by OAuth, its tokens sealed with the operator's key. */
  clientId?: string | undefined;
  clientSecret?: string | undefined;
  encryptionKey?: string | undefined;
  publicUrl?: string | undefined;
  installations: InstallationStore;
  /** Deliveries come over Socket Mode when there is this one, else over HTTP, signed with the other. */
  appToken?: string | undefined;
  signingSecret?: string | undefined;
  apiUrl: string;
  clock: Clock;
  logger: Logger;
  metrics: Metrics;
  /** Between two messages in one channel. */
  gapMs?: number;
  /** How long a post waits for its turn before its job had better come back. */
  patienceMs?: number;
  /** Shares the channels with other processes that post to them. */
  sharedLanes?: { lanes: SharedLanes; owner: string } | undefined;
  /** Reasons of the channels that refuse what we post, the latest first. */
  refused?: () => Promise<readonly string[]>;
  /** We were added to a channel; Slack tells it again when this fails. */
  onInvited?: (where: ThreadRef) => Promise<void>;
  /** Slack would not say in time what the channel is called; kept until `name` can. */
  onUnnamed?: (event: MessageEvent) => Promise<void>;
};

export type { SharedLanes } from './api/pace.ts';

export type Slack = {
  platform: ChatPlatform;
  part: Part;
  /** A file that was shared with us. Fails with `forbidden` or `not_found` when there is nothing to read. */
  openFile(workspace: string, id: string): Promise<OpenFile>;
  /** What people call a channel; its id where Slack will not say. */
  channelName(workspace: string, channel: string): Promise<string>;
  /** What was said, with the names of its channel and its author. Fails when Slack cannot say for the moment. */
  name(event: MessageEvent): Promise<MessageEvent>;
  /** Whether everybody of the workspace may read a channel. Fails when Slack cannot say for the moment. */
  isOpen(workspace: string, channel: string): Promise<boolean>;
  /** Opens a thread in Slack. */
  linkTo(where: ThreadRef): string;
  /** Resolves when links to a workspace are as good as they will be soon. */
  learnLinks(workspace: string): Promise<void>;
  /** Where the router of `listen` belongs. */
  mount: string;
  /** Starts to take what Slack delivers, over HTTP through this router, which verifies its callers itself. */
  listen(receive: Receive): Promise<Router>;
  close(): Promise<void>;
};

/** Slack takes one a second. */
const GAP_MS = 1_000;
/** Who waits takes the place of a job that could act at once; the lease on a card covers it, too. */
const PATIENCE_MS = 200;

export function createSlack(options: SlackOptions): Slack {
  const { apiUrl, clock, logger, metrics, botToken, appToken, signingSecret } = options;
  const call = createCall({ apiUrl, metrics });
  const background = createBackground(logger);
  const files = createFiles({ call, apiUrl });
  const show = createShow({ call, clock });
  const { gapMs = GAP_MS, patienceMs = PATIENCE_MS, sharedLanes: shared } = options;
  const pace = createPace({ clock, gapMs, patienceMs, shared });
  const oauth = botToken === undefined ? oauthOf(options) : undefined;
  const receiver = createHttpReceiver({
    signingSecret: appToken === undefined ? signingSecret : undefined,
    oauth,
    apiUrl,
    logger,
  });
  const workspaces = workspacesOf();
  const links = createLinks({ call, background, workspaces });
  const tools = { call, clock, logger, background, files, show, pace, workspaces, links };
  const platform = createSlackPlatform(tools);
  const directory = createDirectory(tools);
  const replies = createReplies(tools);
  const socket = appToken === undefined ? undefined : createSocket({ appToken, apiUrl, logger });

  function workspacesOf(): Workspaces {
    if (botToken !== undefined) return createSingleWorkspace(call, botToken);
    const { installer } = receiver;
    if (oauth === undefined || installer === undefined) throw incomplete();
    return createInstalledWorkspaces({
      authorize: (query) => installer.authorize(query),
      installations: oauth.installations,
    });
  }

  return {
    platform,
    part: createPart({ call, botToken, socket, refused: options.refused, clock }),
    mount: MOUNT,

    async openFile(workspace, id) {
      const { token } = await workspaces.of(workspace);
      return files.open(token, id);
    },

    async channelName(workspace, channel) {
      return directory.channelName(await workspaces.of(workspace), channel);
    },

    async name(event) {
      const { where, actor } = event;
      const workspace = await workspaces.of(where.workspace);
      const [channelName, name] = await Promise.all([
        directory.channelName(workspace, where.channel),
        actor.isBot ? actor.name : directory.userName(workspace, actor.id),
      ]);
      return { ...event, channelName, actor: { ...actor, name } };
    },

    async isOpen(workspace, channel) {
      return directory.isOpen(await workspaces.of(workspace), channel);
    },

    linkTo: links.linkTo,
    learnLinks: links.learn,

    async listen(receive) {
      if (appToken === undefined && signingSecret === undefined) {
        throw new AppError(
          'config',
          'Slack needs SLACK_SIGNING_SECRET to deliver over HTTP, or SLACK_APP_TOKEN for Socket Mode.',
        );
      }
      const { incidentOf } = platform;
      const { onInvited, onUnnamed } = options;
      const events = { receive, incidentOf, onInvited, onUnnamed };
      const take = createTake({ ...tools, ...events, directory, replies });
      const source = socket?.receiver ?? receiver;
      attachApp({ receiver: source, workspaces, take, apiUrl, logger });
      await socket?.open();
      const router = Router();
      router.use(refuseReplays(logger), receiver.router as RequestHandler);
      return router;
    },

    async close() {
      await socket?.close();
      await background.settle();
    },
  };
}

function oauthOf(options: SlackOptions) {
  const { clientId, clientSecret, encryptionKey, installations, clock, publicUrl } = options;
  if (clientId === undefined || clientSecret === undefined || encryptionKey === undefined) {
    throw incomplete();
  }
  const seal = createSeal(encryptionKey);
  return {
    clientId,
    clientSecret,
    stateSecret: seal.derive('slack/oauth-state'),
    installations: createSealedInstallations(installations, seal, clock),
    publicUrl,
  };
}

function incomplete(): AppError {
  return new AppError(
    'config',
    'Slack needs SLACK_BOT_TOKEN, or for many workspaces SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and SITREP_ENCRYPTION_KEY.',
  );
}
