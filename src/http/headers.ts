import type { Request, RequestHandler } from 'express';
import type { Ids } from '../ports/ids.ts';
import { openContext } from './context.ts';

const REQUEST_ID = /^[\w.-]{8,64}$/;

const SELF_ONLY = [
  "default-src 'self'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** Keeps the id that a proxy in front gave the request, so that its log and ours can be laid together. */
export function requestIds(ids: Ids): RequestHandler {
  return (request, response, next) => {
    const given = request.get('x-request-id');
    const id = given !== undefined && REQUEST_ID.test(given) ? given : ids.next('req');
    openContext(response, id);
    response.setHeader('X-Request-Id', id);
    next();
  };
}

/** The few headers that matter to a program whose pages load nothing from elsewhere. */
export function securityHeaders(): RequestHandler {
  return (request, response, next) => {
    response.setHeader('Content-Security-Policy', SELF_ONLY);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    // With no-referrer browsers send "Origin: null" along with our own forms, and we could not tell them
    // from those of a foreign site.
    response.setHeader('Referrer-Policy', 'same-origin');
    response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
    if (isHttps(request)) response.setHeader('Strict-Transport-Security', 'max-age=31536000');
    next();
  };
}

/** We speak plain HTTP; a proxy in front says when its side is encrypted. */
export function isHttps(request: Request): boolean {
  return request.get('x-forwarded-proto')?.split(',')[0]?.trim().toLowerCase() === 'https';
}
