export { type ReadModel, readArtefact, writeArtefact } from './artefact.ts';
export {
  expectedCalibrationError,
  reliability,
} from './calibration.ts';
export { createLinearModel } from './linear-model.ts';
export { type Model, trainModel } from './train.ts';
export { type LabelledText, parseTrainingSet } from './training-set.ts';
export { CONTRACT_THRESHOLDS } from './uncertainty.ts';
