import { SocketModeReceiver } from '@slack/bolt';
import { z } from 'zod';
import type { Logger } from '../../../src/ports/logger.ts';
import { clientOptions } from '../api/calls.ts';
import { translate } from '../api/errors.ts';
import { createBoltLogger } from './bolt-logger.ts';

export type Socket = {
  receiver: SocketModeReceiver;
  isConnected(): boolean;
  /** Resolves after the first attempt; goes on connecting until `close`. */
  open(): Promise<void>;
  close(): Promise<void>;
};

const FIRST_WAIT_MS = 250;
const MOST_WAIT_MS = 30_000;
const CLOSING_MS = 2_000;
/** A connection on which Slack does not say hello is none. */
const HELLO_MS = 10_000;
/** The SDK waits half a minute for the other side to agree that a connection ends; nothing arrives meanwhile. */
const FAREWELL_MS = 1_000;

/**
 * A connection that comes back by itself. The SDK's own way of reconnecting waits five seconds even when Slack
 * merely moves us to another server, and ends the process when the network is away at the wrong moment.
 */
export function createSocket(options: {
  appToken: string;
  apiUrl: string;
  logger: Logger;
}): Socket {
  const { appToken, apiUrl, logger } = options;
  const receiver = new SocketModeReceiver({
    appToken,
    logger: createBoltLogger(logger),
    autoReconnectEnabled: false,
    installerOptions: { clientOptions: clientOptions(apiUrl) },
  });
  const { client } = receiver;
  let connected = false;
  let closed = false;
  let failures = 0;
  let timer: NodeJS.Timeout | undefined;
  let farewell: NodeJS.Timeout | undefined;

  client.on('connected', () => {
    connected = true;
    failures = 0;
    clearTimeout(farewell);
  });
  client.on('disconnected', () => {
    if (!connected) return;
    connected = false;
    connectSoon();
  });

  // An envelope that the SDK cannot read would end the process as a rejection that nobody handles.
  const readers = client.listeners('ws_message');
  client.removeAllListeners('ws_message');
  client.on('ws_message', (...message: unknown[]) => {
    for (const read of readers) {
      Promise.resolve(read(...message)).catch((error: unknown) =>
        logger.warn(UNREADABLE, { platform: 'slack' }, error),
      );
    }
    if (!isGoodbye(message[0])) return;
    clearTimeout(farewell);
    // A second time ends it at once.
    farewell = setTimeout(() => connected && void client.disconnect(), FAREWELL_MS);
  });

  async function connect(): Promise<void> {
    if (closed) return;
    const limit = setTimeout(() => void client.disconnect(), HELLO_MS);
    try {
      await client.start();
      // A connection that ended while it began.
      if (!connected) connectSoon();
    } catch (error) {
      failures += 1;
      if (failures === 1) {
        logger.warn(
          'Slack cannot be reached over its socket; trying again.',
          { platform: 'slack' },
          error === undefined ? undefined : translate(error),
        );
      }
      connectSoon();
    } finally {
      clearTimeout(limit);
    }
  }

  function connectSoon(): void {
    if (closed) return;
    const wait = failures === 0 ? 0 : Math.min(MOST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1));
    clearTimeout(timer);
    timer = setTimeout(() => void connect(), wait);
  }

  return {
    receiver,
    isConnected: () => connected,
    open: connect,
    async close() {
      closed = true;
      clearTimeout(timer);
      clearTimeout(farewell);
      if (!connected) return;
      connected = false;
      let limit: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        limit = setTimeout(resolve, CLOSING_MS);
      });
      await Promise.race([client.disconnect(), late]);
      clearTimeout(limit);
    },
  };
}

const UNREADABLE = 'Slack sent something over its socket that cannot be read; it was ignored.';

const farewellSchema = z.object({ type: z.literal('disconnect') });

/** Slack moves us to another server, or is about to. */
function isGoodbye(data: unknown): boolean {
  if (typeof data !== 'string' || !data.includes('"disconnect"')) return false;
  try {
    return farewellSchema.safeParse(JSON.parse(data)).success;
  } catch {
    return false;
  }
}
