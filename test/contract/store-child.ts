import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const hooks = new URL('./store-child-hooks.mjs', import.meta.url);
const main = new URL('./store-child-main.ts', import.meta.url);

/** Another process that opens the embedded store in this folder, says how that went, and then writes. */
export type StoreProcess = {
  pid: number;
  /** The next line it prints. */
  next(): Promise<string>;
  kill(): Promise<void>;
};

export function startStoreProcess(varDir: string): StoreProcess {
  const child: ChildProcess = spawn(
    process.execPath,
    ['--import', hooks.href, fileURLToPath(main), varDir],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const { stdout, pid } = child;
  if (stdout === null || pid === undefined) throw new Error('The process did not start.');
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  return {
    pid,
    next: async () => String((await lines.next()).value),
    async kill() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
    },
  };
}
