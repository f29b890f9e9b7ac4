import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CONTRACT_THRESHOLDS,
  createLinearModel,
  type LabelledText,
  parseTalk,
  parseTrainingSet,
  type ReadModel,
  readArtefact,
  type Talk,
} from '../classifier/index.ts';
import { AppError } from '../domain/errors.ts';
import type { Classifier } from '../ports/classifier.ts';

/** Everything the shipped model is: the texts it learns from, and the file that came of them. */
export function trainingFolder(packageRoot: string): string {
  return join(packageRoot, 'src/classifier/training');
}

export function shippedModelFile(packageRoot: string): string {
  return join(packageRoot, 'src/classifier/shipped-model.json');
}

export function loadModel(file: string): ReadModel {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new AppError('config', `The model file ${file} cannot be read.`, { cause });
  }
  return readArtefact(content);
}

export function loadClassifier(file: string): Classifier {
  const { model, version } = loadModel(file);
  return createLinearModel(model, version, CONTRACT_THRESHOLDS);
}

/** What is said in channels for incidents beside long reports: it has other labels than the rest. */
const TALK_FILES = ['talk.jsonl', 'short-messages.jsonl'];

/** Every .jsonl file of the folder, in the order of their names, so that training sees them alike everywhere. */
export function readTrainingSet(folder: string): LabelledText[] {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl') && !TALK_FILES.includes(name))
    .sort();
  return files.flatMap((name) => parseTrainingSet(name, readFileSync(join(folder, name), 'utf8')));
}

export function readTalk(folder: string): Talk[] {
  return TALK_FILES.flatMap((name) => parseTalk(name, readFileSync(join(folder, name), 'utf8')));
}
