import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atBorder, storable } from '../../../adapters/store/border.ts';
import { AppError } from '../../../src/domain/errors.ts';

describe('text on its way into the store', () => {
  it('loses U+0000 and has halves of surrogate pairs replaced, at any depth', () => {
    expect(storable({ 'k\0': ['a\0b', { deep: '\ud83d!' }], n: 1, none: null })).toEqual({
      k: ['ab', { deep: '\ufffd!' }],
      n: 1,
      none: null,
    });
  });

  it('stays as it is when there is nothing to mend', () => {
    const at = new Date(0);
    expect(storable(at)).toBe(at);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(storable(text.replaceAll('\0', ''))).toBe(text.replaceAll('\0', ''));
      }),
    );
  });

  it('can always be written as UTF-8 without U+0000, and mending it again changes nothing', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.nat(0xffff).map((n) => String.fromCharCode(n)) }),
        (text) => {
          const mended = String(storable(text));
          expect(Buffer.from(mended, 'utf8').toString('utf8')).toBe(mended);
          expect(mended).not.toContain('\0');
          expect(storable(mended)).toBe(mended);
        },
      ),
    );
  });
});

describe('a repository behind the border', () => {
  it('mends what it is given and keeps what it answers', async () => {
    const guarded = atBorder({ echo: async (text: string) => ({ text }) });
    expect(await guarded.echo('a\0b')).toEqual({ text: 'ab' });
  });

  it('fails in our own words, whether it throws or rejects', async () => {
    const away = Object.assign(new Error('connect failed'), { code: 'ECONNREFUSED' });
    const known = new AppError('not_found', 'There is no such thing.');
    const guarded = atBorder({
      rejects: () => Promise.reject(away),
      throws: (): Promise<void> => {
        throw known;
      },
    });
    await expect(guarded.rejects()).rejects.toMatchObject({ code: 'unavailable', cause: away });
    await expect(guarded.throws()).rejects.toBe(known);
  });
});
