import { describe, expect, it } from 'vitest';
import {
  HttpFailure,
  providerError,
  refusedParameter,
} from '../../../adapters/llm/provider-error.ts';
import { AppError } from '../../../src/domain/errors.ts';

const failed = (status: number, body = '', headers: Record<string, string> = {}) =>
  providerError('openai', new HttpFailure(status, new Headers(headers), body));

describe('a failure of a provider', () => {
  it.each([
    [400, 'bad_request', false],
    [401, 'config', false],
    [402, 'config', false],
    [403, 'config', false],
    [404, 'config', false],
    [408, 'timeout', true],
    [409, 'bad_request', true],
    [413, 'too_large', false],
    [418, 'bad_request', false],
    [422, 'bad_request', false],
    [429, 'rate_limited', true],
    [500, 'unavailable', true],
    [503, 'unavailable', true],
    [504, 'timeout', true],
    [529, 'unavailable', true],
  ])('with status %i is %s', (status, code, retryable) => {
    expect(failed(status)).toMatchObject({ name: 'AppError', code, retryable });
  });

  it('is not worth another try when the money is gone', () => {
    const quota = 'You exceeded your current quota, please check your plan and billing details.';
    expect(failed(429, quota)).toMatchObject({ code: 'rate_limited', retryable: false });
    expect(failed(400, 'Your credit balance is too low.')).toMatchObject({ code: 'config' });
  });

  it.each([
    "This model's maximum context length is 8192 tokens.",
    'prompt is too long: 210000 tokens > 200000 maximum',
    'input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000',
    'context_length_exceeded',
  ])('says that a text is too long: %s', (message) => {
    expect(failed(400, message)).toMatchObject({ code: 'too_large', retryable: false });
  });

  it('says how long the provider wants to be left alone', () => {
    expect(failed(429, '', { 'retry-after': '7' }).retryAfterMs).toBe(7_000);
    expect(failed(429, '', { 'retry-after': '7', 'retry-after-ms': '250' }).retryAfterMs).toBe(250);
    const dates = {
      date: 'Wed, 03 Dec 2025 07:30:00 GMT',
      'retry-after': 'Wed, 03 Dec 2025 07:30:20 GMT',
    };
    expect(failed(429, '', dates).retryAfterMs).toBe(20_000);
    const { date: _, ...undated } = dates;
    expect(failed(429, '', undated).retryAfterMs).toBe(0);
    expect(failed(429, '', { 'retry-after': 'soon' }).retryAfterMs).toBeUndefined();
  });

  it('without an answer is a provider out of reach, or a late one', () => {
    expect(providerError('openai', new Error('Connection error.'))).toMatchObject({
      code: 'unavailable',
      retryable: true,
    });
    expect(providerError('openai', new Error('Request timed out.'))).toMatchObject({
      code: 'timeout',
    });
    expect(providerError('openai', 'a string')).toMatchObject({ code: 'unavailable' });
  });

  it('repeats nothing of what the provider said', () => {
    const error = failed(401, 'Incorrect API key provided: sk-planted-0123456789.');
    expect(error.message).not.toContain('planted');
    expect(error.cause).toBeUndefined();
  });

  it('stays what it is when it is ours already', () => {
    const error = new AppError('busy', 'Later.');
    expect(providerError('openai', error)).toBe(error);
  });
});

describe('a parameter that a provider refuses', () => {
  const names = ['temperature', 'max_tokens'] as const;
  const said = (status: number, body: string) =>
    refusedParameter(new HttpFailure(status, new Headers(), body), names);

  it('is found by its name', () => {
    expect(said(400, "Unsupported parameter: 'max_tokens'.")).toBe('max_tokens');
    expect(said(422, 'temperature: extra inputs are not permitted')).toBe('temperature');
  });

  it('is not what a text is too long for', () => {
    expect(said(400, 'input length and `max_tokens` exceed context limit')).toBeUndefined();
  });

  it('is none in other failures', () => {
    expect(said(500, 'temperature')).toBeUndefined();
    expect(said(400, 'No such thing.')).toBeUndefined();
  });
});
