import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isIncidentChannel } from '../../../src/domain/incident-channel.ts';

describe('incident channels by name', () => {
  it.each([
    ['inc-checkout', ['inc-*'], true],
    ['#INC-Checkout', ['inc-*'], true],
    ['income', ['inc-*'], false],
    ['prod-alerts-eu', ['*-alerts-*'], true],
    ['alerts', ['alerts'], true],
    ['alerts-old', ['alerts'], false],
    ['abc', ['ab*bc'], false],
    ['abbc', ['ab*bc'], true],
    ['anything', [], false],
    ['anything', ['*'], true],
  ])('%s against %j is %s', (name, patterns, expected) => {
    expect(isIncidentChannel(name, patterns)).toBe(expected);
  });

  it('agrees with the same pattern as a regular expression', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '-', '*'), maxLength: 8 });
    const name = fc.string({ unit: fc.constantFrom('a', 'b', '-'), maxLength: 10 });
    fc.assert(
      fc.property(name, letters, (channel, pattern) => {
        const expression = new RegExp(`^${pattern.replaceAll('*', '.*')}$`);
        expect(isIncidentChannel(channel, [pattern])).toBe(expression.test(channel));
      }),
    );
  });
});
