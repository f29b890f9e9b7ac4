import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** One process, told apart from a later one that got the same number. */
export const processMarkSchema = z.object({
  pid: z.number().int().positive(),
  startedAs: z.string().min(1),
});
export type ProcessMark = z.infer<typeof processMarkSchema>;

/** Matches no running process. */
const UNKNOWN = 'unknown';

export function markOf(pid: number): ProcessMark {
  return { pid, startedAs: startOf(pid) ?? UNKNOWN };
}

export function isRunning(mark: ProcessMark): boolean {
  return startOf(mark.pid) === mark.startedAs;
}

/** When the process started; undefined when there is none, or nothing but the entry of a dead one. */
function startOf(pid: number): string | undefined {
  try {
    return process.platform === 'linux' ? startOnLinux(pid) : startByPs(pid);
  } catch {
    return undefined;
  }
}

function startOnLinux(pid: number): string | undefined {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field is the program's name, which may hold blanks and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // The third field of proc(5) is the state, the 22nd the start in ticks since the boot. In a container
  // nobody may collect a dead orphan, so it stays as a zombie.
  const [state, ticks] = [fields[0], fields[19]];
  if (state === 'Z' || state === 'X' || ticks === undefined) return undefined;
  return `${bootId()}/${ticks}`;
}

function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}

function startByPs(pid: number): string | undefined {
  const started = execFileSync('/bin/ps', ['-o', 'lstart=', '-p', String(pid)], {
    encoding: 'utf8',
    env: { LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 2_000,
  });
  return started.trim() || undefined;
}
