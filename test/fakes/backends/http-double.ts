import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Received = {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: unknown;
};

/** How the double answers one request: a status with JSON, or something that real servers do at bad times. */
export type Behaviour =
  | { status?: number; json?: unknown; text?: string; headers?: Record<string, string> }
  | 'never'
  | 'reset'
  | 'half a body';

/** A server beyond our network: answers as it is told and remembers what it was asked. */
export type HttpDouble = {
  url: string;
  received: Received[];
  /** One behaviour a request, in order; the last one stays. */
  behave(...behaviours: Behaviour[]): void;
  close(): Promise<void>;
};

export async function startHttpDouble(): Promise<HttpDouble> {
  const received: Received[] = [];
  let script: Behaviour[] = [{ json: {} }];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    received.push({
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body: text === '' ? undefined : JSON.parse(text),
    });
    const behaviour = script.length > 1 ? script.shift() : script[0];
    if (behaviour !== undefined) answer(behaviour, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    behave(...behaviours) {
      script = behaviours;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function answer(behaviour: Behaviour, response: ServerResponse): void {
  if (behaviour === 'never') return;
  if (behaviour === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  if (behaviour === 'half a body') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '200' });
    response.write('{"category":"Data', () => response.socket?.destroy());
    return;
  }
  const { status = 200, json, text, headers = {} } = behaviour;
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(text ?? JSON.stringify(json ?? {}));
}
