export { type ReadModel, readArtefact, writeArtefact } from './artefact.ts';
export {
  calibrationErrorByChance,
  expectedCalibrationError,
  reliability,
} from './calibration.ts';
export { createLinearModel } from './linear-model.ts';
export { type Model, trainModel } from './train.ts';
export { type LabelledText, parseTalk, parseTrainingSet, type Talk } from './training-set.ts';
export { CONTRACT_THRESHOLDS } from './uncertainty.ts';
