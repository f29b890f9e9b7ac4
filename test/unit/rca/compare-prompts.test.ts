import { describe, expect, it } from 'vitest';
import type { PromptVotes } from '../../../src/ports/explanation-store.ts';
import { comparePrompts } from '../../../src/rca/index.ts';

const votes = (
  promptVersion: string,
  up: number,
  down: number,
  audience = 'executive',
): PromptVotes => ({
  promptId: 'explanation',
  promptVersion,
  promptHash: `${promptVersion.padStart(8, '0')}ffff`,
  audience,
  explanations: up + down,
  up,
  down,
});
const sentenceOf = (...rows: PromptVotes[]) => comparePrompts(rows).verdicts[0]?.sentence;

describe('comparing prompts by their votes', () => {
  it('gives the share with an interval that is known for small numbers', () => {
    const [row] = comparePrompts([votes('1', 8, 2)]).prompts;
    // Wilson, 8 of 10: 49 % to 94 %.
    expect(row?.share).toBeCloseTo(0.8, 6);
    expect(row?.low).toBeCloseTo(0.4902, 3);
    expect(row?.high).toBeCloseTo(0.9433, 3);
    const [none] = comparePrompts([votes('1', 0, 0)]).prompts;
    expect(none).not.toHaveProperty('share');
  });

  it('says which is better where chance does not explain it', () => {
    const compared = comparePrompts([votes('1', 30, 30), votes('2', 54, 6)]);
    expect(compared.verdicts).toEqual([
      {
        audience: 'executive',
        better: 'explanation 2 (00000002)',
        sentence:
          'explanation 2 (00000002) is better than explanation 1 (00000001): 90 % thumbs-up against 50 %, more than chance explains.',
      },
    ]);
  });

  it('says that it cannot be told yet, and how many votes it would take', () => {
    const sentence = sentenceOf(votes('1', 6, 4), votes('2', 8, 2));
    expect(sentence).toMatch(/^It cannot be told yet whether explanation 2 .* 80 % .* 60 %/);
    // 1.96 and 0.84 in the usual formula: 78.5.
    expect(sentence).toContain('about 79 votes on each');
  });

  it('asks for more the more prompts are compared', () => {
    const two = [votes('1', 30, 20), votes('2', 40, 10)];
    expect(comparePrompts(two).verdicts[0]?.better).toBeDefined();
    const many = [...two, ...['3', '4', '5'].map((version) => votes(version, 30, 20))];
    expect(comparePrompts(many).verdicts[0]?.better).toBeUndefined();
  });

  it('compares for one audience at a time', () => {
    const compared = comparePrompts([votes('1', 20, 0), votes('2', 0, 20, 'customer')]);
    expect(compared.verdicts.map(({ audience, better }) => [audience, better])).toEqual([
      ['executive', undefined],
      ['customer', undefined],
    ]);
  });

  it('says so when there is nothing to go by', () => {
    expect(sentenceOf(votes('1', 0, 0))).toBe('It cannot be told yet: nobody has voted.');
    expect(sentenceOf(votes('1', 5, 5), votes('2', 5, 5))).toContain('as good as equal');
    expect(comparePrompts([])).toEqual({ prompts: [], verdicts: [] });
  });
});
