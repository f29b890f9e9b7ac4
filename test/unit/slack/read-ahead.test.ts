import { describe, expect, it } from 'vitest';
import { readAhead } from '../../../adapters/slack/api/read-ahead.ts';

const chunk = (text: string) => new TextEncoder().encode(text);

async function all(content: AsyncIterable<Uint8Array>): Promise<string> {
  let text = '';
  for await (const part of content) text += new TextDecoder().decode(part);
  return text;
}

describe('reading a body ahead', () => {
  it('takes all of it from the network before the first part is done with', async () => {
    let sent = 0;
    async function* body() {
      for (const text of ['one ', 'two ', 'three']) {
        sent++;
        yield chunk(text);
      }
    }
    const content = readAhead(body(), 100);
    const first = await content.next();
    await new Promise((resolve) => setImmediate(resolve));
    expect(sent).toBe(3);
    expect(new TextDecoder().decode(first.value as Uint8Array) + (await all(content))).toBe(
      'one two three',
    );
  });

  it('fails behind what came when the connection breaks', async () => {
    async function* body() {
      yield chunk('one');
      throw new Error('reset');
    }
    const content = readAhead(body(), 100);
    expect((await content.next()).value).toEqual(chunk('one'));
    await expect(content.next()).rejects.toThrow('reset');
  });

  it('holds no more than it may', async () => {
    let asked = 0;
    async function* body() {
      for (;;) {
        asked++;
        yield new Uint8Array(10);
      }
    }
    await expect(all(readAhead(body(), 25))).rejects.toMatchObject({ code: 'too_large' });
    expect(asked).toBe(3);
  });
});
