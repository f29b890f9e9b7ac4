import { describe, expect, it } from 'vitest';
import { createStream } from '../../../adapters/llm/stream.ts';

function listen() {
  const heard: string[] = [];
  return { heard, stream: createStream((piece) => heard.push(piece)) };
}
const going = new AbortController().signal;

describe('passing an answer on as it comes', () => {
  it('passes every piece on at once', () => {
    const { heard, stream } = listen();
    const pass = stream(going);
    for (const piece of ['The ', 'pool ', 'is full.']) pass?.(piece);
    expect(heard).toEqual(['The ', 'pool ', 'is full.']);
  });

  it('leaves out what a model thinks aloud before it answers', () => {
    const { heard, stream } = listen();
    const pass = stream(going);
    for (const piece of [' <th', 'ink>Hm, ', 'is it?</thi', 'nk>', '\n\n', 'It is ', '<b>.']) {
      pass?.(piece);
    }
    expect(heard.join('')).toBe('It is <b>.');
  });

  it('does not take another tag for thoughts', () => {
    const { heard, stream } = listen();
    const pass = stream(going);
    for (const piece of ['<', 'p>Full.']) pass?.(piece);
    expect(heard.join('')).toBe('<p>Full.');
  });

  it('is silent in a second attempt once something was heard', () => {
    const { heard, stream } = listen();
    stream(going)?.('The po');
    expect(stream(going)).toBeUndefined();
    expect(heard).toEqual(['The po']);
  });

  it('still speaks in a second attempt when nothing was heard', () => {
    const { heard, stream } = listen();
    stream(going)?.('<think>Hm');
    stream(going)?.('It is full.');
    expect(heard).toEqual(['It is full.']);
  });

  it('falls silent when its attempt is over', () => {
    const { heard, stream } = listen();
    const attempt = new AbortController();
    const pass = stream(attempt.signal);
    attempt.abort();
    pass?.('too late');
    expect(heard).toEqual([]);
  });

  it('is not disturbed by a listener that fails', () => {
    const stream = createStream(() => {
      throw new Error('The listener fell over.');
    });
    expect(() => stream(going)?.('piece')).not.toThrow();
  });
});
