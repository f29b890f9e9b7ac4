import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { AppError } from '../../src/domain/errors.ts';
import { type Claim, dropClaim, isForeign, isOf, readClaim, writeClaim } from './claim.ts';
import { hasHeartbeat } from './heartbeat.ts';
import { findCli, isHopeless, type Launched, launchServer, notOnThisMachine } from './launch.ts';
import { pause } from './pause.ts';
import { type FindPlace, NEVER, type Place } from './place.ts';
import { isRunning, markOf, type ProcessMark } from './process-mark.ts';

export type PackagedOptions = {
  varDir: string;
  cli?: () => string;
  freePort?: () => Promise<number>;
};

/** Usually 0.2 s; a cold disk and a busy machine have taken seconds. */
const START_MS = 30_000;
const START_POLL_MS = 50;
/** Another Chroma server may have taken the port and be the one that answers; ours then ends within this. */
const CONFIRM_MS = 300;
/** Longer than any lapse between reading a claim and writing one, so that of two takers one is left. */
const SETTLE_MS = 100;
const LEFTOVER_MS = 3_000;
/** A server that hangs for so long will not recover. */
const OWN_PATIENCE_MS = 30_000;
/** The process that runs a shared server starts it on another port within about a second. */
const SHARED_PATIENCE_MS = 3_000;

/**
 * The server of the package `chromadb`, with its data in `var/chroma`. Only one server may work on that
 * folder: `var/chroma.pid` says whose it is. Another Sitrep process on the same `var/` uses the same server.
 */
export function packagedPlace(options: PackagedOptions): FindPlace {
  const { varDir, cli = findCli, freePort = anyFreePort } = options;
  const folder = join(varDir, 'chroma');
  const file = join(varDir, 'chroma.pid');

  return async (signal) => {
    // Its package has no build that its own program would load on Windows.
    if (process.platform === 'win32') throw notOnThisMachine();
    const program = cli();
    const owner = markOf(process.pid);
    const earlier = readClaim(file);
    if (earlier && isForeign(earlier, owner)) return sharedPlace(earlier);
    if (earlier?.server) await endLeftover(earlier.server, signal);
    // Looked at again in the same breath as it is written: meanwhile somebody else may have taken it.
    const latest = readClaim(file);
    if (latest && isForeign(latest, owner)) return sharedPlace(latest);
    orCannotWrite(varDir, () => {
      mkdirSync(folder, { recursive: true });
      writeClaim(file, { owner });
    });
    try {
      await pause(SETTLE_MS, signal);
      if (!isOf(readClaim(file), owner)) throw startedElsewhere();
      const port = await freePort();
      signal.throwIfAborted();
      const server = launchServer({ cli: program, folder, port });
      const leave = async () => {
        await server.stop();
        dropClaim(file, owner);
      };
      try {
        writeClaim(file, { owner, server: { ...markOf(server.pid), port } });
        const address = `http://127.0.0.1:${port}`;
        await untilReady(server, address, signal);
        return {
          address,
          described: `its packaged server, process ${server.pid} on port ${port}`,
          pid: server.pid,
          port,
          gone: server.gone,
          patienceMs: OWN_PATIENCE_MS,
          leave,
        };
      } catch (error) {
        await leave();
        throw error;
      }
    } catch (error) {
      dropClaim(file, owner);
      throw error;
    }
  };
}

function orCannotWrite(varDir: string, write: () => void): void {
  try {
    write();
  } catch (cause) {
    throw new AppError('unavailable', `the folder ${varDir} cannot be written`, { cause });
  }
}

function sharedPlace({ owner, server }: Claim): Place {
  if (!server) throw startedElsewhere();
  return {
    address: `http://127.0.0.1:${server.port}`,
    described: `the packaged server of Sitrep's process ${owner.pid}, on port ${server.port}`,
    port: server.port,
    gone: NEVER,
    patienceMs: SHARED_PATIENCE_MS,
    leave: async () => undefined,
  };
}

function startedElsewhere(): AppError {
  return new AppError('busy', 'another Sitrep process on the same folder is starting it');
}

/** Two servers would spoil each other's data. */
async function endLeftover(server: ProcessMark, signal: AbortSignal): Promise<void> {
  for (let waited = 0; isRunning(server); waited += START_POLL_MS) {
    if (waited >= LEFTOVER_MS) throw notEnded(server);
    try {
      process.kill(server.pid, 'SIGKILL');
    } catch (cause) {
      if (isRunning(server)) throw notEnded(server, cause);
    }
    await pause(START_POLL_MS, signal);
  }
}

function notEnded({ pid }: ProcessMark, cause?: unknown): AppError {
  return new AppError(
    'unavailable',
    `the server of an earlier run, process ${pid}, still runs and must be ended by hand`,
    { cause },
  );
}

async function untilReady(server: Launched, address: string, signal: AbortSignal): Promise<void> {
  const ended = new AbortController();
  const stop = () => ended.abort();
  signal.addEventListener('abort', stop, { once: true });
  const complaint = server.gone.finally(stop);
  try {
    for (let waited = 0; waited < START_MS; waited += START_POLL_MS) {
      if (signal.aborted) throw new AppError('unavailable', 'it was stopped while it started');
      if (ended.signal.aborted) throw whyEnded(await complaint);
      if (await hasHeartbeat(address, ended.signal)) {
        await pause(CONFIRM_MS, ended.signal);
        if (!ended.signal.aborted) return;
      }
      await pause(START_POLL_MS, ended.signal);
    }
  } finally {
    signal.removeEventListener('abort', stop);
  }
  throw new AppError('timeout', `its server gave no answer within ${START_MS / 1_000} s`);
}

function whyEnded(complaint: string): AppError {
  if (isHopeless(complaint)) return notOnThisMachine(new Error(complaint));
  // A port that was taken in between is the usual reason; the next try takes another.
  return new AppError('unavailable', 'its server ended while it started');
}

function anyFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
