/**
 * The one error type that crosses module borders. Adapters translate foreign errors into it;
 * jobs decide about a retry from `retryable` alone; `message` is a sentence people may read.
 */
export type ErrorCode =
  | 'bad_request'
  | 'unauthorized'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'busy'
  | 'rate_limited'
  | 'too_large'
  | 'unavailable'
  | 'timeout'
  | 'config'
  | 'internal';

export type AppErrorOptions = {
  retryable?: boolean;
  /** How long the other side asked us to wait, when it said so. */
  retryAfterMs?: number;
  cause?: unknown;
};

export class AppError extends Error {
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.retryable = options.retryable ?? RETRYABLE_BY_DEFAULT.has(code);
    this.retryAfterMs = options.retryAfterMs;
  }
}

const RETRYABLE_BY_DEFAULT: ReadonlySet<ErrorCode> = new Set([
  'busy',
  'rate_limited',
  'unavailable',
  'timeout',
]);

/** An unknown failure is worth another try: losing an incident is worse than doing work twice. */
export function isRetryable(error: unknown): boolean {
  return error instanceof AppError ? error.retryable : true;
}

export function errorCode(error: unknown): ErrorCode {
  return error instanceof AppError ? error.code : 'internal';
}
