/**
 * Whether a message reports trouble: how much talk would be answered and how many reports heard, by threshold.
 * Once with the texts in five random parts, each judged by a head that learnt from the other four; once with
 * a third of the ways of speaking in few words unheard; once with whole kinds of talk and ways of reporting
 * unheard, all that is told alike at once, which is what the head is calibrated on and the worst case. The
 * signs were written with those texts in view. The last table is of texts that no head learnt from, though some
 * signs were mended after a first look at them, when 91 of 100 reports were heard and 17 of 100 talks answered.
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
import { LEAST_TEXTS, vocabularyTexts } from '../../src/classifier/train.ts';
import { isFewWords as isOfFewWords, type Talk } from '../../src/classifier/training-set.ts';
import {
  loadClassifier,
  readTalk,
  readTrainingSet,
  shippedModelFile,
  trainingFolder,
} from '../../src/commands/model-files.ts';
import { isReport } from '../../src/triage/is-report.ts';
import { isFewWords, signsOf } from '../../src/triage/report-signs.ts';
import { UNSEEN_REPORTS, UNSEEN_TALK } from './report-unseen.ts';

const PARTS = 5;
const TRAINING = { seed: 1, runs: 2 };
/** Of messages in few words: where trouble is told, where no sign says anything, where a sign speaks for talk. */
const THRESHOLDS = [
  [0.65, 0.65, 0.65],
  [0.1, 0.6, 0.97],
  [0.1, 0.7, 0.97],
  [0.1, 0.8, 0.97],
  [0.15, 0.7, 0.97],
  [0.2, 0.6, 0.97],
  [0.2, 0.7, 0.97],
  [0.2, 0.8, 0.97],
  [0.3, 0.7, 0.97],
  [0.5, 0.8, 0.97],
] as const;
const LEAST_OF_LONG = 0.65;

const THIRDS: readonly (readonly Talk['voice'][])[] = [
  ['symptom', 'seen', 'status', 'explaining', 'asking'],
  ['headline', 'cause', 'intention', 'pointing', 'story'],
  ['hurried', 'measured', 'hypothesis', 'courtesy', 'roundup'],
];

/** What a message is: written for this alone, talk or report, or long. */
type Kind = 'hard talk' | 'other talk' | 'short reports' | 'other reports';
type Judged = { text: string; kind: Kind; likelihood: number };

const KINDS: readonly Kind[] = ['hard talk', 'other talk', 'short reports', 'other reports'];
const REPORT = REPORT_LABELS.indexOf('report');

export function reportTable(): string {
  const folder = trainingFolder(resolve('.'));
  const texts = readTrainingSet(folder);
  const talk = readTalk(folder);
  const vocabulary = buildVocabulary(vocabularyTexts(texts, talk), LEAST_TEXTS);
  const columns = vocabulary.index.size;
  const vectorOf = ({ text }: { text: string }) => vectorise(text, vocabulary);
  const [vectors, talkVectors] = [texts.map(vectorOf), talk.map(vectorOf)];
  const textOf = new Map(vectors.map((vector, i) => [vector, texts[i]?.text ?? '']));
  const saidAs = new Map(talkVectors.map((vector, i) => [vector, talk[i] as Talk]));

  const byKind = reportExamples(texts, vectors, talk, talkVectors);
  const order = new Map([...new Set(byKind.map(({ vector }) => vector))].map((v, i) => [v, i]));
  const byChance = byKind.map((example) => ({
    ...example,
    fold: (order.get(example.vector) ?? 0) % PARTS,
  }));
  const byThird = byKind.map((example) => {
    const said = saidAs.get(example.vector);
    return {
      ...example,
      fold: said ? THIRDS.findIndex((voices) => voices.includes(said.voice)) : -1,
    };
  });
  const unheard = scoresHeldOut(byKind, columns);
  const temperature = fitTemperature(unheard);
  const tableOf = (title: string, rows: typeof unheard) => {
    // Talk counts several times in training, and once here.
    const once = [...new Map(rows.map((row) => [row.vector, row])).values()];
    return table(
      title,
      once.map(({ vector, label, scores }): Judged => {
        const said = saidAs.get(vector);
        const isHard = said !== undefined && isOfFewWords(said);
        const reports = isHard ? 'short reports' : 'other reports';
        const talks = isHard ? 'hard talk' : 'other talk';
        return {
          text: said?.text ?? textOf.get(vector) ?? '',
          kind: label === REPORT ? reports : talks,
          likelihood: softmax(scores, temperature)[REPORT] ?? 0,
        };
      }),
    );
  };
  return [
    tableOf('in random parts', scoresHeldOut(byChance, columns)),
    tableOf('a third of the voices of few words unheard', scoresHeldOut(byThird, columns)),
    tableOf('whole kinds unheard', unheard),
    table('nothing learnt from these, the shipped model', unseen()),
  ].join('\n');
}

/** Where an example's fold is -1 it is learnt from every time. */
function scoresHeldOut(examples: readonly FoldedExample[], columns: number) {
  const folds = new Set(examples.map(({ fold }) => fold).filter((fold) => fold !== -1));
  return [...folds].flatMap((held) => {
    const known = examples.filter(({ fold }) => fold !== held);
    const head = trainAveraged(REPORT_LABELS, known, columns, TRAINING);
    return examples
      .filter(({ fold }) => fold === held)
      .map(({ vector, label }) => ({ vector, label, scores: scores(head, vector) }));
  });
}

function unseen(): Judged[] {
  const classifier = loadClassifier(shippedModelFile(resolve('.')));
  const judge =
    (kind: Kind) =>
    (text: string): Judged => ({ text, kind, likelihood: classifier.reportLikelihood(text) });
  return [...UNSEEN_TALK.map(judge('hard talk')), ...UNSEEN_REPORTS.map(judge('short reports'))];
}

function table(title: string, judged: readonly Judged[]): string {
  const row = (name: string, isHeard: (one: Judged) => boolean) => {
    const shares = KINDS.map((kind) => {
      const all = judged.filter((one) => one.kind === kind);
      return all.length === 0 ? '-' : (all.filter(isHeard).length / all.length).toFixed(3);
    });
    return [name, ...shares].map((cell) => cell.padStart(16)).join('');
  };
  const rows = THRESHOLDS.map(([trouble, none, talk]) => {
    const least = { trouble, none, talk };
    return row([trouble, none, talk].join(' '), ({ text, likelihood }) => {
      return likelihood >= (isFewWords(text) ? least[signsOf(text)] : LEAST_OF_LONG);
    });
  });
  const shipped = row('as shipped', ({ text, likelihood }) =>
    isReport(text, false, { reportLikelihood: () => likelihood }),
  );
  const counts = KINDS.map((kind) => judged.filter((one) => one.kind === kind).length);
  const head = ['threshold', ...KINDS].map((name) => name.padStart(16)).join('');
  const sizes = ['messages', ...counts.map(String)].map((cell) => cell.padStart(16)).join('');
  return `${title}: the share answered\n${head}\n${sizes}\n${rows.join('\n')}\n${shipped}\n`;
}
