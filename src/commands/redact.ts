import { createRedactor } from '../safety/index.ts';
import { type CommandLine, readArguments, WrongUse } from './command-line.ts';
import { readInput } from './read-input.ts';

/** Shows what would leave: the text with placeholders; what was found goes to standard error. */
export const runRedact: CommandLine = async (args) => {
  const { positionals } = readArguments({ args, options: {}, allowPositionals: true });
  if (positionals.length > 1) throw new WrongUse('Give one file, or - for standard input.');
  const { text, found } = createRedactor().redact(readInput(positionals[0] ?? '-'));
  process.stdout.write(text);
  for (const { kind, count } of found) process.stderr.write(`${kind}: ${count}\n`);
  return 0;
};
