import { Router } from 'express';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ask, startServer, type TestServer } from './http-harness.ts';

describe('routes for operators', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startServer();
  });
  afterEach(() => server.close());

  const json = async (path: string, init?: RequestInit) => {
    const response = await fetch(`${server.url}${path}`, init);
    return {
      status: response.status,
      headers: response.headers,
      body: JSON.parse(await response.text()),
    };
  };

  it('says on /healthz how each part is', async () => {
    const { status, body } = await json('/healthz');
    expect(status).toBe(200);
    expect(body).toEqual({
      status: 'up',
      version: '1.2.3',
      parts: [
        { name: 'store', needed: true, status: 'up', detail: 'PGlite in var.' },
        { name: 'chroma', needed: false, status: 'up', detail: 'Chroma answers.' },
      ],
    });
  });

  it('stays alive but not ready while a needed part is down', async () => {
    server.parts.store = { status: 'down', detail: 'The store does not answer.' };
    expect(await json('/healthz')).toMatchObject({ status: 200, body: { status: 'down' } });
    const ready = await json('/readyz');
    expect(ready.status).toBe(503);
    expect(ready.body.parts[0]).toMatchObject({ name: 'store', status: 'down' });
  });

  it('is ready, though degraded, while a part is down that it can do without', async () => {
    server.parts.chroma = { status: 'down', detail: 'Chroma is away.' };
    expect(await json('/readyz')).toMatchObject({ status: 200, body: { status: 'degraded' } });
  });

  it('serves metrics in which the health of each part is fresh', async () => {
    server.parts.chroma = { status: 'degraded', detail: 'Slow.' };
    const response = await fetch(`${server.url}/metrics`);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const text = await response.text();
    expect(text).toContain('sitrep_part_up{part="chroma"} 0.5');
    expect(text).toContain('sitrep_part_up{part="store"} 1');
    expect(text).toContain('sitrep_process_cpu_seconds_total');
  });

  it('lists dead jobs and gives one another try, once', async () => {
    expect((await json('/api/v1/jobs/dead?limit=10')).body).toEqual({
      status: 'success',
      data: {
        jobs: [
          {
            job: 'triage-incident',
            id: 'triage-1',
            attempts: 5,
            reason: 'unavailable: the model did not answer.',
            diedAt: '2026-01-02T03:04:05.000Z',
          },
        ],
      },
    });
    const retry = () =>
      json('/api/v1/jobs/dead/triage-incident/triage-1/retry', { method: 'POST' });
    expect(await retry()).toMatchObject({
      status: 200,
      body: { status: 'success', data: { job: 'triage-incident', id: 'triage-1' } },
    });
    expect(await retry()).toMatchObject({
      status: 404,
      body: { status: 'error', error: 'not_found' },
    });
    expect((await json('/api/v1/jobs/dead')).body.data.jobs).toEqual([]);
  });

  it.each(['0', '501', '1.5', 'many'])('refuses limit=%s', async (limit) => {
    expect(await json(`/api/v1/jobs/dead?limit=${limit}`)).toMatchObject({
      status: 400,
      body: {
        status: 'error',
        error: 'bad_request',
        message: 'limit must be a whole number from 1 to 500.',
      },
    });
  });

  it.each(['/nothing', '/api', '/api/nothing', '/console'])('has nothing at %s', async (path) => {
    expect(await json(path)).toMatchObject({
      status: 404,
      body: { status: 'error', error: 'not_found', message: 'There is nothing at this address.' },
    });
  });

  it.each([
    ['POST', '/healthz', 'GET, HEAD'],
    ['DELETE', '/readyz', 'GET, HEAD'],
    ['PUT', '/metrics', 'GET, HEAD'],
    ['DELETE', '/api/v1/jobs/dead', 'GET, HEAD'],
    ['GET', '/api/v1/jobs/dead/triage-incident/triage-1/retry', 'POST'],
    ['DELETE', '/sign-in', 'GET, HEAD, POST'],
  ])('answers %s %s with the methods it allows', async (method, path, allow) => {
    const { status, headers, body } = await json(path, { method });
    expect(status).toBe(405);
    expect(headers.get('allow')).toBe(allow);
    expect(body).toMatchObject({ status: 'error', error: 'method_not_allowed' });
  });

  it('answers HEAD like GET, without a body', async () => {
    const response = await fetch(`${server.url}/readyz`, { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
  });

  it('refuses a path that does not decode', async () => {
    expect(await json('/api/v1/jobs/dead/a/%E0%A4%A/retry', { method: 'POST' })).toMatchObject({
      status: 400,
      body: { error: 'bad_request' },
    });
  });
});

describe('what every answer carries', () => {
  let server: TestServer;
  const router = Router().get('/things/:thing', (_request, response) => {
    response.json({ ok: true });
  });
  beforeEach(async () => {
    server = await startServer({ mounts: [{ path: '/door', router, guarded: false }] });
  });
  afterEach(() => server.close());

  const lineOf = (requestId: unknown) =>
    expect.poll(() => server.lines.find((line) => line.requestId === requestId));

  it('has headers that keep browsers from doing harm, and none that names the software', async () => {
    const { headers } = await ask(server, '/nothing');
    expect(headers).toMatchObject({
      'content-security-policy': expect.stringContaining("default-src 'self'"),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).not.toHaveProperty('strict-transport-security');
  });

  it('tells browsers to stay with https when a proxy says that they use it', async () => {
    const { headers } = await ask(server, '/healthz', {
      headers: { 'X-Forwarded-Proto': 'https' },
    });
    expect(headers['strict-transport-security']).toMatch(/^max-age=\d+$/);
  });

  it('keeps a request id that makes sense, in the answer and in the log', async () => {
    const { headers } = await ask(server, '/nothing', {
      headers: { 'X-Request-Id': 'edge-0123.abc' },
    });
    expect(headers['x-request-id']).toBe('edge-0123.abc');
    await lineOf('edge-0123.abc').toMatchObject({ message: 'Request answered', status: 404 });
  });

  it.each(['short', 'with spaces in it', '"><script>alert(1)</script>', 'x'.repeat(65)])(
    'makes a request id of its own instead of %j',
    async (given) => {
      const { headers } = await ask(server, '/nothing', { headers: { 'X-Request-Id': given } });
      expect(headers['x-request-id']).toMatch(/^req_[0-9a-z]+$/);
    },
  );

  it('logs and measures the pattern of the route, never the path', async () => {
    const { headers } = await ask(server, '/door/things/secret-name?key=secret-key');
    await lineOf(headers['x-request-id']).toMatchObject({
      level: 'info',
      method: 'GET',
      route: '/door/things/:thing',
      status: 200,
    });
    await ask(server, '/secret-name');
    await expect
      .poll(() => server.metricsText())
      .toContain(
        'http_request_duration_seconds_count{method="GET",route="unmatched",status="404"} 1',
      );
    const text = await server.metricsText();
    expect(text).toContain(
      'http_request_duration_seconds_count{method="GET",route="/door/things/:thing",status="200"} 1',
    );
    expect(`${text}${JSON.stringify(server.lines)}`).not.toContain('secret');
  });

  it('keeps probes out of the log at its usual level', async () => {
    const { headers } = await ask(server, '/healthz');
    await lineOf(headers['x-request-id']).toMatchObject({ level: 'debug', route: '/healthz' });
  });

  it('does not let strangers widen the metrics with methods', async () => {
    await ask(server, '/nothing', { method: 'PROPFIND' });
    await expect.poll(() => server.metricsText()).toContain('method="other",route="unmatched"');
  });
});
