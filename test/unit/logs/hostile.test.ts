import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLogAnalysis, reportLogs } from '../../../src/logs/index.ts';
import { createLineCutter } from '../../../src/logs/reading/lines.ts';
import { hostileLine } from '../../bench/logs-hostile.ts';
import { idsOf } from './helpers.ts';

describe('hostile lines', () => {
  it('lose none and crash nothing', () => {
    fc.assert(
      fc.property(fc.array(hostileLine, { maxLength: 60 }), (lines) => {
        expect(idsOf(lines)).toHaveLength(lines.length);
      }),
      { numRuns: 150, seed: 7 },
    );
  });

  it('are reported whatever they hold', () => {
    fc.assert(
      fc.property(fc.array(hostileLine, { minLength: 1, maxLength: 40 }), (lines) => {
        const analysis = createLogAnalysis({ assumedYear: 2024 });
        analysis.begin('baseline');
        for (const line of lines.slice(0, lines.length / 2)) analysis.add(line, false);
        analysis.begin('current');
        for (const line of lines) analysis.add(line, false);
        expect(reportLogs(analysis.finish(), (text) => text).lines.total).toBe(lines.length);
      }),
      { numRuns: 80, seed: 7 },
    );
  });

  it('are as many as the line ends, however the bytes arrive', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 9 }), (text, size) => {
        const bytes = Buffer.from(`x${text}`);
        let lines = 0;
        const cutter = createLineCutter(() => lines++);
        for (let at = 0; at < bytes.length; at += size) cutter.write(bytes.subarray(at, at + size));
        cutter.end();
        const wanted = `x${text}`.split('\n');
        expect(lines).toBe(wanted.at(-1) === '' ? wanted.length - 1 : wanted.length);
      }),
      { numRuns: 200, seed: 7 },
    );
  });

  it('that are the bytes of a program are refused, and old encodings are not', () => {
    const write = (bytes: Uint8Array) => createLineCutter(() => undefined).write(bytes);
    const code = Uint8Array.from({ length: 5_000 }, (_, i) => (i * 7) % 256);
    expect(() => write(code)).toThrow(/not text/);
    const old = Buffer.from('Verbindung gestört: Gerät 7 wählt nicht\n'.repeat(100), 'latin1');
    expect(() => write(old)).not.toThrow();
  });

  it('that are all different are still assigned, in bounded groups', () => {
    const letters = (n: number) =>
      n.toString(26).replace(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)] ?? '');
    const lines = Array.from(
      { length: 20_000 },
      (_, i) => `${letters(i)} ${letters(i * 7)} went ${letters(i * 31)}`,
    );
    const ids = idsOf(lines);
    expect(ids).toHaveLength(lines.length);
    expect(new Set(ids).size).toBeLessThan(12_000);
  });
});
