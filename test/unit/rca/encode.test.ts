import { decode } from '@toon-format/toon';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseRca } from '../../../src/domain/rca.ts';
import { boundRca, encodeRca, reduceRca } from '../../../src/rca/encode.ts';
import { type CountTokens, loadTokenCounter } from '../../../src/rca/tokens.ts';
import { createDice, madeUpCase } from '../../bench/rca-cases.ts';
import { payments } from './examples.ts';

let countTokens: CountTokens;
beforeAll(async () => {
  countTokens = await loadTokenCounter();
});

describe('encoding an analysis for a model', () => {
  it('never takes more tokens than compact JSON, and loses nothing', () => {
    const dice = createDice(3);
    for (const rca of [payments(), ...Array.from({ length: 20 }, () => madeUpCase(dice))]) {
      const { text, tokens, format } = encodeRca(rca, countTokens);
      expect(tokens).toBeLessThanOrEqual(countTokens(JSON.stringify(rca)));
      const back = format === 'toon' ? decode(text) : JSON.parse(text);
      expect(back).toEqual(JSON.parse(JSON.stringify(rca)));
    }
  });

  it('takes compact JSON where that is shorter', () => {
    const deep = [[[[[{ a: [[1], [2, [3]]] }]]]]];
    expect(encodeRca(deep, countTokens).format).toBe('json');
  });

  it('counts what looks like a control token as text', () => {
    expect(countTokens('<|endoftext|>')).toBeGreaterThan(1);
  });
});

describe('reducing an analysis', () => {
  const large = () =>
    parseRca({
      impact: { impactService: 'gate' },
      rootCause: {
        service: 'pump',
        evidence: Array.from({ length: 30 }, (_, i) => ({
          type: 'log',
          details: `line ${i} of the log of something`,
        })),
      },
      chains: Array.from({ length: 30 }, (_, i) => ({
        score: i / 100,
        steps: [{ service: 'pump' }, { service: i === 0 ? 'gate' : `valve-${i}` }],
      })),
    });

  it('keeps the chain that reaches what was noticed, then the strongest, whole', () => {
    const { rca, leftOut } = reduceRca(large(), 400, countTokens);
    expect(encodeRca(rca, countTokens).tokens).toBeLessThanOrEqual(400);
    expect(rca.chains[0]).toEqual({ score: 0, steps: [{ service: 'pump' }, { service: 'gate' }] });
    expect(rca.chains[1]?.score).toBe(0.29);
    const missing = 30 - rca.chains.length;
    expect(leftOut).toContain(`Left out: ${missing} weaker chains`);
  });

  it('leaves what fits as it is', () => {
    const rca = payments();
    expect(reduceRca(rca, 5_000, countTokens)).toEqual({ rca, leftOut: '' });
    expect(boundRca(rca)).toEqual({ rca, leftOut: '' });
  });

  it('bounds what is beyond all measure', () => {
    const steps = Array.from({ length: 1_000 }, (_, i) => ({ service: `s${i}-relay` }));
    const rca = parseRca({
      chains: Array.from({ length: 300 }, () => ({ steps: steps.slice(0, 500) })),
    });
    const bounded = boundRca(rca);
    expect(bounded.rca.chains).toHaveLength(200);
    expect(bounded.rca.chains[0]?.steps).toHaveLength(400);
    expect(bounded.rca.chains[0]?.steps.at(-1)?.service).toBe('s499-relay');
    expect(bounded.leftOut).toBe(
      'Left out: 100 weaker chains, 100 steps in the middle of a chain.',
    );
  });
});
