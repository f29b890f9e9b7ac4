import { z } from 'zod';
import { type Explainer, openExplainer, openNarrator } from '../compose.ts';
import { environment, loadConfig } from '../config.ts';
import { AppError } from '../domain/errors.ts';
import { AUDIENCES, type Audience, parseRca, type Rca } from '../domain/rca.ts';
import { type Explanation, explanationSchema } from '../rca/index.ts';
import { askProduct } from './ask-product.ts';
import { type CommandLine, quietSurroundings, readArguments, WrongUse } from './command-line.ts';
import { readInput } from './read-input.ts';

/** Puts a root cause analysis into plain words: by the configured model, or from the data alone. */
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
  const explanation = await explain(read(file ?? '-'), audience);
  if (explanation.degraded !== undefined) {
    process.stderr.write(`note: ${explanation.degraded}\n`);
  }
  process.stdout.write(
    values.json
      ? `${JSON.stringify({ status: 'success', data: explanation }, null, 2)}\n`
      : `${explanation.explanation}\n`,
  );
  return 0;
};

async function explain(rca: Rca, audience: Audience): Promise<Explanation> {
  const surroundings = quietSurroundings();
  const config = loadConfig(environment());
  try {
    return await explainWith(await openExplainer(config, surroundings), rca, audience);
  } catch (error) {
    // The running product has the embedded store, and with it the accounts of language models: it explains.
    if (!(error instanceof AppError) || error.code !== 'conflict') throw error;
  }
  try {
    const answer = await askProduct('POST', '/api/v1/mira/rca_analyze', { rcaData: rca, audience });
    return z.object({ data: explanationSchema }).parse(answer).data;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    process.stderr.write(`note: told from the data alone. ${error.message}\n`);
    return explainWith(await openNarrator(config, surroundings), rca, audience);
  }
}

async function explainWith(
  { explain: tell, close }: Explainer,
  rca: Rca,
  audience: Audience,
): Promise<Explanation> {
  try {
    return await tell(rca, { audience });
  } finally {
    await close();
  }
}

/** The analysis alone, as its analyser answers it, or wrapped as the HTTP route takes it. */
function read(file: string): Rca {
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
