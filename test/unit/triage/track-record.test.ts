import { describe, expect, it } from 'vitest';
import { AFTER_READING, trackRecord } from '../../../src/triage/track-record.ts';

describe('how often such confidence was right', () => {
  it('is told by the nearest measured confidence', () => {
    expect(trackRecord(AFTER_READING, 0.88)).toContain('9 times in 10');
    expect(trackRecord(AFTER_READING, 0.33)).toContain('3 times in 10');
    expect(trackRecord([{ count: 50, confidence: 0.98, accuracy: 0.99 }], 0.97)).toContain(
      'nearly every time',
    );
  });

  it('is not told from a handful of texts', () => {
    expect(trackRecord([{ count: 5, confidence: 0.9, accuracy: 1 }], 0.9)).toBeUndefined();
    expect(trackRecord([], 0.9)).toBeUndefined();
  });
});
