import { describe, expect, it } from 'vitest';
import { costOf, createPrices } from '../../../adapters/llm/prices.ts';

describe('the prices of models', () => {
  const prices = createPrices({});

  it('go by the longest beginning of the name', () => {
    expect(prices.of('gpt-4o-mini-2024-07-18')).toEqual({ input: 0.15, output: 0.6 });
    expect(prices.of('gpt-4o-2024-08-06')).toEqual({ input: 2.5, output: 10 });
    expect(prices.of('gpt-4')).toEqual({ input: 30, output: 60 });
    expect(prices.of('claude-opus-4-5-20251101')).toEqual({ input: 5, output: 25 });
    expect(prices.of('claude-opus-4-20250514')).toEqual({ input: 15, output: 75 });
  });

  it('know a model in its other spellings', () => {
    expect(prices.of(' OpenAI/GPT-4o ')).toEqual({ input: 2.5, output: 10 });
    expect(prices.of('claude-3.5-sonnet')).toEqual({ input: 3, output: 15 });
  });

  it('do not take another version for the same model', () => {
    expect(prices.of('gpt-4.5-preview')).toBeUndefined();
    expect(prices.of('gpt-40')).toBeUndefined();
    expect(prices.of('someone/else')).toBeUndefined();
  });

  it('are overridden by configuration, where the table has a longer name, too', () => {
    const own = createPrices({ 'gpt-4': '1/2', 'someone/else': ' 0.5 / 3 ' });
    expect(own.of('gpt-4-turbo')).toEqual({ input: 1, output: 2 });
    expect(own.of('someone/else')).toEqual({ input: 0.5, output: 3 });
  });

  it('are refused when they are no prices', () => {
    for (const text of ['30', '30/', 'a/b', '-1/2', '1/2/3']) {
      expect(() => createPrices({ 'gpt-4': text })).toThrow(
        expect.objectContaining({ code: 'config' }),
      );
    }
  });

  it('are for a million tokens', () => {
    expect(costOf({ input: 2, output: 10 }, 500_000, 100_000)).toBeCloseTo(2);
  });
});
