import { DrizzleQueryError } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { translate } from '../../../adapters/store/database-errors.ts';

const coded = (code: string) => Object.assign(new Error('from the driver'), { code });

describe('an error of the database', () => {
  it.each([
    ['ECONNREFUSED', 'unavailable', true],
    ['ECONNRESET', 'unavailable', true],
    ['57P01', 'unavailable', true],
    ['53100', 'unavailable', true],
    ['25006', 'unavailable', true],
    ['40001', 'busy', true],
    ['40P01', 'busy', true],
    ['57014', 'timeout', true],
    ['23503', 'not_found', false],
    ['23514', 'internal', false],
    ['22P02', 'internal', false],
    ['42P01', 'internal', false],
    ['XX000', 'internal', true],
  ])('with the code %s is %s', (code, ours, retryable) => {
    expect(translate(coded(code))).toMatchObject({ code: ours, retryable });
  });

  it.each([
    'Connection terminated unexpectedly',
    'timeout exceeded when trying to connect',
    'Client has encountered a connection error and is not queryable',
    'Query read timeout',
    'Cannot use a pool after calling end on the pool',
    'PGlite is closed',
  ])('that only says "%s" is unavailable', (message) => {
    expect(translate(new Error(message))).toMatchObject({ code: 'unavailable' });
  });

  it('that nobody knows may be tried again', () => {
    expect(translate(new Error('memory access out of bounds'))).toMatchObject({
      code: 'internal',
      retryable: true,
    });
  });

  it('carries nothing of what was written, in no message on the way', () => {
    const secret = 'password=hunter2';
    const driver = coded('23514');
    const error = translate(new DrizzleQueryError('insert $1', [secret], driver));
    expect(error.cause).toBe(driver);
    expect(String(error) + String(error.stack) + String(error.cause)).not.toContain(secret);
  });
});
