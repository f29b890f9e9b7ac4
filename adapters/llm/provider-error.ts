import { AppError, type ErrorCode } from '../../src/domain/errors.ts';

/** What the SDKs tell of a failed call, whichever of them it was. */
type Failure = {
  name: string;
  status: number | undefined;
  headers: Headers | undefined;
  /** Only looked at, never passed on: messages quote keys and prompts. */
  message: string;
};

/** An answer with a bad status, for SDKs that forget its headers when they make an error of it. */
export class HttpFailure extends Error {
  readonly status: number;
  readonly headers: Headers;

  constructor(status: number, headers: Headers, body: string) {
    super(body);
    this.name = 'HttpFailure';
    this.status = status;
    this.headers = headers;
  }
}

/**
 * A failure of a provider as ours. The foreign error is not kept as cause: its message may quote the key or
 * the prompt, and causes end up in logs.
 */
export function providerError(provider: string, error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { name, status, headers, message } = failureOf(error);
  if (status === undefined || status < 400) {
    const slow = /timeout/i.test(name) || /timed? ?out/i.test(message);
    return slow
      ? new AppError('timeout', `${provider} did not answer in time.`)
      : new AppError('unavailable', `${provider} cannot be reached, or broke off its answer.`);
  }
  const after = retryAfterMs(headers);
  return new AppError(codeOf(status, message), sentence(provider, status, message), {
    ...(after === undefined ? {} : { retryAfterMs: after }),
    retryable: isWorthATry(status, message),
  });
}

/** The optional parameter that a provider does not take from us, when that is why it refused. */
export function refusedParameter<Name extends string>(
  error: unknown,
  optional: readonly Name[],
): Name | undefined {
  const { status, message } = failureOf(error);
  if ((status !== 400 && status !== 422) || isTooLong(message)) return undefined;
  return optional.find((parameter) => message.includes(parameter));
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) {
    return { name: 'unknown', status: undefined, headers: undefined, message: '' };
  }
  const { status, headers, param } = error as Error & Record<string, unknown>;
  return {
    name: error.name,
    status: typeof status === 'number' ? status : undefined,
    headers: headers instanceof Headers ? headers : undefined,
    message: typeof param === 'string' ? `${param} ${error.message}` : error.message,
  };
}

function codeOf(status: number, message: string): ErrorCode {
  if (status === 401 || status === 402 || status === 403 || status === 404) return 'config';
  if (status === 408 || status === 504) return 'timeout';
  if (status === 413) return 'too_large';
  if (status === 429) return 'rate_limited';
  if (status >= 500) return 'unavailable';
  if (isTooLong(message)) return 'too_large';
  return isUnpaid(message) ? 'config' : 'bad_request';
}

/** Every dialect says it in its own words, with status 400. */
function isTooLong(message: string): boolean {
  return /context.{0,20}(?:length|window|limit)|too (?:long|many tokens)|maximum.{0,30}tokens/i.test(
    message,
  );
}

function isUnpaid(message: string): boolean {
  return /insufficient_quota|billing|credit balance/i.test(message);
}

/** 429 is also how a provider says that there is no money left: waiting does not help then. */
function isWorthATry(status: number, message: string): boolean {
  if (status === 429) return !isUnpaid(message);
  return status === 408 || status === 409 || status >= 500;
}

function sentence(provider: string, status: number, message: string): string {
  if (status === 401 || status === 403) {
    return `${provider} refuses the key (status ${status}): check it with sitrep doctor.`;
  }
  if (status === 404) return `${provider} does not know this model or address (status 404).`;
  if (status === 402 || (status < 500 && isUnpaid(message))) {
    return `${provider} wants to be paid first (status ${status}).`;
  }
  if (status === 429) return `${provider} has more requests than it takes (status 429).`;
  if (status === 413 || (status < 500 && isTooLong(message))) {
    return `${provider} says that this is longer than its model can read (status ${status}).`;
  }
  return `${provider} answered with status ${status}.`;
}

/** In seconds or as a date; the date is counted from when the provider's own clock, if it says, was at the answer. */
function retryAfterMs(headers: Headers | undefined): number | undefined {
  const exact = Number(headers?.get('retry-after-ms') ?? Number.NaN);
  const after = headers?.get('retry-after') ?? '';
  const seconds = /^\d+(\.\d+)?$/.test(after) ? Number(after) * 1_000 : Number.NaN;
  const answered = Date.parse(headers?.get('date') ?? '');
  const date = Date.parse(after) - (Number.isNaN(answered) ? Date.now() : answered);
  const found = [exact, seconds, date].find((ms) => Number.isFinite(ms));
  return found === undefined ? undefined : Math.max(0, found);
}
