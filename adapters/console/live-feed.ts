import type { Response } from 'express';
import { errorCode } from '../../src/domain/errors.ts';
import type { ConsoleLog, ConsoleMessage } from '../../src/ports/console-log.ts';
import type { Logger } from '../../src/ports/logger.ts';
import { viewOf } from './view.ts';

export type LiveFeedOptions = {
  log: ConsoleLog;
  listChannels: () => Promise<string[]>;
  logger: Logger;
  /** How often the log is asked while somebody looks: another process may have written to it. */
  pollMs: number;
  /** Short enough for proxies that cut quiet connections, and for the page to notice a dead one. */
  beatMs: number;
};

export type LiveFeed = {
  /** Sends what came after `since`, then what comes, until the page leaves. */
  join(response: Response, since: number): Promise<void>;
  /** Reads at once instead of at the next poll. */
  wake(): void;
  /** Tells the open pages which channels there are now. */
  tellChannels(): Promise<void>;
  close(): void;
};

const AT_ONCE = 200;
const RETRY_MS = 2_000;
/** A page that stopped reading is cut off before what waits for it fills the memory; it comes back. */
const MOST_WAITING_BYTES = 8_000_000;

type Viewer = { response: Response; cursor: number; gone: boolean };

/** One reader of the log for all open pages of this process. */
export function createLiveFeed(options: LiveFeedOptions): LiveFeed {
  const { log, logger, pollMs, beatMs } = options;
  const everybody = new Set<Viewer>();
  /** Those who have seen all up to `cursor` and get what the shared reader reads. */
  const live = new Set<Viewer>();
  let cursor = 0;
  let reading = false;
  let readAgain = false;
  let failing = false;
  let closed = false;
  let channels = '';
  let poll: NodeJS.Timeout | undefined;
  let beat: NodeJS.Timeout | undefined;

  async function read(): Promise<void> {
    if (reading) {
      readAgain = true;
      return;
    }
    reading = true;
    try {
      do {
        readAgain = false;
        await drain();
      } while (readAgain);
      failing = false;
    } catch (error) {
      if (!failing) {
        logger.warn('The console cannot read its messages and tries again.', {
          part: 'console',
          code: errorCode(error),
        });
      }
      failing = true;
    } finally {
      reading = false;
      schedule();
    }
  }

  async function drain(): Promise<void> {
    for (;;) {
      const page = await log.after(cursor, AT_ONCE);
      for (const message of page) {
        cursor = message.change;
        for (const viewer of live) show(viewer, message);
      }
      if (page.length < AT_ONCE) return;
    }
  }

  function schedule(): void {
    clearTimeout(poll);
    if (closed || live.size === 0) return;
    poll = setTimeout(() => void read(), failing ? RETRY_MS : pollMs);
  }

  async function catchUp(viewer: Viewer): Promise<void> {
    for (;;) {
      const page = await log.after(viewer.cursor, AT_ONCE);
      for (const message of page) show(viewer, message);
      if (viewer.gone) return;
      if (page.length === AT_ONCE) continue;
      // With nobody looking the shared cursor stands still: start it here instead of reading all of the past.
      if (live.size === 0 && !reading) cursor = Math.max(cursor, viewer.cursor);
      // No await between this check and joining: whatever the shared reader reads from now on arrives here.
      if (viewer.cursor >= cursor) {
        live.add(viewer);
        return;
      }
    }
  }

  async function tellChannels(): Promise<void> {
    const names = await options.listChannels().catch(() => undefined);
    const now = names === undefined ? channels : JSON.stringify(names);
    if (now === channels) return;
    channels = now;
    for (const viewer of everybody) send(viewer, `event: channels\ndata: ${now}\n\n`);
  }

  function beatAll(): void {
    for (const viewer of everybody) send(viewer, 'event: beat\ndata: \n\n');
    // Another process may have added one.
    void tellChannels();
  }

  function leave(viewer: Viewer): void {
    viewer.gone = true;
    live.delete(viewer);
    everybody.delete(viewer);
    if (live.size === 0) clearTimeout(poll);
    if (everybody.size === 0) {
      clearInterval(beat);
      beat = undefined;
    }
  }

  return {
    async join(response, since) {
      const viewer: Viewer = { response, cursor: since, gone: closed };
      response.once('close', () => leave(viewer));
      const newest = (await log.recent(1))[0]?.change ?? 0;
      if (viewer.gone) {
        response.end();
        return;
      }
      everybody.add(viewer);
      beat ??= setInterval(beatAll, beatMs);
      response.setHeader('Content-Type', 'text/event-stream; charset=utf-8');
      response.setHeader('Cache-Control', 'no-store, no-transform');
      // nginx would hold the stream back to fill its buffers.
      response.setHeader('X-Accel-Buffering', 'no');
      send(viewer, 'retry: 1000\n\n');
      if (since > newest) {
        // The page remembers a log that is no longer this one: it must start over.
        viewer.cursor = newest;
        send(viewer, 'event: restart\ndata: \n\n');
      }
      try {
        await catchUp(viewer);
        schedule();
      } catch {
        // The page connects again and says what it saw last; until then it shows that it is cut off.
        response.end();
      }
    },
    wake() {
      if (live.size > 0) void read();
    },
    tellChannels,
    close() {
      closed = true;
      clearTimeout(poll);
      clearInterval(beat);
      for (const viewer of everybody) {
        viewer.gone = true;
        viewer.response.end();
      }
    },
  };
}

function show(viewer: Viewer, message: ConsoleMessage): void {
  if (message.change <= viewer.cursor) return;
  viewer.cursor = message.change;
  send(
    viewer,
    `event: message\nid: ${message.change}\ndata: ${JSON.stringify(viewOf(message))}\n\n`,
  );
}

function send(viewer: Viewer, frame: string): void {
  // Whoever closes the server ends streams on its own.
  if (viewer.gone || viewer.response.writableEnded) return;
  viewer.response.write(frame);
  if (viewer.response.writableLength > MOST_WAITING_BYTES) viewer.response.destroy();
}
