import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect } from 'vitest';
import { findCli, launchServer } from '../../knowledge/chroma/launch.ts';
import type { LogFields, Logger } from '../../src/ports/logger.ts';

/** Its program loads the platform's build first, so any command tells whether that works. */
export const chromaRunsHere = (() => {
  try {
    return spawnSync(process.execPath, [findCli(), '--version'], { env: {} }).status === 0;
  } catch {
    return false;
  }
})();

export const clock = { now: () => new Date() };
export const soon = { timeout: 10_000, interval: 10 };

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});
export function atTheEnd(cleanup: () => unknown): void {
  cleanups.push(cleanup);
}

export function temporaryVarDir(): string {
  const path = mkdtempSync(join(tmpdir(), 'sitrep-chroma-'));
  atTheEnd(() => rmSync(path, { recursive: true, force: true, maxRetries: 5 }));
  return path;
}

type Line = { level: string; message: string; fields: LogFields | undefined };

export function recordingLogger(): Logger & { lines: Line[] } {
  const lines: Line[] = [];
  const at = (level: string) => (message: string, fields?: LogFields) => {
    lines.push({ level, message, fields });
  };
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

/** A server that is not the supervisor's. */
export async function otherServer(folder: string, port?: number) {
  const server = launchServer({ cli: findCli(), folder, port: port ?? (await freePort()) });
  atTheEnd(() => server.stop());
  return server;
}

/** A process that does nothing. */
export function idleProcess(): ChildProcess & { pid: number } {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 60000)'], {
    stdio: 'ignore',
  });
  atTheEnd(() => child.kill('SIGKILL'));
  if (child.pid === undefined) throw new Error('No process could be started.');
  return Object.assign(child, { pid: child.pid });
}

export function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A dead process whose parent did not collect it is not one any more.
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

export function readPidFile(varDir: string): { server?: { pid: number; port: number } } {
  return JSON.parse(readFileSync(join(varDir, 'chroma.pid'), 'utf8'));
}

export async function eventuallyUp(health: () => unknown): Promise<void> {
  await expect.poll(async () => health(), soon).toMatchObject({ status: 'up' });
}
