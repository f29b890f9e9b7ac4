import { Router } from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import type { HttpAppOptions, Mount } from '../../src/http/index.ts';
import {
  type Answer,
  ask,
  OTHER_TOKEN,
  startServer,
  type TestServer,
  TOKEN,
} from './http-harness.ts';

const running: TestServer[] = [];
const start = async (overrides: Partial<HttpAppOptions> = {}) => {
  const server = await startServer({ mounts: [consoleMount(), webhookMount()], ...overrides });
  running.push(server);
  return server;
};
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

function consoleMount(): Mount {
  const router = Router()
    .get('/', (_request, response) => {
      response.type('html').send('the console');
    })
    .post('/console/messages', (_request, response) => {
      response.json({ posted: true });
    });
  return { path: '/', router, guarded: true };
}

function webhookMount(): Mount {
  const router = Router().post('/', (_request, response) => {
    response.json({ verified: true });
  });
  return { path: '/api/messages', router, guarded: false };
}

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
const page = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const DEAD = '/api/v1/jobs/dead';
const RETRY = `${DEAD}/triage-incident/triage-1/retry`;
const parse = (answer: Answer) => ({ status: answer.status, body: JSON.parse(answer.text) });

describe('on loopback without tokens', () => {
  it('is open to programs and browsers of this machine', async () => {
    const server = await start();
    expect((await ask(server, DEAD)).status).toBe(200);
    expect((await ask(server, '/', { headers: page })).text).toBe('the console');
    expect((await ask(server, '/sign-in')).headers.location).toBe('/');
  });

  it.each(['localhost', 'LOCALHOST', '127.0.0.1', '[::1]', 'localhost.', '127.1.2.3'])(
    'answers under the name %s, whatever the port',
    async (name) => {
      const server = await start();
      for (const host of [name, `${name}:1234`]) {
        expect((await ask(server, DEAD, { headers: { Host: host } })).status).toBe(200);
      }
    },
  );

  it.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'a@localhost',
    '10.0.0.1',
  ])('refuses %s, which a foreign site may have pointed at us', async (host) => {
    const server = await start();
    for (const path of ['/', DEAD, '/healthz', '/nothing']) {
      const { status, body } = parse(await ask(server, path, { headers: { Host: host } }));
      expect(status).toBe(403);
      expect(body).toMatchObject({ status: 'error', error: 'forbidden' });
      expect(body.message).toContain('SITREP_ALLOWED_HOSTS');
    }
  });

  it('answers under a name that is allowed, yet does not take it for this machine', async () => {
    const server = await start({ allowedHosts: ['Sitrep.example:443'] });
    const headers = { Host: 'sitrep.example' };
    expect((await ask(server, '/healthz', { headers })).status).toBe(200);
    expect((await ask(server, '/api/messages', { method: 'POST', headers })).status).toBe(200);
    expect((await ask(server, DEAD, { headers })).status).toBe(401);
  });

  it.each(['X-Forwarded-For', 'Forwarded', 'Via'])(
    'is not open to what a tunnel or proxy passes on with %s',
    async (header) => {
      const server = await start();
      const { status, body } = parse(await ask(server, DEAD, { headers: { [header]: 'for' } }));
      expect(status).toBe(401);
      expect(body.message).toContain('SITREP_API_TOKENS');
    },
  );

  it.each([
    { 'Sec-Fetch-Site': 'cross-site' },
    { 'Sec-Fetch-Site': 'same-site' },
    { Origin: 'https://evil.example' },
    { Origin: 'null' },
    { Origin: 'http://localhost:1' },
  ])('does nothing that the page of another site asks for: %j', async (headers) => {
    const server = await start();
    for (const path of [RETRY, '/console/messages']) {
      const { status, body } = parse(
        await ask(server, path, { method: 'POST', headers: headers as Record<string, string> }),
      );
      expect(status).toBe(403);
      expect(body.message).toBe('A page of another site sent this, so it was not done.');
    }
    expect(parse(await ask(server, DEAD)).body.data.jobs).toHaveLength(1);
  });

  it('does what its own page asks for', async () => {
    const server = await start();
    const own = [
      { 'Sec-Fetch-Site': 'same-origin', Origin: server.url },
      { Origin: server.url },
      { 'Sec-Fetch-Site': 'none' },
    ];
    for (const headers of own) {
      const answer = await ask(server, '/console/messages', {
        method: 'POST',
        headers: headers as Record<string, string>,
      });
      expect(answer.status).toBe(200);
    }
  });
});

describe('with tokens', () => {
  const tokens = [OTHER_TOKEN, TOKEN];

  it.each([true, false])('lets in whoever has one (on loopback: %s)', async (listensOnLoopback) => {
    const server = await start({ tokens, listensOnLoopback });
    for (const token of tokens) {
      expect((await ask(server, DEAD, { headers: bearer(token) })).status).toBe(200);
      expect((await ask(server, '/', { headers: bearer(token) })).text).toBe('the console');
    }
    expect(
      (await ask(server, DEAD, { headers: { authorization: `bearer  ${TOKEN}` } })).status,
    ).toBe(200);
  });

  it.each([
    ['none', {}],
    ['a wrong one', bearer('not-the-token-of-anybody')],
    ['the beginning of one', bearer(TOKEN.slice(0, -1))],
    ['an empty one', { Authorization: 'Bearer ' }],
    ['one in another scheme', { Authorization: `Basic ${TOKEN}` }],
    ['two at once', { Authorization: `Bearer ${TOKEN} ${TOKEN}` }],
    ['an invented session', { Cookie: `sitrep_session=9999999999999.${'a'.repeat(43)}` }],
  ])('refuses %s', async (_name, headers) => {
    const server = await start({ tokens });
    for (const path of [DEAD, RETRY, '/api/nothing', '/', '/console/nothing']) {
      const answer = await ask(server, path, { headers: headers as Record<string, string> });
      expect(parse(answer)).toMatchObject({
        status: 401,
        body: { status: 'error', error: 'unauthorized', message: expect.stringMatching(/token/) },
      });
      expect(answer.headers['www-authenticate']).toBe('Bearer realm="sitrep"');
      expect(answer.text).not.toContain(TOKEN);
    }
  });

  it('leaves open what probes ask for and what verifies its callers itself', async () => {
    const server = await start({ tokens, listensOnLoopback: false });
    for (const path of ['/healthz', '/readyz', '/metrics']) {
      expect((await ask(server, path, { headers: { Host: '10.1.2.3:3000' } })).status).toBe(200);
    }
    expect((await ask(server, '/api/messages', { method: 'POST' })).status).toBe(200);
  });

  it('takes a token from anywhere, as pages of other sites have none', async () => {
    const server = await start({ tokens });
    const headers = { ...bearer(TOKEN), Origin: 'https://tool.example' };
    expect((await ask(server, RETRY, { method: 'POST', headers })).status).toBe(200);
  });
});

describe('beyond loopback', () => {
  it('refuses everything guarded while no token is configured, and says which setting is missing', async () => {
    const server = await start({ listensOnLoopback: false });
    for (const path of [DEAD, '/', '/console/nothing']) {
      const { status, body } = parse(await ask(server, path, { headers: bearer(TOKEN) }));
      expect(status).toBe(401);
      expect(body.message).toContain('SITREP_API_TOKENS');
    }
    expect((await ask(server, '/healthz')).status).toBe(200);
    const signIn = await ask(server, '/sign-in');
    expect(signIn.status).toBe(403);
    expect(signIn.text).toContain('SITREP_API_TOKENS');
  });

  it('answers under every name, or only under those that are allowed and to probes', async () => {
    const free = await start({ listensOnLoopback: false });
    const named = await start({ listensOnLoopback: false, allowedHosts: ['sitrep.example'] });
    const under = async (server: TestServer, host: string, path: string) =>
      (await ask(server, path, { headers: { Host: host } })).status;
    expect(await under(free, 'anything.example', '/nothing')).toBe(401);
    expect(await under(named, 'anything.example', '/nothing')).toBe(403);
    expect(await under(named, 'sitrep.example', '/nothing')).toBe(401);
    expect(await under(named, '10.1.2.3', '/readyz')).toBe(200);
  });
});

describe('signing in with a browser', () => {
  const tokens = [OTHER_TOKEN, TOKEN];
  const submit = (server: TestServer, fields: Record<string, string>, headers = {}) =>
    ask(server, '/sign-in', {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-www-form-urlencoded',
        'Sec-Fetch-Site': 'same-origin',
        ...headers,
      },
      body: new URLSearchParams(fields).toString(),
    });
  const cookieIn = (answer: Answer) => String(answer.headers['set-cookie']).split(';')[0] ?? '';

  it('leads from the page to the form and back to the page', async () => {
    const server = await start({ tokens });
    const sent = await ask(server, '/?channel=inc-1&x=<b>', { headers: page });
    expect(sent.status).toBe(303);
    const form = await ask(server, String(sent.headers.location));
    expect(form.status).toBe(200);
    expect(form.text).toContain('<form method="post" action="/sign-in">');
    expect(form.text).not.toContain('<script');
    expect(form.headers['content-security-policy']).toMatch(/^default-src 'none'/);

    const signedIn = await submit(server, { token: TOKEN, to: '/?channel=inc-1' });
    expect(signedIn.status).toBe(303);
    expect(signedIn.headers.location).toBe('/?channel=inc-1');
    const cookie = String(signedIn.headers['set-cookie']);
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    expect(cookie).not.toMatch(/Secure/);
    expect(cookie).not.toContain(TOKEN);

    const headers = { ...page, Cookie: `other=1; ${cookieIn(signedIn)}` };
    expect((await ask(server, '/', { headers })).text).toBe('the console');
    expect((await ask(server, DEAD, { headers })).status).toBe(200);
  });

  it('marks the cookie as secure behind an encrypting proxy', async () => {
    const server = await start({ tokens });
    const answer = await submit(server, { token: TOKEN }, { 'X-Forwarded-Proto': 'https' });
    expect(String(answer.headers['set-cookie'])).toMatch(/Secure/);
  });

  it('does not let another site use the session', async () => {
    const server = await start({ tokens });
    const Cookie = cookieIn(await submit(server, { token: TOKEN }));
    const post = (headers: Record<string, string>) =>
      ask(server, '/console/messages', { method: 'POST', headers: { Cookie, ...headers } });
    expect((await post({ 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
    expect((await post({ 'Sec-Fetch-Site': 'same-origin' })).status).toBe(200);
  });

  it('ends the session after its time, and when its token is taken away', async () => {
    const server = await start({ tokens });
    const Cookie = cookieIn(await submit(server, { token: TOKEN }));
    const status = async (at: TestServer) => (await ask(at, DEAD, { headers: { Cookie } })).status;
    expect(await status(await start({ tokens: [TOKEN] }))).toBe(200);
    expect(await status(await start({ tokens: [OTHER_TOKEN] }))).toBe(401);
    server.time.now = new Date('2026-01-03T00:00:00Z');
    expect(await status(server)).toBe(401);
  });

  it('does not believe a session whose end was moved', async () => {
    const server = await start({ tokens });
    const [name, value] = cookieIn(await submit(server, { token: TOKEN })).split('=');
    const [expires, signed] = String(value).split('.');
    const Cookie = `${name}=${Number(expires) + 1}.${signed}`;
    expect((await ask(server, DEAD, { headers: { Cookie } })).status).toBe(401);
  });

  it('shows the form again after a wrong token', async () => {
    const server = await start({ tokens });
    const answer = await submit(server, { token: 'wrong', to: '/"><script>alert(1)</script>' });
    expect(answer.status).toBe(403);
    expect(answer.text).toContain('not one of those configured');
    expect(answer.text).not.toContain('<script');
    expect(answer.headers).not.toHaveProperty('set-cookie');
  });

  it.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/..//evil.example',
    '\t//evil.example',
    'javascript:alert(1)',
  ])('leads nobody away to %s', async (to) => {
    const server = await start({ tokens });
    expect((await submit(server, { token: TOKEN, to })).headers.location).toBe('/');
  });

  it('refuses attempts beyond a few a minute, right or wrong', async () => {
    const server = await start({ tokens });
    for (let attempt = 0; attempt < 10; attempt++) await submit(server, { token: 'wrong' });
    const answer = await submit(server, { token: TOKEN });
    expect(parse(answer)).toMatchObject({ status: 429, body: { error: 'rate_limited' } });
    expect(answer.headers['retry-after']).toBe('60');
  });

  it('refuses a form from another site, and one without a token', async () => {
    const server = await start({ tokens });
    const foreign = await submit(server, { token: TOKEN }, { 'Sec-Fetch-Site': 'cross-site' });
    expect(foreign.status).toBe(403);
    expect((await submit(server, { word: TOKEN })).status).toBe(400);
    expect((await submit(server, { token: 'x'.repeat(10_000) })).status).toBe(413);
  });
});
