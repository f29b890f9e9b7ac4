import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { ChromaClient } from 'chromadb';
import { describe, expect, it } from 'vitest';
import { type ChromaOptions, startChroma } from '../../knowledge/chroma/index.ts';
import {
  atTheEnd,
  chromaRunsHere,
  clock,
  eventuallyUp,
  exists,
  freePort,
  otherServer,
  readPidFile,
  recordingLogger,
  soon,
  temporaryVarDir,
} from './chroma-harness.ts';

async function start(options: Partial<ChromaOptions> = {}) {
  const logger = recordingLogger();
  const varDir = options.varDir ?? temporaryVarDir();
  const chroma = await startChroma({ clock, logger, ...options, varDir });
  atTheEnd(() => chroma.close());
  return { ...chroma, logger, varDir, health: () => chroma.part.health() };
}

function clientOf(address: string | undefined): ChromaClient {
  const { hostname, port } = new URL(address ?? '');
  return new ChromaClient({ host: hostname, port: Number(port) });
}

function serverPid(varDir: string): number {
  return readPidFile(varDir).server?.pid ?? 0;
}

describe.skipIf(!chromaRunsHere)(
  'the packaged Chroma server (skipped where its package has no build for this machine)',
  () => {
    it('gets ready in the background, while the product goes on', async () => {
      const chroma = await start();
      expect(await chroma.health()).toEqual({
        status: 'degraded',
        detail: 'Chroma is starting. Meanwhile the knowledge is searched by words alone.',
      });
      expect(chroma.address()).toBeUndefined();
      expect(chroma.part).toMatchObject({ name: 'knowledge', needed: false });

      await eventuallyUp(chroma.health);
      expect(await clientOf(chroma.address()).heartbeat()).toBeGreaterThan(0);
      expect((await chroma.health()).detail).toMatch(
        /^Chroma is its packaged server, process \d+ on port \d+\.$/,
      );
      expect(chroma.logger.lines.map((line) => line.message)).toEqual(['Chroma is ready']);
    });

    it('comes back by itself with its data after kill -9, and says so in between', async () => {
      const chroma = await start();
      await eventuallyUp(chroma.health);
      const before = clientOf(chroma.address());
      const collection = await before.createCollection({
        name: 'runbooks',
        embeddingFunction: null,
      });
      await collection.add({
        ids: ['a', 'b'],
        embeddings: [
          [1, 0],
          [0, 1],
        ],
        documents: ['A', 'B'],
      });

      const pid = serverPid(chroma.varDir);
      process.kill(pid, 'SIGKILL');
      await expect.poll(chroma.health, soon).toMatchObject({
        status: 'degraded',
        detail: expect.stringMatching(
          /^Chroma is away since \d{4}-.*Z: .*searched by words alone\.$/,
        ),
      });
      expect(chroma.address()).toBeUndefined();

      await eventuallyUp(chroma.health);
      expect(serverPid(chroma.varDir)).not.toBe(pid);
      const after = await clientOf(chroma.address()).getCollection({ name: 'runbooks' });
      const found = await after.query({ queryEmbeddings: [[0.1, 0.9]], nResults: 1 });
      expect(found.ids).toEqual([['b']]);
      expect(chroma.logger.lines.map((line) => line.level)).toEqual(['info', 'warn', 'info']);
    });

    it('leaves no process and no pid file behind when it is closed', async () => {
      const chroma = await start();
      await eventuallyUp(chroma.health);
      const pid = serverPid(chroma.varDir);
      expect(exists(pid)).toBe(true);
      await chroma.close();
      expect(exists(pid)).toBe(false);
      expect(existsSync(join(chroma.varDir, 'chroma.pid'))).toBe(false);
      expect(chroma.address()).toBeUndefined();
      expect(await chroma.health()).toMatchObject({ status: 'degraded' });
      expect(chroma.logger.lines).toHaveLength(1);
    });

    it('may be closed at any moment of its start', async () => {
      for (const waitMs of [0, 5, 60, 120, 180]) {
        const chroma = await start();
        await new Promise((resolve) => setTimeout(resolve, waitMs));
        const pid = existsSync(join(chroma.varDir, 'chroma.pid')) ? serverPid(chroma.varDir) : 0;
        await chroma.close();
        if (pid > 0) expect(exists(pid)).toBe(false);
        expect(existsSync(join(chroma.varDir, 'chroma.pid'))).toBe(false);
      }
    });

    it('counts as away while it hangs', async () => {
      const chroma = await start();
      await eventuallyUp(chroma.health);
      const pid = serverPid(chroma.varDir);
      process.kill(pid, 'SIGSTOP');
      await expect.poll(chroma.health, soon).toMatchObject({
        status: 'degraded',
        detail: expect.stringContaining('no answer at http://127.0.0.1:'),
      });
      process.kill(pid, 'SIGCONT');
      await eventuallyUp(chroma.health);
      expect(serverPid(chroma.varDir)).toBe(pid);
    });
  },
);

describe.skipIf(!chromaRunsHere)(
  'a Chroma server that somebody else runs (skipped where there is none to start)',
  () => {
    it('is watched: away, up, away and up again, and never started by us', async () => {
      const [folder, port] = [temporaryVarDir(), await freePort()];
      const chroma = await start({ url: `http://somebody:hunter2secret@127.0.0.1:${port}` });
      await expect.poll(chroma.health, soon).toMatchObject({
        detail: expect.stringContaining(`no answer at http://127.0.0.1:${port}`),
      });

      const first = await otherServer(folder, port);
      await eventuallyUp(chroma.health);
      expect(await chroma.health()).toMatchObject({
        detail: `Chroma is at http://127.0.0.1:${port}.`,
      });
      await first.stop();
      await expect.poll(chroma.health, soon).toMatchObject({ status: 'degraded' });
      await otherServer(folder, port);
      await eventuallyUp(chroma.health);
      await chroma.close();

      expect(chroma.logger.lines.map((line) => line.level)).toEqual([
        'warn',
        'info',
        'warn',
        'info',
      ]);
      expect(JSON.stringify(chroma.logger.lines)).not.toContain('hunter2secret');
      expect(existsSync(join(chroma.varDir, 'chroma.pid'))).toBe(false);
    });
  },
);

describe('an address for Chroma', () => {
  it('at which something else answers counts as away', async () => {
    const server = createServer((_request, response) => response.end('{"hello":"world"}'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    atTheEnd(() => server.closeAllConnections());
    atTheEnd(() => server.close());
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const chroma = await start({ url: `http://127.0.0.1:${port}` });
    await expect
      .poll(chroma.health, soon)
      .toMatchObject({ status: 'degraded', detail: expect.stringContaining('no answer at') });
  });

  it('that cannot be read is refused, without repeating it', async () => {
    const refused = start({ url: 'http://user:hunter2secret@host:not-a-port' });
    await expect(refused).rejects.toThrow(/^CHROMA_URL cannot be read/);
    await expect(refused).rejects.not.toThrow(/hunter2/);
  });
});
