import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import express, { type ErrorRequestHandler } from 'express';
import { type Console, createConsole } from '../../adapters/console/index.ts';
import { COMMANDS } from '../../src/domain/commands.ts';
import { AppError, errorCode } from '../../src/domain/errors.ts';
import type { Event } from '../../src/domain/event.ts';
import type { Receive } from '../../src/ports/chat-platform.ts';
import type { ConsoleLog } from '../../src/ports/console-log.ts';
import type { Ids } from '../../src/ports/ids.ts';
import type { LogFields, Logger } from '../../src/ports/logger.ts';
import { createMemoryConsoleLog } from '../fakes/memory-console-log.ts';

export type ConsoleHarness = {
  console: Console;
  log: ConsoleLog;
  address: string;
  /** Everything that was handed to the product. */
  events: Event[];
  logged: { message: string; fields: LogFields | undefined }[];
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answered>;
  get(path: string, headers?: Record<string, string>): Promise<Answered>;
  stop(): Promise<void>;
};

export type Answered = { status: number; body: Record<string, unknown>; headers: Headers };

const STATUS: Record<string, number> = {
  bad_request: 400,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  unavailable: 503,
};

/** The console behind a real socket, with an in-memory log and a product that only listens. */
export async function startConsole(
  options: { log?: ConsoleLog; receive?: (made: Console) => Receive } = {},
): Promise<ConsoleHarness> {
  const log = options.log ?? createMemoryConsoleLog();
  const events: Event[] = [];
  const logged: ConsoleHarness['logged'] = [];
  const note = (message: string, fields?: LogFields) => void logged.push({ message, fields });
  const logger: Logger = { debug: note, info: note, warn: note, error: note };
  const made = createConsole({
    log,
    clock: { now: () => new Date() },
    ids: countingIds(),
    logger,
    commands: COMMANDS,
    pageFolder: fileURLToPath(new URL('../../adapters/console/page', import.meta.url)),
  });
  const receive = options.receive?.(made) ?? (async () => undefined);
  const app = express();
  app.use(
    made.routes((event) => {
      events.push(event);
      return receive(event);
    }),
  );
  app.use(drawError);
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const ask = async (path: string, init: RequestInit): Promise<Answered> => {
    const response = await fetch(address + path, init);
    const body = response.headers.get('content-type')?.includes('json')
      ? ((await response.json()) as Answered['body'])
      : { text: await response.text() };
    return { status: response.status, body, headers: response.headers };
  };

  return {
    console: made,
    log,
    address,
    events,
    logged,
    post: (path, body, headers = {}) =>
      ask(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    get: (path, headers = {}) => ask(path, { headers }),
    async stop() {
      made.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function countingIds(): Ids {
  let count = 0;
  return { next: (prefix) => `${prefix}_${String(++count).padStart(6, '0')}` };
}

/** In the shape that the product's own HTTP app gives errors. */
const drawError: ErrorRequestHandler = (error, _request, response, _next) => {
  const code = errorCode(error);
  const parser = error instanceof Error && 'status' in error ? Number(error.status) : undefined;
  const status = error instanceof AppError ? (STATUS[code] ?? 500) : (parser ?? 500);
  const message = error instanceof AppError ? error.message : 'Something went wrong on our side.';
  if (response.headersSent) response.destroy();
  else response.status(status).json({ status: 'error', error: code, message });
};
