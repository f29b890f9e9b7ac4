import { createHash } from 'node:crypto';
import { type Response, Router, urlencoded } from 'express';
import { z } from 'zod';
import { AppError } from '../domain/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { RateLimiter } from '../ports/rate-limiter.ts';
import { type Access, SESSION_COOKIE } from './access.ts';
import { isHttps } from './headers.ts';
import { methodNotAllowed } from './problems.ts';
import { createSession, isSameSecret } from './tokens.ts';

export type SignInOptions = {
  access: Access;
  tokens: readonly string[];
  limiter: RateLimiter;
  clock: Clock;
};

/** A person mistypes a few times; a program that guesses gets nowhere. */
const ATTEMPTS = { limit: 10, windowMs: 60_000 };

const formSchema = z.object({ token: z.string().max(1_000), to: z.string().max(2_000).optional() });

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; }
form { width: min(22rem, calc(100vw - 3rem)); display: grid; gap: 0.75rem; }
h1 { margin: 0; font-size: 1.5rem; }
p { margin: 0; }
p[role='alert'] { border-inline-start: 4px solid #c62828; padding-inline-start: 0.75rem; }
input, button { font: inherit; padding: 0.6rem 0.75rem; border-radius: 0.4rem; border: 1px solid; }
button { cursor: pointer; font-weight: 600; }
`;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** A browser cannot send a bearer token by itself: here a person exchanges one for a cookie. */
export function signInRoutes({ access, tokens, limiter, clock }: SignInOptions): Router {
  const router = Router();
  router
    .route('/sign-in')
    .get((request, response) => {
      const to = placeHere(request.query.to);
      if (access.isOpen(request)) return response.redirect(303, to);
      sendPage(response, access.closedBecause ? 403 : 200, { to, problem: access.closedBecause });
    })
    .post(
      access.sameOrigin,
      urlencoded({ extended: false, limit: '8kb' }),
      async (request, response) => {
        if (access.isOpen(request)) return response.redirect(303, '/');
        const client = `sign-in:${request.socket.remoteAddress ?? 'unknown'}`;
        const { allowed, resetAt } = await limiter.take(client, ATTEMPTS);
        if (!allowed) {
          throw new AppError('rate_limited', 'Too many attempts to sign in: wait a minute.', {
            retryAfterMs: Math.max(0, resetAt.getTime() - clock.now().getTime()),
          });
        }
        const form = formSchema.safeParse(request.body);
        if (!form.success) {
          throw new AppError('bad_request', 'Send the token as the form field "token".');
        }
        const to = placeHere(form.data.to);
        const given = form.data.token.trim();
        const token = tokens.filter((candidate) => isSameSecret(candidate, given))[0];
        if (token === undefined) {
          const problem = access.closedBecause ?? 'This token is not one of those configured.';
          return sendPage(response, 403, { to, problem });
        }
        const session = createSession(token, clock.now());
        response.cookie(SESSION_COOKIE, session.value, {
          httpOnly: true,
          sameSite: 'strict',
          secure: isHttps(request),
          maxAge: session.maxAgeMs,
          path: '/',
        });
        response.setHeader('Cache-Control', 'no-store');
        response.redirect(303, to);
      },
    )
    .all(methodNotAllowed('GET', 'HEAD', 'POST'));
  return router;
}

/** Where to go after signing in: a place on this server, whatever the link that led here says. */
function placeHere(to: unknown): string {
  if (typeof to !== 'string' || !URL.canParse(to, 'http://here')) return '/';
  const { origin, pathname, search } = new URL(to, 'http://here');
  // A path may begin with two slashes, which in a redirect name another host.
  return origin === 'http://here' && !pathname.startsWith('//') ? `${pathname}${search}` : '/';
}

function sendPage(
  response: Response,
  status: number,
  { to, problem }: { to: string; problem: string | undefined },
): void {
  response.setHeader(
    'Content-Security-Policy',
    `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  );
  response.setHeader('Cache-Control', 'no-store');
  response
    .status(status)
    .type('html')
    .send(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sign in to Sitrep</title>
<style>${STYLE}</style>
</head>
<body>
<form method="post" action="/sign-in">
<h1>Sign in to Sitrep</h1>
${problem === undefined ? '' : `<p role="alert">${escapeHtml(problem)}</p>`}
<label for="token">Access token</label>
<input id="token" name="token" type="password" autocomplete="current-password" required autofocus>
<input name="to" type="hidden" value="${escapeHtml(to)}">
<button>Sign in</button>
</form>
</body>
</html>
`);
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
