import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { AppError, type ErrorCode } from '../domain/errors.ts';
import type { Logger } from '../ports/logger.ts';
import { contextOf } from './context.ts';

/** What goes wrong between a client and us, beyond the codes that errors carry through the product. */
type ProblemCode = ErrorCode | 'method_not_allowed' | 'unsupported_media_type';

export type Problem = {
  status: number;
  error: ProblemCode;
  message: string;
  retryAfterMs?: number | undefined;
};

const STATUS_BY_CODE: Record<ErrorCode, number> = {
  bad_request: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  rate_limited: 429,
  busy: 503,
  unavailable: 503,
  timeout: 504,
  config: 500,
  internal: 500,
};

/** When nobody said how long: long enough for a part to come back, short enough for a person to wait. */
const RETRY_AFTER_MS = 5_000;

const ASKS_TO_RETRY: ReadonlySet<number> = new Set([429, 503]);

export function sendProblem(response: Response, problem: Problem): void {
  const { status, error, message, retryAfterMs = RETRY_AFTER_MS } = problem;
  if (ASKS_TO_RETRY.has(status)) {
    response.setHeader('Retry-After', Math.max(1, Math.ceil(retryAfterMs / 1_000)));
  }
  if (status === 401) response.setHeader('WWW-Authenticate', 'Bearer realm="sitrep"');
  response.setHeader('Cache-Control', 'no-store');
  response.status(status).json({ status: 'error', error, message });
}

export function notFound(): RequestHandler {
  return (_request, response) => {
    contextOf(response).unmatched = true;
    const message = 'There is nothing at this address.';
    sendProblem(response, { status: 404, error: 'not_found', message });
  };
}

export function methodNotAllowed(...methods: string[]): RequestHandler {
  const allow = methods.join(', ');
  return (_request, response) => {
    response.setHeader('Allow', allow);
    const message = `This address answers only ${allow}.`;
    sendProblem(response, { status: 405, error: 'method_not_allowed', message });
  };
}

/** The last handler: whatever went wrong leaves in our shape, and what we did not expect leaves a trace. */
export function problemHandler(logger: Logger): ErrorRequestHandler {
  return (error: unknown, request: Request, response: Response, _next) => {
    const { requestId } = contextOf(response);
    const problem = problemOf(error, requestId);
    if (problem.status >= 500) {
      const fields = { requestId, method: request.method, status: problem.status };
      logger.error('A request failed', fields, error);
    }
    // Half an answer cannot be mended; a cut connection at least cannot be taken for a whole one.
    if (response.headersSent) response.destroy();
    else sendProblem(response, problem);
  };
}

function problemOf(error: unknown, requestId: string): Problem {
  if (error instanceof AppError) {
    const { code, message, retryAfterMs } = error;
    return { status: STATUS_BY_CODE[code], error: code, message, retryAfterMs };
  }
  return (
    parserProblem(error) ?? {
      status: 500,
      error: 'internal',
      message: `Something went wrong on our side. The request id is ${requestId}.`,
    }
  );
}

const BY_PARSER_TYPE: Record<string, Omit<Problem, 'status'>> = {
  'entity.parse.failed': { error: 'bad_request', message: 'The body is not valid JSON.' },
  'request.aborted': { error: 'bad_request', message: 'The body ended too early.' },
  'request.size.invalid': {
    error: 'bad_request',
    message: 'The body is not as long as its Content-Length says.',
  },
  'charset.unsupported': {
    error: 'unsupported_media_type',
    message: 'The charset of the body is not one we read: send UTF-8.',
  },
  'encoding.unsupported': {
    error: 'unsupported_media_type',
    message: 'The Content-Encoding is not one we read: send gzip, deflate, br or no encoding.',
  },
};

const BY_STATUS: Record<number, Omit<Problem, 'status'>> = {
  403: { error: 'forbidden', message: 'This is not for everybody to see.' },
  404: { error: 'not_found', message: 'There is nothing at this address.' },
  413: { error: 'too_large', message: 'The body is larger than we accept here.' },
  415: {
    error: 'unsupported_media_type',
    message: 'The body is of a type that we do not read here.',
  },
};

/** Express, its body parsers and its file server mark what the client did wrong with a status below 500. */
function parserProblem(error: unknown): Problem | undefined {
  if (!(error instanceof Error) || !('status' in error)) return undefined;
  const { status } = error;
  if (typeof status !== 'number' || status < 400 || status > 499) return undefined;
  const type = 'type' in error && typeof error.type === 'string' ? error.type : '';
  const known = BY_PARSER_TYPE[type] ?? BY_STATUS[status];
  if (known) return { status, ...known };
  return { status, error: 'bad_request', message: 'The request is not well-formed.' };
}
