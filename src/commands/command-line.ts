import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ParseArgsConfig, parseArgs } from 'node:util';

/** Runs a command with the words behind its name; answers with the exit status. */
export type CommandLine = (args: string[]) => Promise<number>;

/** The words of the call are off: exit status 2. */
export class WrongUse extends Error {}

export function readArguments<Config extends ParseArgsConfig>(config: Config) {
  try {
    return parseArgs(config);
  } catch (error) {
    // Node's sentence names the option; its advice after the first full stop is about quoting.
    throw new WrongUse(`${String((error as Error).message).split('. ')[0]}.`);
  }
}

/** The folder with our package.json, whether this file runs from `src/` or from `dist/src/`. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (packageName(folder) !== 'sitrep') folder = dirname(folder);
  return folder;
}

export function packageVersion(root: string): string {
  return (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string })
    .version;
}

/** What the parts of the product want to know of where they run; a command says itself what there is to say. */
export function quietSurroundings() {
  const root = packageRoot();
  return { packageRoot: root, version: packageVersion(root), writeLog: () => undefined };
}

function packageName(folder: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name: string })
      .name;
  } catch {
    if (dirname(folder) === folder) throw new Error('package.json of sitrep was not found.');
    return undefined;
  }
}
