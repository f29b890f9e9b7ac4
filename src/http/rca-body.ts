import express, { type RequestHandler } from 'express';
import { sendProblem } from './problems.ts';

/** The whole output of an analyser, with room to spare. */
const TWO_MEGABYTES = 2 * 1_048_576;

/**
 * Reads a body as JSON whatever its type says: the contract's own examples leave the type to curl, which says
 * that it is a form. What is no JSON leaves `body` undefined, which is the contract's to answer.
 */
export function readJson(): RequestHandler {
  const parse = express.json({ limit: TWO_MEGABYTES, type: () => true, strict: false });
  return (request, response, next) => {
    parse(request, response, (error?: unknown) => {
      if (error === undefined) return next();
      if (isTooLarge(error)) {
        const message = 'The analysis is larger than 2 MB.';
        return sendProblem(response, { status: 413, error: 'too_large', message });
      }
      request.body = undefined;
      next();
    });
  };
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'status' in error && error.status === 413;
}
