import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../src/domain/errors.ts';

export type Launched = {
  pid: number;
  /** Settles when the process is gone, with what it complained about before. */
  gone: Promise<string>;
  /** Asks it to end, insists after a while, and waits until it is gone. */
  stop(): Promise<void>;
};

export type Launch = {
  /** The `chroma` program of the package `chromadb`. */
  cli: string;
  folder: string;
  port: number;
};

const INSIST_MS = 2_000;
const COMPLAINT_LENGTH = 4_000;

/**
 * Runs the program, and ends it when its standard input ends: that happens when this process is gone, even
 * by `kill -9`, and then an orphan must not go on writing to the folder. The program blocks the main thread
 * for good, so a second thread listens; as that one is blocked, too, an orderly exit would wait for it for
 * ever. Handed over as text, because it must run from sources and compiled.
 */
const RUN_WITH_LIFELINE = `
const { Worker } = require('node:worker_threads');
const lifeline = new Worker(\`
  const { readSync } = require('node:fs');
  try { while (readSync(0, Buffer.alloc(1)) > 0); } finally { process.kill(process.pid, 'SIGKILL'); }
\`, { eval: true });
process.once('exit', () => process.kill(process.pid, 'SIGKILL'));
lifeline.once('online', () => {
  lifeline.unref();
  import(require('node:url').pathToFileURL(process.argv[1])).catch((error) => {
    require('node:fs').writeSync(2, require('node:util').inspect(error));
    process.exit(1);
  });
});
`;

export function serverCommand({ cli, folder, port }: Launch) {
  return {
    command: process.execPath,
    args: [
      ...['-e', RUN_WITH_LIFELINE, '--', cli, 'run'],
      ...['--path', folder, '--host', '127.0.0.1', '--port', String(port)],
    ],
    options: {
      // None of our secrets, and nothing that would configure it: CHROMA_* overrides its settings (Kubernetes
      // sets CHROMA_PORT for a service of that name), OTEL_* could make it report to somebody.
      env: {},
      // Ctrl-C is for us: the server ends after the work that still needs it.
      detached: true,
      stdio: ['pipe', 'ignore', 'pipe'] as ['pipe', 'ignore', 'pipe'],
    },
  };
}

export function launchServer(launch: Launch): Launched {
  const { command, args, options } = serverCommand(launch);
  const child = spawn(command, args, options);
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-COMPLAINT_LENGTH);
  });
  // Writing to a server that is gone is nobody's fault.
  child.stdin.on('error', () => undefined);
  const gone = new Promise<string>((resolve) => {
    child.once('close', () => resolve(complaint));
    child.once('error', (error) => resolve(error.message));
  });
  return {
    pid: child.pid ?? 0,
    gone,
    async stop() {
      child.kill('SIGTERM');
      const insist = setTimeout(() => child.kill('SIGKILL'), INSIST_MS);
      await gone;
      clearTimeout(insist);
    },
  };
}

/** Says whether trying again would help, from what the program complained about at its end. */
export function isHopeless(complaint: string): boolean {
  return /ERR_DLOPEN_FAILED|MODULE_NOT_FOUND|Unsupported (architecture|platform|Windows)/.test(
    complaint,
  );
}

export function notOnThisMachine(cause?: unknown): AppError {
  return new AppError(
    'config',
    `the packaged server does not run here (${process.platform} ${process.arch}): install the optional package chromadb-js-bindings for this system with npm install, or start a Chroma server elsewhere and set CHROMA_URL`,
    { retryable: false, cause },
  );
}

export function findCli(): string {
  try {
    // Its package.json is not exported, but its main module is, a few folders below.
    const main = createRequire(import.meta.url).resolve('chromadb');
    const root = packageRoot(dirname(main));
    const { bin } = manifest.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
    return join(root, bin.chroma);
  } catch (error) {
    throw notOnThisMachine(error);
  }
}

const manifest = z.object({ bin: z.object({ chroma: z.string() }) });

function packageRoot(folder: string): string {
  const parent = dirname(folder);
  if (folder === parent || folder.endsWith('chromadb')) return folder;
  return packageRoot(parent);
}
