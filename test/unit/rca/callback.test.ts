import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { mayCall } from '../../../adapters/callback/addresses.ts';
import { createCallback } from '../../../adapters/callback/index.ts';

const SECRET = 'a-secret-of-enough-letters';
const clock = { now: () => new Date('2026-01-02T12:00:00Z') };
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function receiver(status = 204, headers: Record<string, string> = {}) {
  const received: { headers: IncomingHttpHeaders; body: string; url: string | undefined }[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    received.push({ headers: request.headers, body, url: request.url });
    response.writeHead(status, headers).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  return { received, port: (server.address() as AddressInfo).port };
}

const local = () => createCallback({ secret: SECRET, allowLoopback: true, clock });
const open = () => createCallback({ secret: SECRET, allowLoopback: false, clock });

describe('calling back', () => {
  it('signs what it sends together with the time', async () => {
    const { received, port } = await receiver();
    await local().send(`http://127.0.0.1:${port}/hook?x=1`, { id: 'task_1', state: 'done' });
    const [call] = received;
    expect(call?.url).toBe('/hook?x=1');
    const timestamp = call?.headers['x-sitrep-timestamp'];
    expect(timestamp).toBe('1767355200');
    const wanted = createHmac('sha256', SECRET).update(`${timestamp}.${call?.body}`).digest('hex');
    expect(call?.headers['x-sitrep-signature']).toBe(`sha256=${wanted}`);
    expect(JSON.parse(call?.body ?? '')).toEqual({ id: 'task_1', state: 'done' });
  });

  it.each([
    [500, true],
    [429, true],
    [404, false],
  ])('decides about another try after %i', async (status, retryable) => {
    const { port } = await receiver(status);
    await expect(local().send(`http://127.0.0.1:${port}/`, {})).rejects.toMatchObject({
      retryable,
    });
  });

  it('follows no redirect', async () => {
    const target = await receiver();
    const { port } = await receiver(307, { Location: `http://127.0.0.1:${target.port}/` });
    await expect(local().send(`http://127.0.0.1:${port}/`, {})).rejects.toMatchObject({
      retryable: false,
    });
    expect(target.received).toHaveLength(0);
  });

  it('does not reach this machine through a name either', async () => {
    const { received, port } = await receiver();
    const call = open().send(`http://localhost:${port}/`, {});
    await expect(call).rejects.toMatchObject({ code: 'forbidden', retryable: false });
    expect(received).toHaveLength(0);
  });

  it.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://0x7f000001/',
    'http://2130706433/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://10.0.0.1/',
    'http://169.254.169.254/latest/meta-data',
    'http://[fd00::1]/',
    'http://user:password@example.com/',
    'ftp://example.com/',
    'file:///etc/passwd',
    'nonsense',
  ])('refuses %s', async (url) => {
    expect(open().refuse(url)).toEqual(expect.any(String));
    await expect(open().send(url, {})).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('refuses everything without a secret, and takes public addresses with one', () => {
    const unsigned = createCallback({ secret: undefined, allowLoopback: true, clock });
    expect(unsigned.refuse('https://example.com/')).toMatch(/MIRA_CALLBACK_SECRET/);
    expect(open().refuse('https://example.com/')).toBeUndefined();
  });
});

it.each([
  ['8.8.8.8', true],
  ['2606:4700:4700::1111', true],
  ['100.64.0.1', false],
  ['64:ff9b::7f00:1', false],
  ['fe80::1', false],
  ['no address', false],
])('may call %s: %s', (address, may) => {
  expect(mayCall(address, false)).toBe(may);
});
