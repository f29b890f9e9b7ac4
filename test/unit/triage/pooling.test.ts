import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CATEGORIES } from '../../../src/domain/taxonomy.ts';
import { type CategoryVote, pool, VOTE_SOURCES } from '../../../src/triage/pooling.ts';
import { verdict } from './helpers.ts';

const database = (score: number, from: CategoryVote['from'] = 'page'): CategoryVote => ({
  from,
  category: 'Database',
  score,
});

describe('pooling', () => {
  it('leaves a verdict alone that nobody else speaks about', () => {
    const ours = verdict();
    expect(pool(ours, [])).toBe(ours);
  });

  it('hardly moves for voices that hardly fit', () => {
    const ours = verdict({ Network: 0.5, Database: 0.3 });
    const pooled = pool(ours, [database(0.01), database(0.01, 'incident')]);
    expect(Math.abs(pooled.confidence - ours.confidence)).toBeLessThan(0.02);
  });

  it('turns a close call for voices that fit, and no clear one for a voice that may not fit', () => {
    const votes = [database(0.95), database(0.95, 'incident')];
    expect(pool(verdict({ Network: 0.45, Database: 0.35 }), votes).category).toBe('Database');
    expect(pool(verdict({ Network: 0.9, Database: 0.02 }), [database(0.5)]).category).toBe(
      'Network',
    );
  });

  it.each(['reader', 'opinion'] as const)('lets no %s turn a clear verdict', (from) => {
    const clear = verdict({ Network: 0.75, Database: 0.1 });
    expect(pool(clear, [database(1, from)]).category).toBe('Network');
  });

  it('does not count ten pages that say the same as ten proofs', () => {
    const ours = verdict({ Network: 0.45, Database: 0.35 });
    const one = pool(ours, [database(0.8)]);
    const ten = pool(ours, Array(10).fill(database(0.8)));
    expect(ten.confidence).toBeCloseTo(one.confidence, 6);
  });

  it('is less sure when voices disagree than when they agree', () => {
    const ours = verdict({ Network: 0.45, Database: 0.35 });
    const agreed = pool(ours, [database(0.8), database(0.8)]);
    const torn = pool(ours, [database(0.8), { from: 'page', category: 'Network', score: 0.8 }]);
    expect(torn.uncertainty.margin).toBeLessThan(agreed.uncertainty.margin);
    expect(torn.uncertainty.mc_dropout).toBeGreaterThan(0);
  });

  it('always gives probabilities, and the winner is the likeliest', () => {
    const vote = fc.record({
      from: fc.constantFrom(...VOTE_SOURCES),
      category: fc.constantFrom(...CATEGORIES),
      score: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(vote, { maxLength: 12 }), (votes) => {
        const pooled = pool(verdict(), votes);
        const values = CATEGORIES.map((category) => pooled.probabilities[category]);
        expect(values.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 6);
        expect(pooled.confidence).toBe(Math.max(...values));
        expect(pooled.uncertainty.margin).toBeGreaterThanOrEqual(0);
        expect(pooled.uncertainty.mc_dropout).toBeLessThanOrEqual(0.5);
      }),
    );
  });
});
