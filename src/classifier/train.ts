import { createHash } from 'node:crypto';
import { ACTIONS, CATEGORIES, SEVERITIES } from '../domain/taxonomy.ts';
import { fitTemperature, type HeldOut, type Judged, judge } from './calibration.ts';
import { buildVocabulary, type FeatureVector, type Vocabulary, vectorise } from './features.ts';
import { REPORT_LABELS, reportExamples } from './report-examples.ts';
import { type Example, type FoldedExample, type Head, scores, trainAveraged } from './softmax.ts';
import { isFewWords, type LabelledText, type Talk } from './training-set.ts';

/**
 * Even unheard voices were written by the same hands, and others draw the lines between categories a little
 * elsewhere. On texts of other origin the best temperature came out 32 to 40 % above the one fitted here, with
 * every setting tried, so confidence is lowered by as much.
 */
const OTHER_ORIGIN = 1.35;

/**
 * What each head decides, and over how many runs its weights are averaged: one run alone swings with the
 * order of the texts. Sixteen actions take most of the time and nobody asks how sure they are, so one will do.
 */
const HEADS = {
  category: { labels: CATEGORIES, runs: 3, doubt: OTHER_ORIGIN },
  severity: { labels: SEVERITIES, runs: 3, doubt: OTHER_ORIGIN },
  action: { labels: ACTIONS, runs: 1, doubt: OTHER_ORIGIN },
  report: { labels: REPORT_LABELS, runs: 3, doubt: 1 },
} as const;
export type HeadName = keyof typeof HEADS;
export const HEAD_NAMES = Object.keys(HEADS) as HeadName[];

export type CalibratedHead = Head & {
  temperature: number;
  /** Measured on voices that the head had not heard. */
  heldOut: Judged;
};

export type Model = {
  vocabulary: Vocabulary;
  heads: Record<HeadName, CalibratedHead>;
  trainedOn: { texts: number; hash: string; seed: number };
};

/** Features in one text only are its names and numbers: nothing to learn from. */
export const LEAST_TEXTS = 2;

/**
 * Confidence is calibrated on ways of speaking that were held out whole. Folds drawn at random would test on
 * texts like those learnt from and promise what no company's own alerts and people will keep.
 */
const HELD_OUT_VOICES: readonly (readonly LabelledText['voice'][])[] = [
  ['chat', 'support'],
  ['alertmanager', 'monitor', 'pager'],
  ['postmortem', 'log'],
];

export function trainModel(
  texts: readonly LabelledText[],
  talk: readonly Talk[],
  seed: number,
): Model {
  const vocabulary = buildVocabulary(vocabularyTexts(texts, talk), LEAST_TEXTS);
  const vectorOf = ({ text }: { text: string }) => vectorise(text, vocabulary);
  const vectors = texts.map(vectorOf);
  const train = (name: HeadName, examples: readonly FoldedExample[]) =>
    trainCalibrated(name, examples, vocabulary.index.size, seed);
  const byVoice = (name: 'category' | 'severity' | 'action') =>
    train(name, labelledExamples(name, texts, vectors));
  return {
    vocabulary,
    heads: {
      category: byVoice('category'),
      severity: byVoice('severity'),
      action: byVoice('action'),
      report: train('report', reportExamples(texts, vectors, talk, talk.map(vectorOf))),
    },
    trainedOn: { texts: texts.length + talk.length, hash: hashOf(texts, talk), seed },
  };
}

/** Short messages teach one head alone: their words among the rest would move all the others. */
export function vocabularyTexts(
  texts: readonly LabelledText[],
  talk: readonly Talk[],
): readonly string[] {
  return [...texts, ...talk.filter((said) => !isFewWords(said))].map(({ text }) => text);
}

function labelledExamples(
  name: 'category' | 'severity' | 'action',
  texts: readonly LabelledText[],
  vectors: readonly FeatureVector[],
): FoldedExample[] {
  const labels: readonly string[] = HEADS[name].labels;
  return texts.map((text, i) => ({
    vector: vectors[i] as FeatureVector,
    label: labels.indexOf(text[name]),
    fold: HELD_OUT_VOICES.findIndex((voices) => voices.includes(text.voice)),
  }));
}

function trainCalibrated(
  name: HeadName,
  examples: readonly FoldedExample[],
  columns: number,
  seed: number,
): CalibratedHead {
  const { labels, runs, doubt } = HEADS[name];
  const learn = (chosen: readonly Example[]) =>
    trainAveraged(labels, chosen, columns, { seed, runs });
  const folds = new Set(examples.map(({ fold }) => fold));
  const heldOut = [...folds].flatMap((held): HeldOut[] => {
    const head = learn(examples.filter(({ fold }) => fold !== held));
    return examples
      .filter(({ fold }) => fold === held)
      .map(({ vector, label }) => ({ scores: scores(head, vector), label }));
  });
  const temperature = fitTemperature(heldOut) * doubt;
  return { ...learn(examples), temperature, heldOut: judge(heldOut, temperature) };
}

function hashOf(texts: readonly LabelledText[], talk: readonly Talk[]): string {
  const hash = createHash('sha256');
  for (const { text, category, severity, action, voice } of texts) {
    hash.update(JSON.stringify([text, category, severity, action, voice])).update('\n');
  }
  for (const { text, voice } of talk) hash.update(JSON.stringify([text, voice])).update('\n');
  return hash.digest('hex');
}
