import { describe, expect, it } from 'vitest';
import {
  calibrationErrorByChance,
  expectedCalibrationError,
  reliability,
} from '../../../src/classifier/index.ts';

describe('calibration', () => {
  const answers = (confidence: number, right: number, of: number) =>
    Array.from({ length: of }, (_, i) => ({ confidence, right: i < right }));

  it('finds no error where confidence is as often right as it says', () => {
    const bins = reliability([...answers(0.5, 5, 10), ...answers(0.9, 9, 10)], 2);
    expect(bins).toMatchObject([
      { count: 10, accuracy: 0.5 },
      { count: 10, accuracy: 0.9 },
    ]);
    expect(expectedCalibrationError(bins)).toBeCloseTo(0);
  });

  it('measures over-confidence by how far it is off', () => {
    const bins = reliability([...answers(0.95, 6, 10), ...answers(0.99, 8, 10)], 2);
    expect(expectedCalibrationError(bins)).toBeCloseTo((0.35 + 0.19) / 2);
  });

  it('knows how far off chance alone would be: the fewer answers, the more', () => {
    const alike = (count: number) => Array.from({ length: count }, () => 0.7);
    const few = calibrationErrorByChance(alike(150), 15);
    const many = calibrationErrorByChance(alike(15_000), 15);
    expect(few).toBeGreaterThan(0.08);
    expect(many).toBeLessThan(0.02);
    expect(calibrationErrorByChance(alike(150).fill(1), 15)).toBe(0);
  });
});
