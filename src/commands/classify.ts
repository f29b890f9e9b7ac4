import { z } from 'zod';
import type { Verdict } from '../domain/triage.ts';
import { confidenceInWords } from '../triage/index.ts';
import { type CommandLine, packageRoot, readArguments, WrongUse } from './command-line.ts';
import { loadClassifier, shippedModelFile } from './model-files.ts';
import { readInput, readLines } from './read-input.ts';

const lineSchema = z.object({ id: z.union([z.string(), z.number()]), text: z.string() });

/** Triage without posting or storing. Only the first rung so far, so --fast changes nothing yet. */
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
  const { file, jsonl } = values as { file?: string; jsonl: boolean };
  if (positionals.length > 0 && (file !== undefined || jsonl)) {
    throw new WrongUse('Give the text, or a file to read it from, not both.');
  }
  const classify = () => loadClassifier(shippedModelFile(packageRoot()));
  if (jsonl) {
    const parse = (line: string) => lineSchema.parse(JSON.parse(line));
    const inputs = readLines(file ?? '-', parse, 'a JSON object with id and text');
    const classifier = classify();
    for (const { id, text } of inputs) {
      process.stdout.write(`${JSON.stringify(contractLine(id, classifier.classify(text)))}\n`);
    }
    return 0;
  }
  if (positionals.length === 0 && file === undefined && process.stdin.isTTY) {
    throw new WrongUse('There is no text to classify.');
  }
  const text = positionals.length > 0 ? positionals.join(' ') : readInput(file ?? '-');
  if (text.trim() === '') throw new WrongUse('There is no text to classify.');
  process.stdout.write(inWords(classify().classify(text)));
  return 0;
};

/** The shape that the escalation contract and scripts read. */
function contractLine(id: string | number, verdict: Verdict) {
  const { category, severity, confidence, probabilities, uncertainty, modelVersion } = verdict;
  return {
    id,
    category,
    severity,
    confidence,
    probabilities,
    uncertainty,
    path: 'fast',
    model_version: modelVersion,
    citations: [],
  };
}

function inWords(verdict: Verdict): string {
  const percent = `${Math.round(verdict.confidence * 100)} %`;
  const others = Object.entries(verdict.probabilities)
    .sort(([, a], [, b]) => b - a)
    .slice(1, 3)
    .map(([category, p]) => `${category} ${Math.round(p * 100)} %`);
  const lines = [
    ['category', verdict.category],
    ['severity', verdict.severity],
    ['confidence', `${confidenceInWords(verdict)} (${percent}); else ${others.join(', ')}`],
    ['why', verdict.because.join(', ') || 'no telling words'],
    ['against', verdict.despite.join(', ') || 'nothing'],
    ['model', verdict.modelVersion],
  ];
  return lines.map(([name = '', value]) => `${name.padEnd(12)}${value}\n`).join('');
}
