import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { Redis } from 'ioredis';
import { afterEach, describe, expect, it } from 'vitest';
import { type CacheOptions, createCache } from '../../adapters/cache/index.ts';
import type { LogFields, Logger } from '../../src/ports/logger.ts';
import { redisUrl } from '../fixtures/offered.ts';
import type { Server } from '../fixtures/servers/child.ts';
import { findRedis } from '../fixtures/servers/find.ts';
import { startRedis } from '../fixtures/servers/redis.ts';

const clock = { now: () => new Date() };
const MINUTE = 60_000;

type Line = { level: string; message: string; fields: LogFields | undefined };

function recordingLogger(): Logger & { lines: Line[] } {
  const lines: Line[] = [];
  const at = (level: string) => (message: string, fields?: LogFields) => {
    lines.push({ level, message, fields });
  };
  return {
    lines,
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
  };
}

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function open(options: Partial<CacheOptions> & { redisUrl: string }) {
  const logger = recordingLogger();
  const opened = await createCache({ clock, logger, prefix: randomUUID(), ...options });
  cleanups.push(opened.close);
  return { ...opened, logger };
}

async function redis(port?: number): Promise<Server> {
  const server = await startRedis(port === undefined ? {} : { port });
  cleanups.push(() => server.stop());
  return server;
}

const status = (opened: Awaited<ReturnType<typeof open>>) => async () =>
  (await opened.part.health()).status;

const soon = { timeout: 15_000, interval: 20 };

describe.skipIf(!redisUrl)('processes that share a Redis (skipped without redis-server)', () => {
  it('allows exactly the limit among many concurrent requests of several', async () => {
    const shared = { redisUrl: redisUrl ?? '', prefix: randomUUID() };
    const opened = await Promise.all([open(shared), open(shared), open(shared)]);
    const decisions = await Promise.all(
      Array.from({ length: 600 }, (_, i) => {
        const limiter = opened[i % 3]?.limiter;
        return limiter?.take('everybody', { limit: 100, windowMs: MINUTE });
      }),
    );
    expect(decisions.filter((decision) => decision?.allowed)).toHaveLength(100);
    expect(new Set(decisions.map((decision) => decision?.remaining)).size).toBe(100);
    for (const each of opened) expect(await status(each)()).toBe('up');
  });

  it('reads and deletes what another one stored', async () => {
    const shared = { redisUrl: redisUrl ?? '', prefix: randomUUID() };
    const [one, other] = await Promise.all([open(shared), open(shared)]);
    await one.cache.set('key', { from: 'one' }, MINUTE);
    expect(await other.cache.get('key')).toEqual({ from: 'one' });
    await other.cache.delete('key');
    expect(await one.cache.get('key')).toBeUndefined();
  });

  it('keeps its keys apart from those of another prefix', async () => {
    const [one, other] = await Promise.all([
      open({ redisUrl: redisUrl ?? '' }),
      open({ redisUrl: redisUrl ?? '' }),
    ]);
    await one.cache.set('key', 'one', MINUTE);
    await one.limiter.take('client', { limit: 1, windowMs: MINUTE });
    expect(await other.cache.get('key')).toBeUndefined();
    const decision = await other.limiter.take('client', { limit: 1, windowMs: MINUTE });
    expect(decision.allowed).toBe(true);
  });
});

describe.skipIf(!findRedis())('a Redis that goes away (skipped without redis-server)', () => {
  it('is replaced by memory when it is killed, and used again when it is back', async () => {
    const server = await redis();
    const opened = await open({ redisUrl: server.url });
    const { cache, limiter, logger } = opened;
    await cache.set('before', 1, MINUTE);
    expect(await opened.part.health()).toEqual({ status: 'up', detail: 'Redis' });
    expect(logger.lines).toEqual([]);

    await server.kill('SIGKILL');
    await cache.set('while away', 2, MINUTE);
    expect(await cache.get('while away')).toBe(2);
    expect(await cache.get('before')).toBeUndefined();
    const rate = { limit: 1, windowMs: MINUTE };
    expect((await limiter.take('client', rate)).allowed).toBe(true);
    expect((await limiter.take('client', rate)).allowed).toBe(false);
    expect(await opened.part.health()).toEqual({
      status: 'degraded',
      detail: expect.stringMatching(
        /^Redis is away since \d{4}-.*Z \(.+\); using this process's memory\.$/,
      ),
    });

    await redis(server.port);
    await expect.poll(status(opened), soon).toBe('up');
    await cache.set('after', 3, MINUTE);
    expect(await cache.get('after')).toBe(3);
    // What was stored without Redis is not believed any more.
    expect(await cache.get('while away')).toBeUndefined();
    expect(logger.lines.map(({ level, message }) => [level, message])).toEqual([
      ['warn', "Redis is away, using this process's memory until it returns"],
      ['info', 'Redis is back'],
    ]);
  });

  it('does not bring back what was deleted or replaced while it hung', async () => {
    const server = await redis();
    const opened = await open({ redisUrl: server.url });
    for (const key of ['deleted', 'replaced', 'kept']) await opened.cache.set(key, 'old', MINUTE);

    await server.kill('SIGSTOP');
    await opened.cache.delete('deleted');
    await opened.cache.set('replaced', 'new', MINUTE);
    expect(await opened.cache.get('deleted')).toBeUndefined();
    expect(await opened.cache.get('replaced')).toBe('new');
    expect(await status(opened)()).toBe('degraded');

    await server.kill('SIGCONT');
    await expect.poll(status(opened), soon).toBe('up');
    expect(await opened.cache.get('deleted')).toBeUndefined();
    expect(await opened.cache.get('replaced')).not.toBe('old');
    expect(await opened.cache.get('kept')).toBe('old');
  });

  it('is noticed by the health check alone when it hangs', async () => {
    const server = await redis();
    const opened = await open({ redisUrl: server.url });
    await server.kill('SIGSTOP');
    expect(await opened.part.health()).toMatchObject({
      status: 'degraded',
      detail: expect.stringContaining('no answer in time'),
    });
    await server.kill('SIGCONT');
    await expect.poll(status(opened), soon).toBe('up');
  });

  it('is not blamed when this process was too busy to read its answer', async () => {
    const server = await redis();
    const opened = await open({ redisUrl: server.url });
    await opened.cache.set('key', 'value', MINUTE);
    const answer = opened.cache.get('key');
    // The question must be on its way before the event loop is blocked.
    await new Promise((resolve) => setImmediate(resolve));
    const until = performance.now() + 400;
    while (performance.now() < until);
    expect(await answer).toBe('value');
    expect(opened.logger.lines).toEqual([]);
  });

  it('does not answer anybody with an error when it vanishes amid many requests', async () => {
    const server = await redis();
    const opened = await open({ redisUrl: server.url });
    const requests = Array.from({ length: 500 }, async (_, i) => {
      await opened.cache.set(`key ${i}`, i, MINUTE);
      await opened.cache.get(`key ${i}`);
      await opened.cache.delete(`key ${i}`);
      return opened.limiter.take('client', { limit: 10, windowMs: MINUTE });
    });
    await Promise.all([server.kill('SIGKILL'), ...requests]);
    expect(await status(opened)()).toBe('degraded');
    expect(opened.logger.lines).toHaveLength(1);
  });

  it('may be away at the start and come later', async () => {
    const server = await redis();
    await server.kill('SIGKILL');
    const opened = await open({ redisUrl: server.url });
    expect(await opened.part.health()).toMatchObject({
      status: 'degraded',
      detail: expect.stringContaining('ECONNREFUSED'),
    });
    await opened.cache.set('key', 'value', MINUTE);
    expect(await opened.cache.get('key')).toBe('value');
    await redis(server.port);
    await expect.poll(status(opened), soon).toBe('up');
    expect(opened.logger.lines.map((line) => line.level)).toEqual(['warn', 'info']);
  });

  it('does not hold up the start when it accepts connections and says nothing', async () => {
    const mute = createServer(() => undefined);
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    cleanups.push(async () => mute.close());
    const address = mute.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const opened = await open({ redisUrl: `redis://127.0.0.1:${port}` });
    expect(await status(opened)()).toBe('degraded');
    await opened.cache.set('key', 'value', MINUTE);
    expect(await opened.cache.get('key')).toBe('value');
  });

  it('counts as away when it refuses our password, which is shown nowhere', async () => {
    const server = await redis();
    const opened = await open({
      redisUrl: server.url.replace('redis://', 'redis://somebody:hunter2secret@'),
    });
    const health = await opened.part.health();
    expect(health).toMatchObject({
      status: 'degraded',
      detail: expect.stringContaining('WRONGPASS'),
    });
    expect(JSON.stringify([health, opened.logger.lines])).not.toContain('hunter2secret');
  });

  it('counts as away while it refuses to write, and is used again when it does not', async () => {
    const server = await redis();
    const opened = await open({ redisUrl: server.url });
    const admin = new Redis(server.url);
    cleanups.push(async () => admin.disconnect());
    await admin.config('SET', 'maxmemory', '1');
    await opened.cache.set('key', 'value', MINUTE);
    expect(await opened.cache.get('key')).toBe('value');
    expect(await opened.part.health()).toMatchObject({
      status: 'degraded',
      detail: expect.stringContaining('(OOM)'),
    });
    await admin.config('SET', 'maxmemory', '0');
    await expect.poll(status(opened), soon).toBe('up');
    expect(opened.logger.lines.map((line) => line.level)).toEqual(['warn', 'info']);
  });

  it('is left alone after close, in whatever state it was', async () => {
    const server = await redis();
    const up = await open({ redisUrl: server.url });
    await up.close();
    await up.close();
    await server.kill('SIGKILL');
    const away = await open({ redisUrl: server.url });
    await away.close();
    await redis(server.port);
    await away.cache.set('key', 'value', MINUTE);
    expect(away.logger.lines).toHaveLength(1);
    expect(up.logger.lines).toEqual([]);
  });
});

it('refuses an address that cannot be read, without repeating it', async () => {
  const refused = open({ redisUrl: 'redis://user:hunter2secret@host:not-a-port' });
  await expect(refused).rejects.toThrow(/^REDIS_URL cannot be read/);
  await expect(refused).rejects.not.toThrow(/hunter2/);
});
