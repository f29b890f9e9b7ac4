import type { RequestHandler } from 'express';
import type { Logger } from '../../../src/ports/logger.ts';

/** As Slack has it for both directions: docs.slack.dev/authentication/verifying-requests-from-slack. */
const MOST_SECONDS = 300;

/** Bolt refuses what is too old; what claims to come from the future would be good for as long as it likes. */
export function refuseFuture(logger: Logger, now: () => number): RequestHandler {
  return (request, response, next) => {
    const seconds = Number(request.get('x-slack-request-timestamp'));
    if (!(seconds - now() / 1000 > MOST_SECONDS)) return next();
    logger.warn('A request that Slack did not sign was refused.', { platform: 'slack' });
    request.resume();
    response.status(401).end();
  };
}
