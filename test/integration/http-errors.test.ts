import { gzipSync } from 'node:zlib';
import express, { Router } from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError, type ErrorCode } from '../../src/domain/errors.ts';
import { ask, startServer, type TestServer } from './http-harness.ts';

const SECRET = 'hunter2-from-the-message';

/** A platform's door that fails in every way a handler can. */
const router = Router()
  .get('/app-error/:code', (request) => {
    throw new AppError(request.params.code as ErrorCode, 'A sentence for people.');
  })
  .get('/patient', async () => {
    throw new AppError('unavailable', 'Later.', { retryAfterMs: 12_345 });
  })
  .get('/bug', async () => {
    throw new TypeError(`cannot read ${SECRET}`);
  })
  .get('/rejects-with-text', () => Promise.reject(SECRET))
  .get('/foreign-status', () => {
    throw Object.assign(new Error(SECRET), { status: 502 });
  })
  .get('/half', (_request, response) => {
    response.write('half an ans');
    throw new RangeError(SECRET);
  })
  .post('/json', express.json({ limit: 100 }), (request, response) => {
    response.json({ received: request.body });
  })
  .post('/raw', express.raw({ type: '*/*' }), (request, response) => {
    response.type('text').send(request.body);
  });

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ mounts: [{ path: '/door', router, guarded: false }] });
});
afterAll(() => server.close());

const DEAD = '/api/v1/jobs/dead';
const JSON_TYPE = { 'Content-Type': 'application/json' };

async function problem(path: string, options: Parameters<typeof ask>[2] = {}) {
  const { status, headers, text } = await ask(server, path, options);
  expect(headers['content-type']).toBe('application/json; charset=utf-8');
  return { status, headers, text, body: JSON.parse(text) };
}

describe('errors of handlers', () => {
  it.each([
    ['bad_request', 400],
    ['unauthorized', 401],
    ['forbidden', 403],
    ['not_found', 404],
    ['conflict', 409],
    ['too_large', 413],
    ['rate_limited', 429],
    ['busy', 503],
    ['unavailable', 503],
    ['timeout', 504],
    ['config', 500],
    ['internal', 500],
  ])('answers %s with status %i and its sentence', async (code, status) => {
    const answer = await problem(`/door/app-error/${code}`);
    expect(answer.status).toBe(status);
    expect(answer.body).toEqual({
      status: 'error',
      error: code,
      message: 'A sentence for people.',
    });
    expect(answer.headers['retry-after']).toBe([429, 503].includes(status) ? '5' : undefined);
  });

  it('says how long to wait when the error knows', async () => {
    expect((await problem('/door/patient')).headers['retry-after']).toBe('13');
  });

  it.each(['/door/bug', '/door/rejects-with-text', '/door/foreign-status'])(
    'tells the client of %s nothing but a request id, and the log where it was',
    async (path) => {
      const answer = await problem(path);
      const requestId = answer.headers['x-request-id'];
      expect(answer.status).toBe(500);
      expect(answer.body).toEqual({
        status: 'error',
        error: 'internal',
        message: `Something went wrong on our side. The request id is ${requestId}.`,
      });
      const line = server.lines.find(
        (one) => one.message === 'A request failed' && one.requestId === requestId,
      );
      expect(line).toMatchObject({ level: 'error', status: 500, errorName: expect.any(String) });
      expect(JSON.stringify(server.lines)).not.toContain(SECRET);
    },
  );

  it('cuts the connection when an answer breaks in the middle', async () => {
    const read = async () => (await fetch(`${server.url}/door/half`)).text();
    await expect(read()).rejects.toThrow();
    await expect
      .poll(() => server.lines)
      .toContainEqual(
        expect.objectContaining({ message: 'A request failed', errorName: 'RangeError' }),
      );
  });

  it('does not log what the client did wrong as a failure of ours', async () => {
    const { headers } = await problem('/door/app-error/conflict');
    const failed = server.lines.filter((line) => line.message === 'A request failed');
    expect(failed.map((line) => line.requestId)).not.toContain(headers['x-request-id']);
  });
});

describe('bodies', () => {
  const post = (path: string, body: string | Buffer, headers: Record<string, string>) =>
    fetch(`${server.url}${path}`, {
      method: 'POST',
      body: new Uint8Array(Buffer.from(body)),
      headers,
    });
  const retry = `${DEAD}/no-such-job/x/retry`;

  it('takes JSON up to a megabyte', async () => {
    const fits = JSON.stringify({ text: 'x'.repeat(1_048_576 - 11) });
    expect(fits).toHaveLength(1_048_576);
    expect((await post(retry, fits, JSON_TYPE)).status).toBe(404);
    const tooLong = await post(retry, `${fits} `, JSON_TYPE);
    expect(tooLong.status).toBe(413);
    expect(await tooLong.json()).toEqual({
      status: 'error',
      error: 'too_large',
      message: 'The body is larger than we accept here.',
    });
  });

  it('is not fooled by a body that grows when it is unpacked', async () => {
    const bomb = gzipSync(JSON.stringify({ text: 'x'.repeat(5_000_000) }));
    expect(bomb.length).toBeLessThan(10_000);
    const answer = await post(retry, bomb, { ...JSON_TYPE, 'Content-Encoding': 'gzip' });
    expect(answer.status).toBe(413);
  });

  it.each([
    ['broken JSON', '{"text": ', JSON_TYPE, 400, 'bad_request', /not valid JSON/],
    ['a bare word', 'hello', JSON_TYPE, 400, 'bad_request', /not valid JSON/],
    [
      'a form',
      'a=b',
      { 'Content-Type': 'application/x-www-form-urlencoded' },
      415,
      'unsupported_media_type',
      /application\/json/,
    ],
    [
      'plain text',
      '{}',
      { 'Content-Type': 'text/plain' },
      415,
      'unsupported_media_type',
      /application\/json/,
    ],
    ['no type', '{}', { 'Content-Type': '' }, 415, 'unsupported_media_type', /application\/json/],
    [
      'another charset',
      '{}',
      { 'Content-Type': 'application/json; charset=latin1' },
      415,
      'unsupported_media_type',
      /UTF-8/,
    ],
    [
      'an unknown encoding',
      '{}',
      { ...JSON_TYPE, 'Content-Encoding': 'snappy' },
      415,
      'unsupported_media_type',
      /gzip/,
    ],
    [
      'an encoding that it is not in',
      '{}',
      { ...JSON_TYPE, 'Content-Encoding': 'gzip' },
      400,
      'bad_request',
      /./,
    ],
  ])('refuses %s', async (_name, body, headers, status, error, message) => {
    const answer = await problem(retry, {
      method: 'POST',
      body,
      headers: { ...(headers as Record<string, string>), 'Content-Length': String(body.length) },
    });
    expect(answer.status).toBe(status);
    expect(answer.body).toEqual({
      status: 'error',
      error,
      message: expect.stringMatching(message),
    });
  });

  it('accepts a post without a body, said in either way', async () => {
    expect((await ask(server, retry, { method: 'POST' })).status).toBe(404);
    const headers = { 'Content-Length': '0' };
    expect((await ask(server, retry, { method: 'POST', headers })).status).toBe(404);
  });

  it('leaves the raw body to a mount, and draws what its own parser refuses', async () => {
    const signed = '{ "spaces":   "matter" }';
    expect(await (await post('/door/raw', signed, JSON_TYPE)).text()).toBe(signed);
    expect(
      (await problem('/door/json', { method: 'POST', body: '{', headers: JSON_TYPE })).body,
    ).toEqual({ status: 'error', error: 'bad_request', message: 'The body is not valid JSON.' });
    const long = JSON.stringify('x'.repeat(200));
    expect(
      (await problem('/door/json', { method: 'POST', body: long, headers: JSON_TYPE })).status,
    ).toBe(413);
  });
});
