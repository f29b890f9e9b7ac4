import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/domain/errors.ts';
import { errorFields } from '../../../src/observability/error-fields.ts';
import { createIds } from '../../../src/system.ts';

describe('what is logged about an error', () => {
  it('is its code, the class of what caused it, and no word of any message', () => {
    const cause = new RangeError('secret of the cause');
    const fields = errorFields(new AppError('unavailable', 'a secret sentence', { cause }));
    expect(fields).toMatchObject({ code: 'unavailable', errorName: 'RangeError' });
    expect(JSON.stringify(fields)).not.toContain('secret');
  });

  it('has the codes of Node and of Postgres, and nothing else that stands in their place', () => {
    const withCode = (code: unknown) => errorFields(Object.assign(new Error('x'), { code })).code;
    expect(withCode('ECONNREFUSED')).toBe('ECONNREFUSED');
    expect(withCode('57P03')).toBe('57P03');
    expect(withCode('the secret')).toBeUndefined();
    expect(withCode(42)).toBeUndefined();
  });

  it('falls back to the class when the name was made up', () => {
    const error = Object.assign(new TypeError('x'), { name: 'a secret name' });
    expect(errorFields(error).errorName).toBe('TypeError');
  });

  it.each([undefined, null, 'secret', 42, { message: 'secret' }])(
    'survives %j being thrown',
    (thrown) => {
      expect(errorFields(thrown)).toEqual({ errorName: typeof thrown });
    },
  );

  it('survives causes that form a ring', () => {
    const error = new Error('x');
    error.cause = error;
    expect(errorFields(error)).toMatchObject({ errorName: 'Error' });
  });

  it('says where in our own folders it happened', () => {
    const brokenClock = {
      now(): Date {
        throw new Error('secret');
      },
    };
    const error = thrownBy(() => createIds(brokenClock).next('inc'));
    expect(errorFields(error).at).toMatch(/^src\/system\.ts:\d+$/);
  });

  it('takes the frames of the cause when the error itself has none of ours', () => {
    const cause = thrownBy(() =>
      createIds({ now: () => new Date(Number.NaN) }, () => fail()).next('x'),
    );
    const fields = errorFields(new AppError('internal', 'x', { cause }));
    expect(fields.at).toMatch(/^src\/system\.ts:\d+$/);
  });

  it('is not fooled by a message that looks like a frame', () => {
    const root = new URL('../../../', import.meta.url).pathname;
    const error = new Error(`x\n    at secret (${root}src/secret.ts:1:2)\n`);
    expect(errorFields(error)).not.toHaveProperty('at');
  });
});

function fail(): never {
  throw new Error('no bytes');
}

function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}
