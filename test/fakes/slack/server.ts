import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ResponseUrls } from './delivery/response-urls.ts';
import type { SocketTransport } from './delivery/socket-transport.ts';
import { sendFile, takeUpload } from './web-api/file-store.ts';
import type { WebApi } from './web-api/handler.ts';
import type { World } from './world/world.ts';

export type FakeServer = { origin: string; close(): Promise<void> };

type Parts = {
  world: World;
  webApi: WebApi;
  responseUrls: ResponseUrls;
  sockets: SocketTransport;
  /** Where a person who agrees to an installation is sent. */
  authorize(query: URLSearchParams): string | undefined;
};

/** One address for everything that Slack has on several: API, files, response addresses, sign-in, WebSocket. */
export async function startServer(parts: () => Parts): Promise<FakeServer> {
  const server = http.createServer((request, response) => {
    route(parts(), request, response).catch(() => {
      // A caller that was killed in the middle of its request, or a fault of this fake: neither is an answer.
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  server.keepAliveTimeout = 60_000;
  server.on('upgrade', (request, socket, head) => {
    parts().sockets.upgrade(request, socket, head);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function route(
  { world, webApi, responseUrls, authorize }: Parts,
  request: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://slack');
  const [, first = '', second = '', third = ''] = url.pathname.split('/');
  switch (first) {
    case 'api':
      return webApi.handle(request, response, second);
    case 'upload':
      return takeUpload(world, request, response, third);
    case 'files-pri':
      sendFile(world, request, response, second.split('-')[1] ?? '');
      return;
    case 'response':
      return responseUrls.handle(request, response, second);
    case 'oauth': {
      const location = authorize(url.searchParams);
      if (location === undefined) response.writeHead(400).end('invalid client_id or redirect_uri');
      else response.writeHead(302, { location }).end();
      return;
    }
    default:
      response.writeHead(404).end();
  }
}
