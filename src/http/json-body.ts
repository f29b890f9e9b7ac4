import express, { type RequestHandler } from 'express';
import { sendProblem } from './problems.ts';

const ONE_MEGABYTE = 1_048_576;

/** Reads a JSON body; one of another type is refused instead of being taken for no body at all. */
export function jsonBody(limitBytes: number = ONE_MEGABYTE): RequestHandler {
  const type = ['application/json', 'application/*+json'];
  const parse = express.json({ limit: limitBytes, type });
  return (request, response, next) => {
    // Programs say "Content-Length: 0" when they post nothing. `is` answers null when there is no body.
    const empty = request.get('content-length') === '0';
    if (!empty && request.is(type) === false) {
      const message = 'Send the body as JSON, with "Content-Type: application/json".';
      return sendProblem(response, { status: 415, error: 'unsupported_media_type', message });
    }
    parse(request, response, next);
  };
}
