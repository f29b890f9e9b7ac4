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

/** How far confidence is from accuracy on average. */
export function expectedCalibrationError(bins: readonly ReliabilityBin[]): number {
  const total = bins.reduce((sum, bin) => sum + bin.count, 0);
  return bins.reduce(
    (sum, bin) => sum + (Math.abs(bin.confidence - bin.accuracy) * bin.count) / total,
    0,
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
