import { describe, expect, it } from 'vitest';
import { isLoopbackHost } from '../../../src/http/index.ts';

describe('an address to listen on', () => {
  it.each(['localhost', 'LocalHost', '127.0.0.1', '127.8.9.10', '::1', '[::1]'])(
    '%s is this machine alone',
    (host) => {
      expect(isLoopbackHost(host)).toBe(true);
    },
  );

  it.each([
    '0.0.0.0',
    '::',
    '10.0.0.1',
    '',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '1127.0.0.1',
  ])('%j is not', (host) => {
    expect(isLoopbackHost(host)).toBe(false);
  });
});
