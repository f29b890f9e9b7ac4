import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { Router } from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import { listen } from '../../src/http/index.ts';
import { createLogger } from '../../src/observability/index.ts';
import { ask, sendRaw, startServer, type TestServer } from './http-harness.ts';

const logger = createLogger({ level: 'error', write: () => {}, clock: { now: () => new Date() } });
const running: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

function gate(): [opened: Promise<void>, open: () => void] {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return [opened, open];
}

describe('listening', () => {
  it('says which address to open', async () => {
    const server = await listen(() => {}, { host: '0.0.0.0', port: 0, logger });
    running.push(server);
    expect(server.port).toBeGreaterThan(0);
    expect(server.address).toBe(`http://localhost:${server.port}`);
  });

  it('says that the port is taken and what to do', async () => {
    const first = await listen(() => {}, { host: '127.0.0.1', port: 0, logger });
    running.push(first);
    await expect(
      listen(() => {}, { host: '127.0.0.1', port: first.port, logger }),
    ).rejects.toMatchObject({
      name: 'AppError',
      code: 'config',
      message: `Port ${first.port} is taken by another program. Choose another with --port or PORT.`,
    });
  });

  it('says that the address is not one of this machine', async () => {
    await expect(listen(() => {}, { host: '203.0.113.7', port: 0, logger })).rejects.toMatchObject({
      code: 'config',
      message: expect.stringMatching(
        /^203.0.113.7 is not an address of this machine .* SITREP_HOST/,
      ),
    });
  });

  it('limits how long a client may take to send a request', async () => {
    const { server, close } = await listen(() => {}, { host: '127.0.0.1', port: 0, logger });
    running.push({ close });
    expect(server.headersTimeout).toBe(10_000);
    expect(server.requestTimeout).toBe(30_000);
    expect(server.keepAliveTimeout).toBe(75_000);
  });

  it('answers what is not HTTP at all without dying', async () => {
    const server = await startServer();
    running.push(server);
    expect(await sendRaw(server, 'hello?\r\n\r\n')).toMatch(/^HTTP\/1.1 400 /);
    const noHost = await sendRaw(server, 'GET /healthz HTTP/1.0\r\n\r\n');
    expect(noHost).toMatch(/^HTTP\/1.1 403 /);
    expect((await ask(server, '/healthz')).status).toBe(200);
  });
});

describe('closing', () => {
  /** Resolves `waiting` when the request is being worked on; `finish` lets it be answered. */
  function slowRoute() {
    const [waiting, begun] = gate();
    const [finished, finish] = gate();
    const router = Router()
      .get('/slow', async (_request, response) => {
        begun();
        await finished;
        response.json({ done: true });
      })
      .get('/stream', (_request, response) => {
        response.type('text/event-stream').write('data: hello\n\n');
        const beat = setInterval(() => response.write(': beat\n\n'), 1);
        response.once('close', () => clearInterval(beat));
        begun();
      });
    return { router, waiting, finish };
  }

  const start = async (router: Router, graceMs?: number): Promise<TestServer> => {
    const server = await startServer({ mounts: [{ path: '/', router, guarded: false }] }, graceMs);
    running.push(server);
    return server;
  };

  it('lets a running request finish and takes no new one', async () => {
    const { router, waiting, finish } = slowRoute();
    const server = await start(router);
    const agent = new Agent({ keepAlive: true });
    const answer = new Promise<IncomingMessage>((resolve, reject) => {
      get(`${server.url}/slow`, { agent }, resolve).on('error', reject);
    });
    await waiting;
    const closed = server.close();
    await expect(ask(server, '/healthz')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    finish();
    const response = await answer;
    expect(response.statusCode).toBe(200);
    expect(response.headers.connection).toBe('close');
    response.resume();
    await closed;
    agent.destroy();
  });

  // The grace is longer than the test may take: only ending the stream itself lets this pass.
  it('ends open event streams at once, while they are being written', async () => {
    const { router, waiting } = slowRoute();
    const server = await start(router, 60_000);
    const response = await fetch(`${server.url}/stream`);
    const text = response.text();
    await waiting;
    await server.close();
    expect(await text).toMatch(/^data: hello\n\n/);
    await expect
      .poll(() => server.lines)
      .toContainEqual(expect.objectContaining({ route: '/stream', status: 200 }));
    expect(await server.metricsText()).not.toContain('route="/stream"');
  });

  it('survives what is still written to a stream whose reader has stalled', async () => {
    const [stalled, onStalled] = gate();
    const [written, onWritten] = gate();
    const [ended, onEnded] = gate();
    const router = Router().get('/flood', (_request, response) => {
      response.once('finish', onEnded).once('close', onEnded);
      response.type('text/event-stream');
      while (response.write('x'.repeat(65_536)));
      onStalled();
      const end = response.end.bind(response);
      response.end = () => {
        end();
        response.write('data: late\n\n');
        onWritten();
        return response;
      };
    });
    const server = await start(router, 50);
    const socket = connect(server.port, '127.0.0.1');
    socket.pause().write('GET /flood HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await stalled;
    await server.close();
    await Promise.all([written, ended]);
    socket.destroy();
  });

  it('does not wait for connections that nobody uses', async () => {
    const { router } = slowRoute();
    const server = await start(router, 60_000);
    const agent = new Agent({ keepAlive: true });
    const [response] = (await once(get(`${server.url}/healthz`, { agent }), 'response')) as [
      IncomingMessage,
    ];
    response.resume();
    await once(response, 'end');
    await server.close();
    agent.destroy();
  });

  it('cuts off what has not finished when the grace is over', async () => {
    const { router, waiting, finish } = slowRoute();
    const server = await start(router, 20);
    const answer = ask(server, '/slow').catch((error: NodeJS.ErrnoException) => error.code);
    await waiting;
    await server.close();
    expect(await answer).toBe('ECONNRESET');
    finish();
  });

  it('may be asked twice', async () => {
    const server = await start(Router());
    await Promise.all([server.close(), server.close()]);
    await server.close();
  });
});
