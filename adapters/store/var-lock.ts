import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, realpath, rename, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { AppError } from '../../src/domain/errors.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { type Answer, ask } from './var-lock-ask.ts';

export type VarLock = { release(): Promise<void> };

/** A socket's path fits in 104 bytes on macOS and 108 on Linux; ours adds about 20 to the folder. */
const MOST_BYTES = 75;
/** A rival decides within milliseconds; one that has not after some seconds is stuck. */
const MOST_QUESTIONS = 200;
const BETWEEN_QUESTIONS_MS = 20;
/** Whoever asked and has not hung up by then is stuck. */
const HANG_UP_MS = 500;
/** File systems that cannot hold a socket, such as a Windows drive in WSL, fail with one of these. */
const NO_SOCKETS = new Set(['ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EPERM', 'EINVAL']);

/**
 * Makes sure that this process alone uses the folder, also against processes in other containers that
 * share it. The kernel closes a socket with its process, so a holder that was killed leaves nothing behind
 * but a file that nobody answers at.
 *
 * Everybody listens at a socket of their own before looking at the others'. So of two that start at once at
 * least one sees the other, and a name is never used twice, which makes removing a dead one safe. Of rivals
 * the one with the lower name waits for what the other decides; the other yields.
 */
export async function takeVarLock(varDir: string, clock: Clock): Promise<VarLock> {
  const self = { pid: process.pid, startedAt: clock.now().toISOString(), holding: false };
  if (process.platform === 'win32') return takePipe(varDir, self);

  const name = `${randomBytes(6).toString('hex')}.sock`;
  const { folder, answering } = await listenIn(await lockFolders(varDir), `${name}.new`, self);
  const release = async () => {
    await rm(join(folder, name), { force: true });
    await answering.stop();
  };
  try {
    // Under its name only once it is answered: before that it would look dead.
    await rename(join(folder, `${name}.new`), join(folder, name));
    for (const other of await readdir(folder)) {
      if (other.endsWith('.sock') && other !== name) await outlive(folder, other, name, varDir);
    }
    self.holding = true;
    return { release };
  } catch (error) {
    await release();
    throw error;
  }
}

/** Returns when the other is gone, throws when the folder is the other's. */
async function outlive(folder: string, other: string, name: string, varDir: string) {
  for (let asked = 1; ; asked++) {
    const answer = await ask(join(folder, other));
    if (answer === 'dead') {
      await rm(join(folder, other), { force: true });
      return;
    }
    const undecided = answer !== 'silent' && !answer.holding && name < other;
    if (!undecided || asked === MOST_QUESTIONS) throw taken(varDir, answer);
    await setTimeout(BETWEEN_QUESTIONS_MS);
  }
}

/** Beside the data; else in the system's folder for temporary files, under a name that only these data have. */
async function lockFolders(varDir: string): Promise<string[]> {
  const beside = join(varDir, 'lock');
  const elsewhere = join(tmpdir(), `sitrep-lock-${await hashOf(varDir)}`);
  return Buffer.byteLength(beside) <= MOST_BYTES ? [beside, elsewhere] : [elsewhere];
}

/** In the first folder that can hold a socket: the same one for everybody who asks. */
async function listenIn(folders: string[], name: string, self: Self) {
  for (const folder of folders) {
    await mkdir(folder, { recursive: true });
    try {
      return { folder, answering: await listen(join(folder, name), self) };
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (!NO_SOCKETS.has(code) || folder === folders.at(-1)) throw error;
    }
  }
  throw new Error('There is no folder to listen in.');
}

async function hashOf(varDir: string): Promise<string> {
  return createHash('sha256')
    .update(await realpath(varDir))
    .digest('hex')
    .slice(0, 16);
}

/** Windows gives a pipe's name to one server only and takes it back with the process. */
async function takePipe(varDir: string, self: Self): Promise<VarLock> {
  const hash = createHash('sha256')
    .update(await realpath(varDir))
    .digest('hex')
    .slice(0, 32);
  const pipe = `\\\\.\\pipe\\sitrep-${hash}`;
  self.holding = true;
  try {
    const answering = await listen(pipe, self);
    return { release: () => answering.stop() };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw taken(varDir, await ask(pipe));
  }
}

type Self = { pid: number; startedAt: string; holding: boolean };

type Answering = { stop(): Promise<void> };

/** Tells everybody who connects who we are, in a line of JSON. Nobody who asks keeps the process alive. */
function listen(path: string, self: Self): Promise<Answering> {
  const asking = new Set<Socket>();
  return new Promise((resolve, reject) => {
    const server = createServer((socket: Socket) => {
      asking.add(socket.unref());
      socket.on('error', () => undefined);
      socket.on('close', () => asking.delete(socket));
      socket.end(`${JSON.stringify(self)}\n`);
    });
    const stop = () =>
      new Promise<void>((stopped) => {
        server.close(() => stopped());
        // Awaited from here on: with nothing else to do, the process would end in the middle of stopping.
        for (const socket of asking) {
          socket.ref();
          socket.setTimeout(HANG_UP_MS, () => socket.destroy());
        }
      });
    server.unref();
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      server.on('error', () => undefined);
      resolve({ stop });
    });
  });
}

function taken(varDir: string, answer: Answer): AppError {
  const who =
    typeof answer === 'string' ? '' : ` (process ${answer.pid}, since ${answer.startedAt})`;
  return new AppError(
    'conflict',
    `Another Sitrep${who} is using ${varDir}. Stop it, or set SITREP_VAR_DIR to another folder.`,
  );
}
