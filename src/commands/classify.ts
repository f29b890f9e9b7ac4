import { z } from 'zod';
import { openReader } from '../compose.ts';
import { environment, loadConfig } from '../config.ts';
import { confidenceInWords, type TextTriage } from '../triage/index.ts';
import { type CommandLine, quietSurroundings, readArguments, WrongUse } from './command-line.ts';
import { readInput, readLines } from './read-input.ts';

const lineSchema = z.object({ id: z.union([z.string(), z.number()]), text: z.string() });

/** Triage without posting or storing; --fast stops at the first rung. */
export const runClassify: CommandLine = async (args) => {
  const { values, positionals } = readArguments({
    args,
    allowPositionals: true,
    options: {
      file: { type: 'string' },
      jsonl: { type: 'boolean', default: false },
      fast: { type: 'boolean', default: false },
    },
  });
  const { file, jsonl, fast } = values as { file?: string; jsonl: boolean; fast: boolean };
  if (positionals.length > 0 && (file !== undefined || jsonl)) {
    throw new WrongUse('Give the text, or a file to read it from, not both.');
  }
  if (jsonl) {
    const parse = (line: string) => lineSchema.parse(JSON.parse(line));
    const inputs = readLines(file ?? '-', parse, 'a JSON object with id and text');
    return withTriage(fast, async (triage) => {
      for (const { id, text } of inputs) {
        process.stdout.write(`${JSON.stringify(contractLine(id, await triage(text)))}\n`);
      }
    });
  }
  if (positionals.length === 0 && file === undefined && process.stdin.isTTY) {
    throw new WrongUse('There is no text to classify.');
  }
  const text = positionals.length > 0 ? positionals.join(' ') : readInput(file ?? '-');
  if (text.trim() === '') throw new WrongUse('There is no text to classify.');
  return withTriage(fast, async (triage) => {
    process.stdout.write(inWords(await triage(text)));
  });
};

async function withTriage(
  fastOnly: boolean,
  use: (triage: (text: string) => Promise<TextTriage>) => Promise<void>,
): Promise<number> {
  const reader = await openReader(loadConfig(environment()), quietSurroundings(), {
    modelAlone: fastOnly,
  });
  if (reader.without !== undefined) {
    process.stderr.write(`note: nothing is read beside the text. ${reader.without}\n`);
  }
  try {
    await use((text) => reader.brain.triageText(text, { fastOnly, source: 'command line' }));
    return 0;
  } finally {
    await reader.close();
  }
}

/** The shape that the escalation contract and scripts read. */
function contractLine(id: string | number, triage: TextTriage) {
  const { category, severity, confidence, probabilities, uncertainty, path } = triage;
  const { model_version, citations } = triage;
  return {
    id,
    category,
    severity,
    confidence,
    probabilities,
    uncertainty,
    path,
    model_version,
    citations,
  };
}

function inWords(triage: TextTriage): string {
  const percent = `${Math.round(triage.confidence * 100)} %`;
  const others = Object.entries(triage.probabilities)
    .sort(([, a], [, b]) => b - a)
    .slice(1, 3)
    .map(([category, p]) => `${category} ${Math.round(p * 100)} %`);
  const next = triage.detail.steps.slice(0, 3).map(({ text }) => ['next', text]);
  const lines = [
    ['category', triage.category],
    ['severity', triage.severity],
    ['confidence', `${confidenceInWords(triage)} (${percent}); else ${others.join(', ')}`],
    ['why', triage.because.join(', ') || 'no telling words'],
    ['against', triage.despite.join(', ') || 'nothing'],
    ...triage.citations.slice(0, 3).map(({ title }) => ['read', title]),
    ...next,
    ...triage.degraded.map((sentence) => ['degraded', sentence]),
    ['path', triage.path],
    ['model', triage.model_version],
  ];
  return lines.map(([name = '', value]) => `${name.padEnd(12)}${value}\n`).join('');
}
