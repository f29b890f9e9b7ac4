import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import {
  calibrationErrorByChance,
  expectedCalibrationError,
  type Model,
  reliability,
  trainModel,
  writeArtefact,
} from '../classifier/index.ts';
import { categorySchema, severitySchema } from '../domain/taxonomy.ts';
import type { Classifier } from '../ports/classifier.ts';
import { isSure } from '../triage/index.ts';
import { type CommandLine, packageRoot, readArguments, WrongUse } from './command-line.ts';
import {
  loadClassifier,
  loadModel,
  readTalk,
  readTrainingSet,
  shippedModelFile,
  trainingFolder,
} from './model-files.ts';
import { readLines } from './read-input.ts';

/** Fixed, so that the same texts make the same file, byte by byte. */
const SEED = 20_260_301;
const BINS = 15;

export const runModel: CommandLine = async ([verb = '', ...args]) => {
  switch (verb) {
    case 'train':
      return train(args);
    case 'evaluate':
      return evaluate(args);
    case 'status':
      return status(args);
    default:
      throw new WrongUse(`model ${verb} is none of train, evaluate, status.`);
  }
};

/** Learns from the project's texts and writes the model file; the same texts give the same file. */
async function train(args: string[]): Promise<number> {
  const root = packageRoot();
  const { values } = readArguments({
    args,
    options: {
      output: { type: 'string', default: shippedModelFile(root) },
      data: { type: 'string', default: trainingFolder(root) },
    },
  });
  const started = performance.now();
  const data = values.data as string;
  const model = trainModel(readTrainingSet(data), readTalk(data), SEED);
  const seconds = (performance.now() - started) / 1000;
  writeFileSync(values.output as string, writeArtefact(model));
  process.stdout.write(describe(model));
  process.stderr.write(`Trained in ${seconds.toFixed(1)} s and written to ${values.output}.\n`);
  return 0;
}

async function status(args: string[]): Promise<number> {
  readArguments({ args, options: {} });
  const { model, version } = loadModel(shippedModelFile(packageRoot()));
  process.stdout.write(`version   ${version}\n${describe(model)}`);
  return 0;
}

function describe({ heads, trainedOn }: Model): string {
  const rows = Object.entries(heads).map(
    ([name, { heldOut, labels }]) =>
      `${name.padEnd(10)}${String(labels.length).padStart(2)} labels, on voices not heard in training: accuracy ${heldOut.accuracy.toFixed(3)}, calibration error ${heldOut.calibrationError.toFixed(3)}\n`,
  );
  return `texts     ${trainedOn.texts}, hash ${trainedOn.hash.slice(0, 12)}\n${rows.join('')}`;
}

const labelledSchema = z.object({
  text: z.string(),
  category: categorySchema,
  second: categorySchema.nullish(),
  severity: z.union([severitySchema.transform((one) => [one]), z.array(severitySchema)]).optional(),
});
type Labelled = z.infer<typeof labelledSchema>;

/** Scores any labelled file: JSON lines with text and category, and if known `second` and severity. */
async function evaluate(args: string[]): Promise<number> {
  const { values } = readArguments({ args, options: { jsonl: { type: 'string' } } });
  if (values.jsonl === undefined) throw new WrongUse('--jsonl FILE says what to score.');
  const classifier = loadClassifier(shippedModelFile(packageRoot()));
  const parse = (line: string) => labelledSchema.parse(JSON.parse(line));
  const expected = 'a JSON object with text and a known category';
  const labelled = readLines(values.jsonl as string, parse, expected);
  process.stdout.write(score(classifier, labelled));
  return 0;
}

function score(classifier: Classifier, texts: readonly Labelled[]): string {
  const judged = texts.map((text) => {
    const verdict = classifier.classify(text.text);
    const right = verdict.category === text.category;
    const defensible = right || verdict.category === text.second;
    return { text, verdict, right, defensible, confidence: verdict.confidence };
  });
  const share = (part: readonly unknown[], whole: readonly unknown[]) =>
    whole.length === 0 ? 'n/a' : (part.length / whole.length).toFixed(3);
  const fast = judged.filter(({ verdict }) => isSure(verdict));
  const withSeverity = judged.filter(({ text }) => text.severity !== undefined);
  const bins = reliability(judged, BINS);
  const confidences = judged.map((one) => one.confidence);
  const byChance = calibrationErrorByChance(confidences, BINS);
  const lines = [
    ['texts', String(texts.length)],
    [
      'accuracy',
      share(
        judged.filter((one) => one.right),
        judged,
      ),
    ],
    [
      'accuracy counting the second label',
      share(
        judged.filter((one) => one.defensible),
        judged,
      ),
    ],
    ['expected calibration error', expectedCalibrationError(bins).toFixed(3)],
    ['  which perfect calibration would have', byChance.toFixed(3)],
    ['taken by the fast rung', share(fast, judged)],
    [
      'right among these',
      share(
        fast.filter((one) => one.defensible),
        fast,
      ),
    ],
    [
      'severity',
      share(
        withSeverity.filter(({ text, verdict }) => text.severity?.includes(verdict.severity)),
        withSeverity,
      ),
    ],
  ];
  const table = lines.map(([name = '', value]) => `${name.padEnd(40)}${value}\n`).join('');
  const rows = bins.map(
    ({ count, confidence, accuracy }) =>
      `${String(count).padStart(6)}${confidence.toFixed(3).padStart(12)}${accuracy.toFixed(3).padStart(10)}\n`,
  );
  return `${table}\n texts  confidence  accuracy\n${rows.join('')}`;
}
