import { resolve } from 'node:path';
import { createConsole } from '../../adapters/console/index.ts';
import { createSlack } from '../../adapters/slack/index.ts';
import { returnToChannelJob } from '../../jobs/return-to-channel.ts';
import { takeMessageJob } from '../../jobs/take-message.ts';
import type { Config } from '../config.ts';
import { createRefusals } from '../delivery/index.ts';
import { COMMANDS } from '../domain/commands.ts';
import { eventKey, type MessageEvent } from '../domain/event.ts';
import type { ThreadRef } from '../domain/thread-ref.ts';
import type { Mount } from '../http/index.ts';
import type { ChatPlatform, Receive } from '../ports/chat-platform.ts';
import type { Part } from '../ports/health.ts';
import type { OpenFile } from '../ports/shared-files.ts';
import { jobId } from './job-id.ts';
import type { Parts } from './parts.ts';
import { shareLanes } from './share-lanes.ts';
import type { Surroundings } from './tools.ts';

/** A place where people talk, with its door: opened only by processes that take what it delivers. */
export type Connected = {
  platform: ChatPlatform;
  part?: Part;
  /** A file that was shared there. */
  openFile?(workspace: string, id: string): Promise<OpenFile>;
  /** What people call a channel, where ids are something else. */
  channelName?(workspace: string, channel: string): Promise<string>;
  /** What was said, with names in the place of ids. */
  name?(event: MessageEvent): Promise<MessageEvent>;
  /** Whether everybody of the workspace may read along, where there are places that not everybody may. */
  isOpen?(workspace: string, channel: string): Promise<boolean>;
  /** Opens a place for people, where that is known. */
  linkTo(where: ThreadRef): string | undefined;
  /** Resolves when links to that place are as good as they will be soon. */
  learnLinks?(where: ThreadRef): Promise<void>;
  /** Where one person alone can be told something. */
  directTo?(where: ThreadRef, person: string): ThreadRef;
  listen(receive: Receive): Promise<Mount>;
};

/** The platforms that are configured, each ready to be written to. */
export function connectPlatforms(
  config: Config,
  surroundings: Surroundings,
  parts: Parts,
): Connected[] {
  const connected: Connected[] = [];
  if (config.console.enabled) connected.push(openConsole(config, surroundings, parts));
  if (isSlackConfigured(config)) connected.push(openSlack(config, parts));
  return connected;
}

function openConsole(
  { publicUrl }: Config,
  surroundings: Surroundings,
  { tools, store, closing }: Parts,
): Connected {
  const console = createConsole({
    ...tools,
    log: store.consoleLog,
    commands: COMMANDS,
    pageFolder: resolve(surroundings.packageRoot, 'adapters/console/page'),
  });
  closing.push(async () => console.close());
  return {
    platform: console.platform,
    linkTo: ({ channel }) =>
      publicUrl === undefined
        ? undefined
        : new URL(`/#${encodeURIComponent(channel)}`, publicUrl).href,
    listen: async (receive) => ({ path: '/', router: console.routes(receive), guarded: true }),
  };
}

function isSlackConfigured({ slack }: Config): boolean {
  return slack.botToken !== undefined || slack.clientId !== undefined;
}

function openSlack(config: Config, parts: Parts): Connected {
  const { tools, store, jobs, cache, closing } = parts;
  const refusals = createRefusals({ cache: cache.cache, clock: tools.clock });
  const slack = createSlack({
    ...tools,
    ...config.slack,
    encryptionKey: config.encryptionKey,
    publicUrl: config.publicUrl,
    installations: store.installations,
    sharedLanes: shareLanes(config, { ...tools, ...store, ...cache }),
    refused: async () =>
      [...(await refusals.current()).entries()]
        .filter(([key]) => key.startsWith('slack/'))
        .map(([, { because }]) => because)
        .reverse(),
    onInvited: (where) =>
      jobs.queue.enqueue(returnToChannelJob, { where }, { id: tools.ids.next('return') }),
    onUnnamed: (event) =>
      jobs.queue.enqueue(takeMessageJob, { event }, { id: jobId('take', eventKey(event)) }),
  });
  closing.push(() => slack.close());
  return {
    platform: slack.platform,
    part: slack.part,
    learnLinks: ({ workspace }) => slack.learnLinks(workspace),
    // Slack opens the conversation with a person who is written to by their id.
    directTo: ({ platform, workspace }, person) => ({ platform, workspace, channel: person }),
    openFile: slack.openFile,
    channelName: slack.channelName,
    name: slack.name,
    isOpen: slack.isOpen,
    linkTo: slack.linkTo,
    // Slack signs what it sends, which its router checks.
    listen: async (receive) => ({
      path: slack.mount,
      router: await slack.listen(receive),
      guarded: false,
    }),
  };
}
