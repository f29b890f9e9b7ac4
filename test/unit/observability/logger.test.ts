import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/domain/errors.ts';
import { createLogger, type LoggerOptions } from '../../../src/observability/logger.ts';
import type { LogFields } from '../../../src/ports/logger.ts';

function logTo(level: LoggerOptions['level'] = 'debug') {
  const lines: string[] = [];
  const clock = { now: () => new Date('2026-01-02T03:04:05.678Z') };
  return { lines, logger: createLogger({ level, write: (line) => lines.push(line), clock }) };
}

describe('the logger', () => {
  it('writes one JSON object a line', () => {
    const { lines, logger } = logTo();
    logger.info('Job done', { job: 'triage-incident', attempt: 2, ms: 0 });
    expect(lines).toEqual([
      '{"time":"2026-01-02T03:04:05.678Z","level":"info","message":"Job done","job":"triage-incident","attempt":2,"ms":0}',
    ]);
  });

  it.each([
    ['debug', 'debug info warn error'],
    ['info', 'info warn error'],
    ['warn', 'warn error'],
    ['error', 'error'],
  ] as const)('at level %s writes %s', (level, written) => {
    const { lines, logger } = logTo(level);
    logger.debug('x');
    logger.info('x');
    logger.warn('x');
    logger.error('x');
    expect(lines.map((line) => JSON.parse(line).level).join(' ')).toBe(written);
  });

  it('drops fields outside the closed set, whatever the compiler was told', () => {
    const { lines, logger } = logTo();
    const smuggled = {
      incidentId: 'inc_1',
      text: 'the body of a message',
      token: 'secret',
      message: 'another message',
      time: 'never',
      toJSON: () => ({ token: 'secret' }),
    };
    logger.warn('Kept', smuggled as LogFields);
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      time: '2026-01-02T03:04:05.678Z',
      level: 'warn',
      message: 'Kept',
      incidentId: 'inc_1',
    });
  });

  it('drops values of the wrong type', () => {
    const { lines, logger } = logTo();
    const odd = { part: { token: 'secret' }, status: '200', ms: Number.NaN, code: 'E' };
    logger.info('Odd', odd as unknown as LogFields);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ message: 'Odd', code: 'E' });
    expect(lines[0]).not.toMatch(/part|status|"ms"/);
  });

  it('cuts what is too long to be an id', () => {
    const { lines, logger } = logTo();
    logger.info('Long', { eventKey: 'x'.repeat(5_000) });
    expect(JSON.parse(lines[0] ?? '').eventKey).toBe('x'.repeat(200));
  });

  it('stays on one line and out of the hands of terminals', () => {
    const { lines, logger } = logTo();
    const hostile = 'a\r\n{"level":"info"}\u001b[2J\u009b2J\u2028\u202ee\u0000\ud800';
    logger.info('Hostile', { route: hostile });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are the subject
    expect(lines[0]).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u202e]/);
    expect(JSON.parse(lines[0] ?? '').route).toBe(hostile);
  });

  it('takes the code, the class and the place of a cause, never its message', () => {
    const { lines, logger } = logTo();
    const cause = new AppError('unavailable', 'postgres://app:hunter2@db is away');
    logger.error('Failed', { part: 'store' }, cause);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      part: 'store',
      code: 'unavailable',
      errorName: 'AppError',
    });
    expect(lines[0]).not.toContain('hunter2');
  });
});
