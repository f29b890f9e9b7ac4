import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSession, isLiveSession, isOneOf } from '../../../src/http/tokens.ts';

const tokens = ['the-first-of-our-tokens', 'the-second-of-our-tokens'];
const now = new Date('2026-01-02T12:00:00Z');
const later = (ms: number) => new Date(now.getTime() + ms);

describe('tokens', () => {
  it('accepts each token and nothing else', () => {
    for (const token of tokens) expect(isOneOf(tokens, token)).toBe(true);
    fc.assert(fc.property(fc.string(), (given) => !isOneOf(tokens, given)));
    expect(isOneOf([], '')).toBe(false);
  });
});

describe('sessions', () => {
  it('live until their end, for every process with the token', () => {
    const { value, maxAgeMs } = createSession('the-second-of-our-tokens', now);
    expect(isLiveSession(tokens, value, now)).toBe(true);
    expect(isLiveSession(tokens, value, later(maxAgeMs - 1))).toBe(true);
    expect(isLiveSession(tokens, value, later(maxAgeMs))).toBe(false);
    expect(isLiveSession(['the-first-of-our-tokens'], value, now)).toBe(false);
    expect(isLiveSession([], value, now)).toBe(false);
  });

  it('cannot be made up, nor changed in any one place', () => {
    const { value } = createSession('the-second-of-our-tokens', now);
    fc.assert(
      fc.property(fc.nat(value.length - 1), fc.constantFrom(...'09azAZ-_.='), (at, other) => {
        const changed = value.slice(0, at) + other + value.slice(at + 1);
        return changed === value || !isLiveSession(tokens, changed, now);
      }),
    );
    fc.assert(fc.property(fc.string(), (made) => !isLiveSession(tokens, made, now)));
  });
});
