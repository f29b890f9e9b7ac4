import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeClaim } from '../../knowledge/chroma/claim.ts';
import { startChroma } from '../../knowledge/chroma/index.ts';
import { findCli, launchServer, serverCommand } from '../../knowledge/chroma/launch.ts';
import { type PackagedOptions, packagedPlace } from '../../knowledge/chroma/packaged.ts';
import { markOf } from '../../knowledge/chroma/process-mark.ts';
import { supervise } from '../../knowledge/chroma/supervise.ts';
import {
  atTheEnd,
  chromaRunsHere,
  clock,
  eventuallyUp,
  exists,
  freePort,
  idleProcess,
  otherServer,
  readPidFile,
  recordingLogger,
  soon,
  temporaryVarDir,
} from './chroma-harness.ts';

/** The supervisor with one of its tools replaced. */
function startWith(options: PackagedOptions) {
  const logger = recordingLogger();
  const find = packagedPlace(options);
  const chroma = supervise({ find, clock, logger, random: () => 0 });
  atTheEnd(() => chroma.close());
  return { ...chroma, logger };
}

async function start(varDir: string) {
  const chroma = await startChroma({ varDir, clock, logger: recordingLogger() });
  atTheEnd(() => chroma.close());
  return { ...chroma, health: () => chroma.part.health() };
}

const DEAD = { pid: 4_000_000, startedAs: 'long ago' };

describe.skipIf(!chromaRunsHere)(
  'the folder of the packaged Chroma server (skipped where its package has no build for this machine)',
  () => {
    it('is let go when the process that started the server is killed with -9', async () => {
      const folder = temporaryVarDir();
      const launch = serverCommand({ cli: findCli(), folder, port: await freePort() });
      const parent = spawn(
        process.execPath,
        [
          '-e',
          `const { command, args, options } = JSON.parse(process.argv[1]);
           const child = require('node:child_process').spawn(command, args, options);
           console.log(child.pid);`,
          JSON.stringify(launch),
        ],
        { stdio: ['ignore', 'pipe', 'ignore'] },
      );
      atTheEnd(() => parent.kill('SIGKILL'));
      const [line] = (await once(parent.stdout, 'data')) as [Buffer];
      const pid = Number(String(line));
      expect(exists(pid)).toBe(true);
      parent.kill('SIGKILL');
      await expect.poll(() => exists(pid), soon).toBe(false);
    });

    it('is taken over from a killed process, whose server is ended first', async () => {
      const varDir = temporaryVarDir();
      const folder = join(varDir, 'chroma');
      mkdirSync(folder);
      const port = await freePort();
      const leftover = launchServer({ cli: findCli(), folder, port });
      atTheEnd(() => leftover.stop());
      // One that hangs, so it does not notice that it is alone.
      process.kill(leftover.pid, 'SIGSTOP');
      const server = { ...markOf(leftover.pid), port };
      writeClaim(join(varDir, 'chroma.pid'), { owner: DEAD, server });

      const chroma = await start(varDir);
      await eventuallyUp(chroma.health);
      expect(exists(leftover.pid)).toBe(false);
      expect(readPidFile(varDir).server?.pid).not.toBe(leftover.pid);
    });

    it('is taken over without ending a process that has only got the same number', async () => {
      const varDir = temporaryVarDir();
      const innocent = idleProcess();
      const server = { pid: innocent.pid, startedAs: 'in another life', port: 1 };
      writeClaim(join(varDir, 'chroma.pid'), { owner: DEAD, server });
      const chroma = await start(varDir);
      await eventuallyUp(chroma.health);
      expect(exists(innocent.pid)).toBe(true);
    });

    it('is taken over when the pid file is damaged', async () => {
      const varDir = temporaryVarDir();
      writeFileSync(join(varDir, 'chroma.pid'), '{"owner":{"pid":1');
      const chroma = await start(varDir);
      await eventuallyUp(chroma.health);
    });

    it('is shared with the process that runs its server, and taken over when that is gone', async () => {
      const varDir = temporaryVarDir();
      const folder = join(varDir, 'chroma');
      mkdirSync(folder);
      const [owner, port] = [idleProcess(), await freePort()];
      const theirs = await otherServer(folder, port);
      const server = { ...markOf(theirs.pid), port };
      writeClaim(join(varDir, 'chroma.pid'), { owner: markOf(owner.pid), server });

      const chroma = await start(varDir);
      await eventuallyUp(chroma.health);
      expect(chroma.address()).toBe(`http://127.0.0.1:${port}`);
      expect((await chroma.health()).detail).toContain(`process ${owner.pid}`);

      owner.kill('SIGKILL');
      await theirs.stop();
      await expect.poll(chroma.health, soon).toMatchObject({ status: 'degraded' });
      await eventuallyUp(chroma.health);
      expect(chroma.address()).not.toBe(`http://127.0.0.1:${port}`);
    });

    it('is left to the other process while the server is only being started', async () => {
      const varDir = temporaryVarDir();
      writeClaim(join(varDir, 'chroma.pid'), { owner: markOf(idleProcess().pid) });
      const chroma = await start(varDir);
      await expect.poll(chroma.health, soon).toMatchObject({
        status: 'degraded',
        detail: expect.stringContaining('another Sitrep process on the same folder is starting it'),
      });
      await chroma.close();
      expect(readPidFile(varDir)).not.toHaveProperty('server');
    });

    it('is served on another port when the first was taken in between', async () => {
      const taken = await freePort();
      const stranger = await otherServer(temporaryVarDir(), taken);
      const free = await freePort();
      const ports = [taken, free];
      const chroma = startWith({
        varDir: temporaryVarDir(),
        freePort: async () => ports.shift() ?? free,
      });
      await expect.poll(() => chroma.address(), soon).toBe(`http://127.0.0.1:${free}`);
      expect(exists(stranger.pid)).toBe(true);
      // The stranger's heartbeat was never taken for ours.
      expect(chroma.logger.lines.map(({ message, fields }) => [message, fields?.port])).toEqual([
        ['Chroma is away, the knowledge is searched by words alone', undefined],
        ['Chroma is ready', free],
      ]);
    });
  },
);

describe('a packaged server that cannot run', () => {
  it('is tried once when its build for this machine is missing, and says what to do', async () => {
    const varDir = temporaryVarDir();
    const cli = join(varDir, 'cli.cjs');
    writeFileSync(cli, "require('chromadb-js-bindings-for-nowhere');\n");
    let launches = 0;
    const chroma = startWith({
      varDir,
      cli: () => cli,
      freePort: () => {
        launches += 1;
        return freePort();
      },
    });
    await expect.poll(() => chroma.health().detail, soon).toMatch(/npm install.*set CHROMA_URL/);
    expect(chroma.health().status).toBe('degraded');
    expect(chroma.logger.lines).toEqual([
      {
        level: 'warn',
        message: 'Chroma is away, the knowledge is searched by words alone',
        fields: { part: 'knowledge', code: 'config' },
      },
    ]);
    // It has ended for good: closing has nothing left to wait for.
    await chroma.close();
    expect(launches).toBe(1);
  });

  it('is tried again, and logged once, while it ends at its start', async () => {
    const varDir = temporaryVarDir();
    const cli = join(varDir, 'cli.cjs');
    writeFileSync(cli, 'process.exit(0);\n');
    let launches = 0;
    const chroma = startWith({
      varDir,
      cli: () => cli,
      freePort: () => {
        launches += 1;
        return freePort();
      },
    });
    await expect.poll(() => launches, soon).toBeGreaterThan(2);
    expect(chroma.health().detail).toContain('its server ended while it started');
    expect(chroma.logger.lines).toHaveLength(1);
  });

  it('says which folder it cannot write', async () => {
    const file = join(temporaryVarDir(), 'file');
    writeFileSync(file, '');
    const chroma = await start(file);
    await expect.poll(chroma.health, soon).toMatchObject({
      status: 'degraded',
      detail: expect.stringContaining(`the folder ${file} cannot be written`),
    });
  });
});
