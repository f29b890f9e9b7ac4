import type { Router } from 'express';
import type { ChatPlatform, Receive } from '../../src/ports/chat-platform.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { ConsoleLog } from '../../src/ports/console-log.ts';
import type { Ids } from '../../src/ports/ids.ts';
import type { Logger } from '../../src/ports/logger.ts';
import { createChannels } from './channels.ts';
import { createLiveFeed } from './live-feed.ts';
import { createConsolePlatform } from './platform.ts';
import { type ConsoleCommand, createRoutes } from './routes.ts';

export type ConsoleOptions = {
  log: ConsoleLog;
  clock: Clock;
  ids: Ids;
  logger: Logger;
  /** What the page offers to complete after `/triage`. */
  commands: readonly ConsoleCommand[];
  pageFolder: string;
};

export type Console = {
  platform: ChatPlatform;
  /** The page at `/`, its files and its API below `/console`. */
  routes(receive: Receive): Router;
  /** Ends the streams of all open pages; they come back by themselves. */
  close(): void;
};

const POLL_MS = 200;
const BEAT_MS = 15_000;

/** A chat platform of our own in the browser, for a laptop without Slack or Teams. */
export function createConsole(options: ConsoleOptions): Console {
  const { log, clock, ids, logger, commands, pageFolder } = options;
  const channels = createChannels(log);
  const feed = createLiveFeed({
    log,
    listChannels: () => channels.list(),
    logger,
    pollMs: POLL_MS,
    beatMs: BEAT_MS,
  });
  return {
    platform: createConsolePlatform({ log, channels, clock, ids, onChange: () => feed.wake() }),
    routes: (receive) =>
      createRoutes({ log, channels, feed, clock, commands, pageFolder }, receive),
    close: () => feed.close(),
  };
}
