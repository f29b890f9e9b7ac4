import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assessCommand } from '../../../src/safety/index.ts';
import { DANGEROUS, HARMLESS } from './command-tables.ts';
import { CHANGING, LOOKING } from './on-call-commands.ts';

const WRAPS: readonly ((inner: string) => string)[] = [
  (inner) => `sudo ${inner}`,
  (inner) => `true && ${inner}`,
  (inner) => `sh -c '${inner}'`,
  (inner) => `(${inner})`,
  (inner) => `echo ok; ${inner}`,
  (inner) => `nohup ${inner} &`,
  (inner) => `LANG=C ${inner}`,
  (inner) => `ls | xargs ${inner}`,
  (inner) => `ssh host ${inner}`,
  (inner) => `time ${inner}`,
  (inner) => `echo "$(${inner})"`,
  (inner) => `  ${inner}  # tidy up`,
];

describe('command safety', () => {
  it.each(DANGEROUS)('marks %j', (command) => {
    const verdict = assessCommand(command);
    expect(verdict.dangerous).toBe(true);
    expect(verdict.reason).toMatch(/^[A-Z].*\.$/);
  });

  it.each(HARMLESS)('lets %j be', (command) => {
    expect(assessCommand(command)).toEqual({ dangerous: false });
  });

  it('tells looking from changing among what people on call type', () => {
    const isMarked = (command: string) => assessCommand(command).dangerous;
    expect([LOOKING.length, CHANGING.length].every((count) => count >= 150)).toBe(true);
    expect(LOOKING.filter(isMarked)).toEqual([]);
    expect(CHANGING.filter((command) => !isMarked(command))).toEqual([]);
  });

  it('marks what nobody can check by eye', () => {
    expect(assessCommand(`echo ${'a'.repeat(5_000)}`).dangerous).toBe(true);
  });

  it('sees through any wrapping of a dangerous command', () => {
    const which = fc.nat(WRAPS.length - 1);
    const core = fc.constantFrom(
      'rm -rf /srv',
      'kubectl delete ns prod',
      'terraform destroy',
      'git push --force',
      'dd if=/dev/zero of=/dev/sda',
      'redis-cli FLUSHALL',
      'helm uninstall web',
    );
    fc.assert(
      fc.property(core, fc.uniqueArray(which, { maxLength: 2 }), (inner, wraps) => {
        const line = wraps.reduce<string>((command, at) => WRAPS[at]?.(command) ?? command, inner);
        return assessCommand(line).dangerous;
      }),
      { numRuns: 300 },
    );
  });

  it('answers for any text at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const verdict = assessCommand(text);
        expect(verdict.dangerous).toBe(verdict.reason !== undefined);
      }),
      { numRuns: 1_000 },
    );
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            '$',
            '(',
            ')',
            '`',
            '"',
            "'",
            '\\',
            '{',
            '}',
            '<',
            '>',
            '|',
            '&',
            ';',
            ' ',
            'a',
            '\n',
            '#',
          ),
          { maxLength: 60 },
        ),
        (signs) => typeof assessCommand(signs.join('')).dangerous === 'boolean',
      ),
      { numRuns: 2_000 },
    );
  });
});
