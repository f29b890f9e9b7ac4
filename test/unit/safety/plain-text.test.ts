import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise, plainText } from '../../../src/safety/index.ts';

const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.array(fc.nat(0xffff), { maxLength: 200 }).map((units) => String.fromCharCode(...units)),
);

describe('plain text', () => {
  it('drops what is not shown and keeps what is', () => {
    expect(plainText('a\u200bb\u0000c\u202ed\tе\r\nf\u{e0041}\u001b[31mred\u001b[0m')).toBe(
      'abcd\tе\nfred',
    );
  });

  it('replaces broken halves of characters', () => {
    expect(plainText('ok \ud83d broken \ude00 fine \u{1f600}')).toBe(
      'ok \ufffd broken \ufffd fine \u{1f600}',
    );
  });

  it('keeps both ends of what is too long', () => {
    expect(plainText(`begin${'x'.repeat(1_000)}end`, { mostCharacters: 20 })).toBe(
      'beginxxxxx\nxxxxxxxend',
    );
  });

  it('is valid and without controls whatever came in, and stable', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const plain = plainText(text);
        expect(plain).not.toMatch(/\p{Cs}/u);
        expect(plain).not.toMatch(/[^\P{Cc}\n\t]/u);
        expect(plain).not.toMatch(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('normalised text', () => {
  it('reads a disguise like what it imitates', () => {
    expect(normalise('d\u0430tab\u0430se  d\u200bown')).toBe('database down');
    expect(normalise('ｄｉｓｋ　ｆｕｌｌ')).toBe('disk full');
    expect(normalise('\u{1d41d}\u{1d422}\u{1d42c}\u{1d424}')).toBe('disk');
  });

  it('leaves words of other alphabets alone', () => {
    expect(normalise('База данных недоступна')).toBe('База данных недоступна'.normalize('NFKC'));
  });

  it('keeps capitals, by which alert names are read', () => {
    expect(normalise('KubeAPIDown  firing')).toBe('KubeAPIDown firing');
  });

  it('shortens a hundred kilobytes of one character', () => {
    expect(normalise('a'.repeat(100_000)).length).toBeLessThan(200);
    expect(normalise('\u0301'.repeat(100_000)).length).toBeLessThan(200);
    expect(normalise('\ufdfa'.repeat(100_000)).length).toBeLessThan(200_002);
  });

  it('never throws, and says the same the second time', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const once = normalise(text);
        expect(normalise(once)).toBe(once);
      }),
      { numRuns: 1_000 },
    );
  });
});
