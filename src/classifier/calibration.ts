import { seededRandom } from './random.ts';
import { softmax } from './softmax.ts';

/** Raw scores of texts that the model had not seen, with the right label of each. */
export type HeldOut = { scores: readonly number[]; label: number };

export type ReliabilityBin = { count: number; confidence: number; accuracy: number };

const HOTTEST = 5;
const COLDEST = 0.2;

/** The one number by which scores are divided so that confidence is as often right as it says. */
export function fitTemperature(heldOut: readonly HeldOut[]): number {
  let low = Math.log(COLDEST);
  let high = Math.log(HOTTEST);
  // The loss has one minimum in the temperature, so a golden-section search finds it.
  const golden = (Math.sqrt(5) - 1) / 2;
  while (high - low > 1e-4) {
    const left = high - golden * (high - low);
    const right = low + golden * (high - low);
    if (loss(heldOut, Math.exp(left)) < loss(heldOut, Math.exp(right))) high = right;
    else low = left;
  }
  return Math.exp((low + high) / 2);
}

function loss(heldOut: readonly HeldOut[], temperature: number): number {
  return heldOut.reduce((sum, { scores, label }) => {
    return sum - Math.log(Math.max(1e-12, softmax(scores, temperature)[label] ?? 0));
  }, 0);
}

/** Bins of equal size, from the least to the most confident. */
export function reliability(
  answers: readonly { confidence: number; right: boolean }[],
  bins: number,
): ReliabilityBin[] {
  const sorted = answers.toSorted((a, b) => a.confidence - b.confidence);
  return Array.from({ length: bins }, (_, bin) =>
    sorted.slice(
      Math.floor((sorted.length * bin) / bins),
      Math.floor((sorted.length * (bin + 1)) / bins),
    ),
  )
    .filter((inside) => inside.length > 0)
    .map((inside) => ({
      count: inside.length,
      confidence: mean(inside.map((answer) => answer.confidence)),
      accuracy: mean(inside.map((answer) => (answer.right ? 1 : 0))),
    }));
}

export type Judged = { accuracy: number; calibrationError: number; reliability: ReliabilityBin[] };

const BINS = 10;

/** How often the answers are right, and how well confidence foretells it. */
export function judge(heldOut: readonly HeldOut[], temperature: number): Judged {
  const answers = heldOut.map(({ scores, label }) => {
    const probabilities = softmax(scores, temperature);
    const confidence = Math.max(...probabilities);
    return { confidence, right: probabilities.indexOf(confidence) === label };
  });
  const bins = reliability(answers, BINS);
  return {
    accuracy: mean(answers.map((answer) => (answer.right ? 1 : 0))),
    calibrationError: expectedCalibrationError(bins),
    reliability: bins,
  };
}

/** How far confidence is from accuracy on average. */
export function expectedCalibrationError(bins: readonly ReliabilityBin[]): number {
  const total = bins.reduce((sum, bin) => sum + bin.count, 0);
  return bins.reduce(
    (sum, bin) => sum + (Math.abs(bin.confidence - bin.accuracy) * bin.count) / total,
    0,
  );
}

const DRAWS = 200;

/**
 * What even perfect calibration would show on as many answers: in small bins the share of right ones strays
 * from its mean by chance. An error below this says no more than one at it.
 */
export function calibrationErrorByChance(confidences: readonly number[], bins: number): number {
  const random = seededRandom(confidences.length);
  const errors = Array.from({ length: DRAWS }, () => {
    const drawn = confidences.map((confidence) => ({ confidence, right: random() < confidence }));
    return expectedCalibrationError(reliability(drawn, bins));
  });
  return mean(errors);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
