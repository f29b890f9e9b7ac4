import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { AppError } from '../domain/errors.ts';
import type { Logger } from '../ports/logger.ts';
import { isEventStream } from './observe.ts';

type ListenOptions = {
  host: string;
  /** 0 takes any free port. */
  port: number;
  logger: Logger;
  /** How long running requests may take to finish once we close. */
  graceMs?: number;
};

type Listening = {
  server: Server;
  /** What to open in a browser. */
  address: string;
  port: number;
  /** Takes no new connection, lets running requests finish, ends streams and idle connections. */
  close(): Promise<void>;
};

/** A client that sends its request drop by drop must not hold a connection for long. */
const LIMITS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  // Longer than the 60 s of common load balancers, or they would send requests into closing connections.
  keepAliveTimeout: 75_000,
  // How often Node looks whether one of the first two has passed; its default is 30 s.
  connectionsCheckingInterval: 5_000,
};

export async function listen(
  app: RequestListener,
  { host, port, logger, graceMs = 5_000 }: ListenOptions,
): Promise<Listening> {
  const server = createServer(LIMITS, app);
  const running = new Set<ServerResponse>();
  let closing: Promise<void> | undefined;

  server.prependListener('request', (_request, response: ServerResponse) => {
    running.add(response);
    response.once('close', () => {
      running.delete(response);
      // The connection counts as idle only after this event.
      if (closing) setImmediate(() => server.closeIdleConnections());
    });
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(explain(error, host, port)));
    server.listen(port, host, resolve);
  });
  // One connection that cannot be accepted, for want of file handles say, must not end the process.
  server.on('error', () => logger.error('A connection could not be accepted', { port }));

  const bound = server.address();
  const actualPort = bound !== null && typeof bound === 'object' ? bound.port : port;

  return {
    server,
    address: `http://${nameToOpen(host)}:${actualPort}`,
    port: actualPort,
    close() {
      closing ??= closeGently(server, running, graceMs);
      return closing;
    },
  };
}

async function closeGently(
  server: Server,
  running: Iterable<ServerResponse>,
  graceMs: number,
): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  for (const response of running) {
    if (isEventStream(response)) {
      // Whoever feeds the stream learns of its end only later; a line written meanwhile is lost, not fatal.
      response.on('error', () => {});
      response.end();
    } else if (!response.headersSent) {
      response.setHeader('Connection', 'close');
    }
  }
  const grace = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(grace);
}

function nameToOpen(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

const CHOOSE_PORT = 'Choose another with --port or PORT.';

function explain(error: NodeJS.ErrnoException, host: string, port: number): AppError {
  const sentences: Record<string, string> = {
    EADDRINUSE: `Port ${port} is taken by another program. ${CHOOSE_PORT}`,
    EACCES: `Port ${port} may not be opened by this user. ${CHOOSE_PORT}`,
  };
  const message =
    sentences[error.code ?? ''] ??
    `${host} is not an address of this machine that Sitrep could listen on. Choose another with SITREP_HOST (server.host), such as 127.0.0.1 or 0.0.0.0.`;
  return new AppError('config', message, { cause: error });
}
