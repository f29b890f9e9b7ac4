import { describe, expect, it } from 'vitest';
import { createSeal } from '../../../adapters/slack/seal.ts';

const KEY = '0123456789abcdef'.repeat(4);
const seal = createSeal(KEY);

describe('what is sealed', () => {
  it('opens again, with the same key and for the same workspace', () => {
    const sealed = seal.close('xoxb-secret ü', 'slack/T1');
    expect(sealed).not.toContain('xoxb');
    expect(createSeal(KEY).open(sealed, 'slack/T1')).toBe('xoxb-secret ü');
  });

  it('is never the same twice', () => {
    expect(seal.close('a', 'slack/T1')).not.toBe(seal.close('a', 'slack/T1'));
  });

  it.each([
    ['another key', () => createSeal('f'.repeat(64)).open(seal.close('a', 'x'), 'x')],
    ['another workspace', () => seal.open(seal.close('a', 'slack/T1'), 'slack/T2')],
    ['a changed letter', () => seal.open(`${seal.close('abc', 'x').slice(0, -2)}AA`, 'x')],
    ['something else', () => seal.open('v0.AAAA', 'x')],
    ['nothing', () => seal.open('', 'x')],
  ])('does not open with %s, and says what to look at', (_what, open) => {
    expect(open).toThrowError(/SITREP_ENCRYPTION_KEY/);
  });

  it('needs a whole key', () => {
    expect(() => createSeal('abcd')).toThrowError(/64 hexadecimal digits/);
  });

  it('gives other purposes other secrets', () => {
    expect(seal.derive('a')).not.toBe(seal.derive('b'));
    expect(seal.derive('a')).not.toContain(KEY);
  });
});
