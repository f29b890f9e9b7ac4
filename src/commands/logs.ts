import { createReadStream } from 'node:fs';
import { environment, loadConfig } from '../config.ts';
import { AppError } from '../domain/errors.ts';
import {
  brokeFirst,
  createLogAnalysis,
  type LogAnalysis,
  type LogAnalysisResult,
  logAnalysisResultSchema,
  readLog,
  reportLogs,
  type Side,
  templateId,
} from '../logs/index.ts';
import { createRedactor } from '../safety/index.ts';
import { evidenceIn } from '../triage/index.ts';
import { type CommandLine, quietSurroundings, readArguments, WrongUse } from './command-line.ts';

const CHUNK = 256 * 1024;
const SHOWN = 5;
/** The store and the index of the knowledge take some 300 MB beside what a large log needs. */
const MOST_READ_BESIDE = 200_000;

/** Analyses a log file or standard input. Exit status 1 when it cannot be read. */
export const runLogs: CommandLine = async (args) => {
  const { values, positionals } = readArguments({
    args,
    options: {
      file: { type: 'string' },
      json: { type: 'boolean', default: false },
      assign: { type: 'boolean', default: false },
      baseline: { type: 'string' },
    },
    allowPositionals: true,
  });
  if (positionals.length > 0) throw new WrongUse(`Name the log with --file ${positionals[0]}.`);
  if (values.json && values.assign) throw new WrongUse('Give --json or --assign, not both.');
  const file = values.file ?? '-';
  if (file === '-' && values.baseline === '-') {
    throw new WrongUse('Standard input can be the log or the baseline, not both.');
  }
  if (values.file === undefined && process.stdin.isTTY) {
    throw new WrongUse('Give a log with --file, or pipe one in.');
  }
  const analysis = createLogAnalysis({
    assumedYear: new Date().getFullYear(),
    keepAssignments: values.assign,
  });
  if (values.baseline !== undefined) await readFrom(values.baseline, analysis, 'baseline');
  await readFrom(file, analysis, 'current');
  const collected = analysis.finish();
  if (collected.current.cut > 0) {
    process.stderr.write(`sitrep: lines cut after 65,536 characters: ${collected.current.cut}.
`);
  }
  // `sitrep logs … | head` closes our output early; the writes below answer to that.
  process.stdout.on('error', () => undefined);
  if (values.assign) {
    await writeAssignments(analysis);
    return 0;
  }
  const redactor = createRedactor();
  const result = await advised(reportLogs(collected, (text) => redactor.redact(text).text));
  if (values.json)
    await write(`${JSON.stringify(logAnalysisResultSchema.parse(result), null, 2)}\n`);
  else await write(summary(result));
  return 0;
};

/** With what the triage makes of it, as in the chat; without that, the analysis is all the same worth having. */
async function advised(result: LogAnalysisResult): Promise<LogAnalysisResult> {
  if (evidenceIn(result) === '') return result;
  const isLarge = result.lines.total > MOST_READ_BESIDE;
  try {
    // Loaded now: the product's whole code takes longer than most logs.
    const { openReader } = await import('../compose.ts');
    const reader = await openReader(loadConfig(environment()), quietSurroundings(), {
      modelAlone: isLarge,
    });
    try {
      if (isLarge) note(`There are more than ${MOST_READ_BESIDE} lines, which need the memory.`);
      if (reader.without !== undefined) note(reader.without);
      return await reader.brain.adviseOnLogs(result);
    } finally {
      await reader.close();
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    note(error.message);
    return result;
  }
}

function note(reason: string): void {
  process.stderr.write(`note: no runbooks were read. ${reason}\n`);
}

async function readFrom(path: string, analysis: LogAnalysis, side: Side): Promise<void> {
  const source = path === '-' ? process.stdin : createReadStream(path, { highWaterMark: CHUNK });
  try {
    await readLog(source, analysis, side);
  } catch (cause) {
    const name = path === '-' ? 'standard input' : path;
    if (cause instanceof AppError)
      throw new AppError(cause.code, `${name}: ${cause.message}`, { cause });
    const code = (cause as NodeJS.ErrnoException).code;
    throw new AppError(
      'bad_request',
      `${name} cannot be read: ${reasons[code ?? ''] ?? code ?? 'unknown reason'}.`,
      {
        cause,
      },
    );
  }
}

const reasons: Record<string, string> = {
  ENOENT: 'there is no such file',
  EACCES: 'the permission is missing',
  EISDIR: 'it is a folder',
};

async function writeAssignments(analysis: LogAnalysis): Promise<void> {
  const ids = new Map<object, string>();
  let block = '';
  for (const kind of analysis.assignments()) {
    let id = ids.get(kind);
    if (id === undefined) {
      id = templateId(kind.parts);
      ids.set(kind, id);
    }
    block += `${id}\n`;
    if (block.length < CHUNK) continue;
    if (!(await write(block))) return;
    block = '';
  }
  await write(block);
}

/** Waits for the reader on the other side, so that a slow one does not fill the memory; false when it has gone. */
function write(text: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => {
      if (!error) resolve(true);
      else if ((error as NodeJS.ErrnoException).code === 'EPIPE') resolve(false);
      else reject(error);
    });
  });
}

function summary(result: LogAnalysisResult): string {
  const { lines, span, anomalies, patterns } = result;
  const rows = [
    `${lines.total} lines, ${result.templates} kinds, ${lines.errors} errors${span ? `, ${span.from} to ${span.to}` : ''}`,
    `Severity: ${result.severity}`,
  ];
  const first = brokeFirst(anomalies);
  rows.push('', first ? `Broke first: ${first.description}` : 'Nothing stands out.');
  if (anomalies.length > 0)
    rows.push(
      '',
      'What stands out:',
      ...anomalies.slice(0, SHOWN).map(({ description }) => `  ${description}`),
    );
  rows.push(
    '',
    'Loudest:',
    ...patterns
      .slice(0, SHOWN)
      .map(({ count, template }) => `  ${String(count).padStart(8)}  ${template}`),
  );
  const fresh = patterns.filter(({ isNew }) => isNew);
  if (fresh.length > 0)
    rows.push(
      '',
      'New:',
      ...fresh
        .slice(0, SHOWN)
        .map(({ count, template }) => `  ${String(count).padStart(8)}  ${template}`),
    );
  if (result.suggestedActions.length > 0)
    rows.push('', 'Look at:', ...result.suggestedActions.map((action) => `  ${action}`));
  return `${rows.join('\n')}\n`;
}
