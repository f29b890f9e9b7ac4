import { createHash } from 'node:crypto';
import { ACTIONS, CATEGORIES, SEVERITIES } from '../domain/taxonomy.ts';
import {
  expectedCalibrationError,
  fitTemperature,
  type HeldOut,
  type ReliabilityBin,
  reliability,
} from './calibration.ts';
import { buildVocabulary, type FeatureVector, type Vocabulary, vectorise } from './features.ts';
import { seededRandom } from './random.ts';
import { type Head, scores, softmax, trainHead } from './softmax.ts';
import type { LabelledText } from './training-set.ts';

/** What each head decides, and from which label of a text it learns. */
const HEADS = {
  category: { labels: CATEGORIES, labelOf: (text: LabelledText) => text.category },
  severity: { labels: SEVERITIES, labelOf: (text: LabelledText) => text.severity },
  action: { labels: ACTIONS, labelOf: (text: LabelledText) => text.action },
} as const;
export type HeadName = keyof typeof HEADS;
export const HEAD_NAMES = Object.keys(HEADS) as HeadName[];

export type CalibratedHead = Head & {
  temperature: number;
  /** Measured on voices that the head had not heard. */
  heldOut: { accuracy: number; calibrationError: number; reliability: ReliabilityBin[] };
};

export type Model = {
  vocabulary: Vocabulary;
  heads: Record<HeadName, CalibratedHead>;
  trainedOn: { texts: number; hash: string; seed: number };
};

/** Features in one text only are its names and numbers: nothing to learn from. */
const LEAST_TEXTS = 2;
const BINS = 10;
const TRAINING = { epochs: 12, rate: 0.2, decay: 1e-5, dropout: 0.3 };

/**
 * Confidence is calibrated on ways of speaking that were held out whole. Folds drawn at random would test on
 * texts like those learnt from and promise what no company's own alerts and people will keep.
 */
const HELD_OUT_VOICES: readonly (readonly LabelledText['voice'][])[] = [
  ['chat', 'support'],
  ['alertmanager', 'monitor', 'pager'],
  ['postmortem', 'log'],
];

/**
 * Even unheard voices were written by the same hands. On texts of other origin the best temperature came out
 * 9 to 16 % above the one fitted here, with every setting tried, so confidence is lowered by as much.
 */
const OTHER_ORIGIN = 1.12;

export function trainModel(texts: readonly LabelledText[], seed: number): Model {
  const vocabulary = buildVocabulary(
    texts.map((text) => text.text),
    LEAST_TEXTS,
  );
  const vectors = texts.map((text) => vectorise(text.text, vocabulary));
  const train = (name: HeadName) => trainCalibrated(name, texts, vectors, vocabulary, seed);
  return {
    vocabulary,
    heads: { category: train('category'), severity: train('severity'), action: train('action') },
    trainedOn: { texts: texts.length, hash: hashOf(texts), seed },
  };
}

function trainCalibrated(
  name: HeadName,
  texts: readonly LabelledText[],
  vectors: readonly FeatureVector[],
  vocabulary: Vocabulary,
  seed: number,
): CalibratedHead {
  const labels: readonly string[] = HEADS[name].labels;
  const examples = texts.map((text, i) => ({
    voice: text.voice,
    vector: vectors[i] as FeatureVector,
    label: labels.indexOf(HEADS[name].labelOf(text)),
  }));
  const learn = (chosen: typeof examples) =>
    trainHead(labels, chosen, vocabulary.index.size, { ...TRAINING, random: seededRandom(seed) });
  const heldOut = HELD_OUT_VOICES.flatMap((voices): HeldOut[] => {
    const unheard = examples.filter((example) => voices.includes(example.voice));
    const head = learn(examples.filter((example) => !voices.includes(example.voice)));
    return unheard.map(({ vector, label }) => ({ scores: scores(head, vector), label }));
  });
  const temperature = fitTemperature(heldOut) * OTHER_ORIGIN;
  return { ...learn(examples), temperature, heldOut: judge(heldOut, temperature) };
}

function judge(heldOut: readonly HeldOut[], temperature: number): CalibratedHead['heldOut'] {
  const answers = heldOut.map((one) => {
    const probabilities = softmax(one.scores, temperature);
    const confidence = Math.max(...probabilities);
    return { confidence, right: probabilities.indexOf(confidence) === one.label };
  });
  const bins = reliability(answers, BINS);
  return {
    accuracy: answers.filter((answer) => answer.right).length / answers.length,
    calibrationError: expectedCalibrationError(bins),
    reliability: bins,
  };
}

function hashOf(texts: readonly LabelledText[]): string {
  const hash = createHash('sha256');
  for (const { text, category, severity, action, voice } of texts) {
    hash.update(JSON.stringify([text, category, severity, action, voice])).update('\n');
  }
  return hash.digest('hex');
}
