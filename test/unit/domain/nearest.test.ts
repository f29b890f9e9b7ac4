import { describe, expect, it } from 'vitest';
import { nearest } from '../../../src/domain/nearest.ts';

describe('the nearest word', () => {
  it.each([
    ['strat', 'start'],
    ['dcotor', 'doctor'],
    ['job', 'jobs'],
    ['banana', undefined],
  ])('for %s is %s', (word, expected) => {
    expect(nearest(word, ['start', 'doctor', 'jobs'])).toBe(expected);
  });
});
