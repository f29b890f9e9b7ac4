import { describe, expect, it } from 'vitest';
import { parseRca } from '../../../src/domain/rca.ts';
import { PAYMENTS } from './examples.ts';

describe('reading an analysis', () => {
  it('takes it with and without its envelope', () => {
    expect(parseRca({ status: 'success', data: PAYMENTS })).toEqual(parseRca(PAYMENTS));
  });

  it('keeps what it does not know out', () => {
    const rca = parseRca({ ...PAYMENTS, secret: 1, impact: { ...PAYMENTS.impact, owner: 'x' } });
    expect(JSON.stringify(rca)).not.toMatch(/secret|owner/);
  });

  it('takes null and empty texts for what is not known', () => {
    const rca = parseRca({
      impact: { impactService: 'a', metricName: '', severity: null },
      rootCause: null,
      chains: null,
    });
    expect(rca).toEqual({
      impact: { impactService: 'a' },
      rootCause: { evidence: [] },
      chains: [],
      diagnostics: { timeRings: { definitions: [] } },
    });
  });

  it('takes times in any zone, and in UTC where none is given', () => {
    const at = (timeStartStr: string) =>
      parseRca({ impact: { impactService: 'a', timeStartStr } }).impact.timeStartStr;
    expect(at('2025-12-03T07:30:00+02:00')).toBe('2025-12-03T05:30:00.000Z');
    expect(at('2025-12-03 07:30:00')).toBe('2025-12-03T07:30:00.000Z');
  });

  it.each([
    [7, 'The analysis must be an object with impact, rootCause and chains.'],
    [{}, 'The analysis does not name a single service, so there is nothing to explain.'],
    [{ status: 'error' }, 'The analysis failed, so there is nothing to explain.'],
    [{ data: { impact: 7 } }, 'data.impact must be an object.'],
    [
      { impact: { impactService: 'a', severity: 85 } },
      'impact.severity must be a number from 0 to 1.',
    ],
    [{ chains: [{ steps: [{ service: 9 }] }] }, 'chains[0].steps[0].service must be a text.'],
    [
      { impact: { impactService: 'a', timeStartStr: 'yesterday' } },
      'impact.timeStartStr must be a time such as 2025-12-03T07:30:00Z.',
    ],
    [
      {
        impact: {
          impactService: 'a',
          timeStartStr: '2025-12-03T07:30:00Z',
          timeEndStr: '2025-12-03T06:30:00Z',
        },
      },
      'impact.timeEndStr must be a time that is not before timeStartStr.',
    ],
  ])('says in one sentence what is wrong with %j', (value, sentence) => {
    expect(() => parseRca(value)).toThrow(sentence);
  });
});
