import { createCache } from '../../adapters/cache/index.ts';
import { AppError } from '../domain/errors.ts';
import { AUDIENCES, type Audience, parseRca } from '../domain/rca.ts';
import { createLogger, createMetrics } from '../observability/index.ts';
import { createExplain } from '../rca/index.ts';
import { createIds, systemClock } from '../system.ts';
import { type CommandLine, readArguments, WrongUse } from './command-line.ts';
import { readInput } from './read-input.ts';

/** Puts a root cause analysis into plain words, from the data alone: nothing leaves this machine. */
export const runRca: CommandLine = async (args) => {
  const { values, positionals } = readArguments({
    args,
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      audience: { type: 'string', default: 'executive' },
    },
  });
  if (positionals.length > 1) throw new WrongUse('Give one file, or - for standard input.');
  const audience = AUDIENCES.find((name) => name === values.audience);
  if (audience === undefined) {
    throw new WrongUse(`--audience must be one of ${AUDIENCES.join(', ')}.`);
  }
  const [file] = positionals;
  if (file === undefined && process.stdin.isTTY) {
    throw new WrongUse('Give a file with the analysis, or pipe one in.');
  }
  const explanation = await explain(file ?? '-', audience);
  process.stdout.write(
    values.json
      ? `${JSON.stringify({ status: 'success', data: explanation }, null, 2)}\n`
      : `${explanation.explanation}\n`,
  );
  return 0;
};

async function explain(file: string, audience: Audience) {
  const rca = read(file);
  const clock = systemClock;
  const logger = createLogger({
    level: 'error',
    write: (line) => process.stderr.write(`${line}\n`),
    clock,
  });
  const { cache } = await createCache({ clock, logger });
  const { metrics } = createMetrics();
  const tell = createExplain({
    cache,
    cacheTtlMs: undefined,
    clock,
    logger,
    metrics,
    ids: createIds(clock),
  });
  return tell(rca, { audience });
}

/** The analysis alone, as its analyser answers it, or wrapped as the HTTP route takes it. */
function read(file: string) {
  const name = file === '-' ? 'standard input' : file;
  const text = readInput(file);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AppError('bad_request', `${name}${lineOf(text, cause)}: not valid JSON.`, { cause });
  }
  try {
    return parseRca(unwrapped(value));
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    throw new AppError(cause.code, `${name}: ${cause.message}`, { cause });
  }
}

function unwrapped(value: unknown): unknown {
  const isWrapped = value !== null && typeof value === 'object' && 'rcaData' in value;
  return isWrapped ? value.rcaData : value;
}

function lineOf(text: string, error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  const at = /position (\d+)/.exec(message)?.[1];
  if (at === undefined) return '';
  return `, line ${text.slice(0, Number(at)).split('\n').length}`;
}
