import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { isObject, parseJson } from '../json.ts';
import { APP_ID } from '../world/world.ts';
import type { Attempt, Delivery, Outcome, Transport } from './delivery.ts';

export type DisconnectReason = 'warning' | 'refresh_requested' | 'link_disabled';

export type SocketTransport = Transport & {
  /** A ticket for one connection. */
  ticket(): string;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  connections(): number;
  /** Some app has been here, and may come back. */
  wasUsed(): boolean;
  /** Tells all connected apps to reconnect; after a warning the connection stays for a while. */
  disconnect(reason: DisconnectReason): void;
  /** Connections vanish without a word, as when a network fails. */
  cut(): void;
  close(): void;
};

/** Slack opens at most ten connections an app: https://docs.slack.dev/apis/events-api/using-socket-mode */
const MOST_CONNECTIONS = 10;
const HOST = 'applink-fake';
const TYPES: Record<Delivery['kind'], string> = {
  command: 'slash_commands',
  event: 'events_api',
  interactive: 'interactive',
  options: 'interactive',
};

export function createSocketTransport(options: {
  acknowledgeWithinMs: number;
  pingEveryMs: number;
  onChange: () => void;
}): SocketTransport {
  const server = new WebSocketServer({ noServer: true });
  const sockets = new Set<WebSocket>();
  const tickets = new Set<string>();
  const waiting = new Map<string, (response: unknown) => void>();
  let turn = 0;
  let used = false;

  function welcome(socket: WebSocket): void {
    sockets.add(socket);
    // One for each envelope on its way.
    socket.setMaxListeners(0);
    used = true;
    const pings = setInterval(() => socket.ping(`Ping from ${HOST}`), options.pingEveryMs);
    socket.on('close', () => {
      clearInterval(pings);
      sockets.delete(socket);
      options.onChange();
    });
    socket.on('error', () => socket.terminate());
    socket.on('message', (data) => {
      const answer = parseJson(String(data));
      if (!isObject(answer) || typeof answer.envelope_id !== 'string') return;
      waiting.get(answer.envelope_id)?.(answer.payload);
    });
    say(socket, {
      type: 'hello',
      num_connections: sockets.size,
      debug_info: { host: HOST, build_number: 1, approximate_connection_time: 18_060 },
      connection_info: { app_id: APP_ID },
    });
    options.onChange();
  }

  return {
    ticket() {
      const ticket = randomUUID();
      tickets.add(ticket);
      return ticket;
    },

    upgrade(request, socket, head) {
      const ticket = new URL(request.url ?? '/', 'http://slack').searchParams.get('ticket') ?? '';
      if (!tickets.delete(ticket) || sockets.size >= MOST_CONNECTIONS) {
        socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n');
        return;
      }
      server.handleUpgrade(request, socket, head, welcome);
    },

    send(delivery, attempt) {
      const open = [...sockets].filter((each) => each.readyState === each.OPEN);
      turn += 1;
      const socket = open[turn % Math.max(1, open.length)];
      if (!socket) return Promise.resolve(outcome('connection_failed', 0));
      return envelope(socket, delivery, attempt);
    },

    connections: () => sockets.size,
    wasUsed: () => used,

    disconnect(reason) {
      for (const socket of sockets) {
        say(socket, { type: 'disconnect', reason, debug_info: { host: HOST } });
        if (reason !== 'warning') socket.close(1000);
      }
    },

    cut() {
      for (const socket of sockets) socket.terminate();
    },

    close() {
      for (const socket of sockets) socket.terminate();
      server.close();
    },
  };

  function envelope(socket: WebSocket, delivery: Delivery, attempt: Attempt): Promise<Outcome> {
    const id = randomUUID();
    const started = performance.now();
    return new Promise((resolve) => {
      const end = (failure: Outcome['failure'], response?: unknown) => {
        clearTimeout(timer);
        waiting.delete(id);
        socket.off('close', lost);
        resolve(outcome(failure, performance.now() - started, response));
      };
      const lost = () => end('connection_failed');
      const timer = setTimeout(() => end('http_timeout'), options.acknowledgeWithinMs);
      waiting.set(id, (response) => end(undefined, response));
      socket.on('close', lost);
      say(socket, {
        envelope_id: id,
        type: TYPES[delivery.kind],
        accepts_response_payload: delivery.kind !== 'event',
        payload: delivery.body,
        ...(delivery.kind === 'event' && {
          retry_attempt: attempt.number,
          retry_reason: attempt.reason ?? '',
        }),
      });
    });
  }
}

function say(socket: WebSocket, message: unknown): void {
  socket.send(JSON.stringify(message));
}

function outcome(failure: Outcome['failure'], milliseconds: number, response?: unknown): Outcome {
  const empty = isObject(response) && Object.keys(response).length === 0;
  return {
    failure,
    noRetry: false,
    status: undefined,
    signedAt: undefined,
    // Bolt sends a bare text as `{ text }`, and an empty acknowledgement as an empty object.
    response: empty ? undefined : response,
    milliseconds,
  };
}
