/** How long the first rung takes for one text: reading it, three heads, thirty dropout passes, reasons. */
import { resolve } from 'node:path';
import {
  loadClassifier,
  readTrainingSet,
  shippedModelFile,
  trainingFolder,
} from '../../src/commands/model-files.ts';
import { milliseconds, percentile, printTable } from './statistics.ts';

const TEXTS = 3_000;
const WARM_UP = 300;

const root = resolve('.');
const classifier = loadClassifier(shippedModelFile(root));
const texts = readTrainingSet(trainingFolder(root)).map(({ text }) => text);
const long = texts.slice(0, 40).join('\n');

function measure(inputs: readonly string[]): number[] {
  return inputs.map((text) => {
    const started = performance.now();
    classifier.classify(text);
    return performance.now() - started;
  });
}

measure(texts.slice(0, WARM_UP));
const row = (name: string, latencies: readonly number[]) => [
  name,
  ...[0.5, 0.95, 0.99].map((share) => milliseconds(percentile(latencies, share))),
];
printTable([
  ['', 'p50', 'p95', 'p99'],
  row(`${TEXTS} incident texts`, measure(texts.slice(0, TEXTS))),
  row(`a text of ${long.length} characters`, measure(Array(200).fill(long))),
]);
