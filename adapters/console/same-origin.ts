import type { Request, RequestHandler } from 'express';
import { AppError } from '../../src/domain/errors.ts';

/**
 * Any site open in the same browser can send requests here. Browsers mark them, and pages cannot change the
 * marks; programs that are not browsers send none.
 */
export function sameOriginOnly(): RequestHandler {
  return (request, _response, next) => {
    if (isForeign(request)) {
      throw new AppError('forbidden', 'Only the console’s own page may ask for this.');
    }
    next();
  };
}

/**
 * A foreign page can send plain text and form bodies without asking; for JSON its browser asks first, and we
 * never say yes.
 */
export function jsonOnly(): RequestHandler {
  return (request, _response, next) => {
    const reads = request.method === 'GET' || request.method === 'HEAD';
    if (!reads && !request.is('application/json')) {
      throw new AppError('bad_request', 'Send JSON, with the content type application/json.');
    }
    next();
  };
}

function isForeign(request: Request): boolean {
  // `none` is a person who typed the address. Browsers leave the header out on plain HTTP off loopback.
  const site = request.get('sec-fetch-site');
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const origin = request.get('origin');
  return origin !== undefined && hostOf(origin) !== request.headers.host?.toLowerCase();
}

/** A proxy in front may speak HTTPS for us, so schemes may differ; `null` is no host. */
function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
