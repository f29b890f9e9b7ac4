import type { Request, RequestHandler } from 'express';
import { AppError } from '../domain/errors.ts';
import type { Clock } from '../ports/clock.ts';
import { hostNameOf, isLoopbackHost } from './hosts.ts';
import { isLiveSession, isOneOf } from './tokens.ts';

export type AccessOptions = {
  tokens: readonly string[];
  listensOnLoopback: boolean;
  clock: Clock;
};

export const SESSION_COOKIE = 'sitrep_session';

/** Proxies and tunnels say in one of these for whom they speak; browsers and curl send none. */
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

const NO_TOKEN_CONFIGURED =
  'Sitrep can be reached from beyond this machine, so this needs a bearer token, and none is configured: set SITREP_API_TOKENS (server.tokens) to at least 16 random characters and start again.';

export interface Access {
  /** Whether everybody who gets here may come in: on one's own machine, with no token configured. */
  isOpen(request: Request): boolean;
  /** Lets in whoever may; a browser that may not yet is sent to sign in. */
  guard: RequestHandler;
  /** Refuses what a page of another site sent through the browser of somebody who may. */
  sameOrigin: RequestHandler;
  /** Why nobody can sign in, when nobody can. */
  closedBecause: string | undefined;
}

export function createAccess({ tokens, listensOnLoopback, clock }: AccessOptions): Access {
  function isOpen(request: Request): boolean {
    if (!listensOnLoopback || tokens.length > 0) return false;
    // A tunnel or proxy on this machine would otherwise open the door to everybody behind it.
    if (FORWARDED.some((header) => request.headers[header] !== undefined)) return false;
    return isLoopbackHost(hostNameOf(request) ?? '');
  }

  const sameOrigin: RequestHandler = (request, _response, next) => {
    if (isSafe(request.method) || comesFromOurPage(request)) return next();
    throw new AppError('forbidden', 'A page of another site sent this, so it was not done.');
  };

  const guard: RequestHandler = (request, response, next) => {
    const bearer = bearerOf(request);
    if (bearer !== undefined && isOneOf(tokens, bearer)) return next();

    const session = cookieOf(request, SESSION_COOKIE);
    const signedIn = session !== undefined && isLiveSession(tokens, session, clock.now());
    // No page can make a browser send a bearer token for another site, but cookies and the way to
    // loopback are there for every page.
    if (isOpen(request) || (bearer === undefined && signedIn)) {
      return sameOrigin(request, response, next);
    }

    if (bearer === undefined && isSafe(request.method) && wantsPage(request)) {
      response.setHeader('Cache-Control', 'no-store');
      return response.redirect(303, `/sign-in?to=${encodeURIComponent(request.originalUrl)}`);
    }
    throw new AppError('unauthorized', refusal(bearer));
  };

  function refusal(bearer: string | undefined): string {
    if (tokens.length === 0) return NO_TOKEN_CONFIGURED;
    if (bearer === undefined) return 'This needs a bearer token: send "Authorization: Bearer …".';
    return 'This bearer token is not one of those in SITREP_API_TOKENS.';
  }

  const closedBecause = tokens.length === 0 ? NO_TOKEN_CONFIGURED : undefined;
  return { isOpen, guard, sameOrigin, closedBecause };
}

function isSafe(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** Programs send neither header. Browsers send Sec-Fetch-Site to https and loopback, Origin everywhere. */
function comesFromOurPage(request: Request): boolean {
  const site = request.get('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const origin = request.get('origin');
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === request.get('host')?.toLowerCase();
}

function wantsPage(request: Request): boolean {
  return request.accepts(['json', 'html']) === 'html';
}

function bearerOf(request: Request): string | undefined {
  const header = request.get('authorization');
  return header === undefined ? undefined : (/^bearer +(\S+) *$/i.exec(header)?.[1] ?? '');
}

function cookieOf(request: Request, name: string): string | undefined {
  for (const pair of request.get('cookie')?.split(';') ?? []) {
    const [key, value] = pair.trim().split('=', 2);
    if (key === name) return value;
  }
  return undefined;
}
