import { describe, expect, it } from 'vitest';
import { readJson } from '../../../adapters/llm/read-json.ts';

const answer = { category: 'Network', words: ['a', '{b}'] };
const json = JSON.stringify(answer);

describe('reading JSON out of what a model said', () => {
  it.each([
    ['alone', json],
    ['with blanks around', `\n  ${json}\n`],
    [
      'in a code fence',
      `Here it is:\n\`\`\`json\n${JSON.stringify(answer, null, 2)}\n\`\`\`\nDone.`,
    ],
    ['between words', `My answer is ${json}, I think.`],
    ['after thoughts said aloud', `<think>Is it {"category":"Code"}?</think>\n${json}`],
    ['behind an opening that leads nowhere', `{ well, [ let me see: ${json}`],
  ])('finds it %s', (_, text) => {
    expect(readJson(text)).toEqual([answer]);
  });

  it('gives every part that may be the answer, in order', () => {
    expect(readJson(`As [1] says: ${json}`)).toEqual([[1], answer]);
  });

  it('minds brackets and quotes inside of strings', () => {
    const text = { text: 'a "quoted\\" } bracket' };
    expect(readJson(`so: ${JSON.stringify(text)}`)).toEqual([text]);
  });

  it('finds nothing where there is none', () => {
    for (const text of ['', 'No idea.', '{"category":"Netw', `${'{'.repeat(10_000)}`]) {
      expect(readJson(text)).toEqual([]);
    }
  });
});
