/**
 * Whether a message reports trouble: how much talk would be answered and how many reports heard, by threshold.
 * Once with the texts in five random parts, each judged by a head that learnt from the other four; once with
 * whole kinds of talk and ways of reporting unheard, which is what the head is calibrated on and the worst case.
 */
import { resolve } from 'node:path';
import { fitTemperature } from '../../src/classifier/calibration.ts';
import { buildVocabulary, vectorise } from '../../src/classifier/features.ts';
import { REPORT_LABELS, reportExamples } from '../../src/classifier/report-examples.ts';
import {
  type FoldedExample,
  scores,
  softmax,
  trainAveraged,
} from '../../src/classifier/softmax.ts';
import { readTalk, readTrainingSet, trainingFolder } from '../../src/commands/model-files.ts';

const PARTS = 5;
const TRAINING = { seed: 1, runs: 2 };
const THRESHOLDS = [0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.83, 0.9, 0.95];

type Judged = { report: boolean; short: boolean; likelihood: number };

const REPORT = REPORT_LABELS.indexOf('report');

export function reportTable(): string {
  const folder = trainingFolder(resolve('.'));
  const texts = readTrainingSet(folder);
  const talk = readTalk(folder);
  const vocabulary = buildVocabulary(
    [...texts, ...talk].map(({ text }) => text),
    2,
  );
  const vectorOf = ({ text }: { text: string }) => vectorise(text, vocabulary);
  const talkVectors = talk.map(vectorOf);
  const short = new Set(talkVectors.filter((_, i) => talk[i]?.voice === 'report'));
  const byKind = reportExamples(texts, texts.map(vectorOf), talk, talkVectors);
  const order = new Map([...new Set(byKind.map(({ vector }) => vector))].map((v, i) => [v, i]));
  const byChance = byKind.map((example) => ({
    ...example,
    fold: (order.get(example.vector) ?? 0) % PARTS,
  }));
  const unheard = scoresHeldOut(byKind, vocabulary.index.size);
  const temperature = fitTemperature(unheard);
  const tableOf = (title: string, rows: typeof unheard) => {
    // Talk counts several times in training, and once here.
    const once = new Map(rows.map((row) => [row.vector, row]));
    return table(
      title,
      [...once.values()].map((row) => ({
        report: row.label === REPORT,
        short: short.has(row.vector),
        likelihood: softmax(row.scores, temperature)[REPORT] ?? 0,
      })),
    );
  };
  const parts = tableOf('in random parts', scoresHeldOut(byChance, vocabulary.index.size));
  return `${parts}\n${tableOf('whole kinds unheard', unheard)}`;
}

function scoresHeldOut(examples: readonly FoldedExample[], columns: number) {
  return [...new Set(examples.map(({ fold }) => fold))].flatMap((held) => {
    const known = examples.filter(({ fold }) => fold !== held);
    const head = trainAveraged(REPORT_LABELS, known, columns, TRAINING);
    return examples
      .filter(({ fold }) => fold === held)
      .map(({ vector, label }) => ({ vector, label, scores: scores(head, vector) }));
  });
}

function table(title: string, judged: readonly Judged[]): string {
  const share = (of: readonly Judged[], least: number) =>
    of.filter(({ likelihood }) => likelihood >= least).length / of.length;
  const talk = judged.filter(({ report }) => !report);
  const reports = judged.filter(({ report }) => report);
  const short = judged.filter((one) => one.short);
  const rows = THRESHOLDS.map((least) => {
    const [answered, heard] = [share(talk, least), share(reports, least)];
    const numbers = [least, answered, heard, share(short, least), heard / (heard + answered)];
    return numbers.map((number) => number.toFixed(3).padStart(16)).join('');
  });
  const head = ['threshold', 'talk answered', 'reports heard', 'short ones', 'precision 1:1'];
  const counts = `${talk.length} pieces of talk, ${reports.length} reports, ${short.length} of them short`;
  return `${title}: ${counts}\n${head.map((name) => name.padStart(16)).join('')}\n${rows.join('\n')}\n`;
}
