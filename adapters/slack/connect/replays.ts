import type { RequestHandler } from 'express';
import { createRecent } from '../../../src/domain/recent.ts';
import type { Logger } from '../../../src/ports/logger.ts';

/** As many as come in the five minutes for which a signature is good, at 50 a second. */
const REMEMBERED = 15_000;

/**
 * A request that was taken before, byte by byte: Slack signs every delivery anew. Only what we answered well is
 * remembered, so a delivery that failed here may come again in any form.
 */
export function refuseReplays(logger: Logger): RequestHandler {
  const taken = createRecent<true>(REMEMBERED);
  return (request, response, next) => {
    const signature = request.get('x-slack-signature');
    if (signature === undefined) return next();
    const key = `${request.get('x-slack-request-timestamp')} ${signature}`;
    if (taken.get(key)) {
      logger.info('A request that was taken before came again; it was ignored.', {
        platform: 'slack',
      });
      request.resume();
      response.status(200).end();
      return;
    }
    response.once('finish', () => {
      if (response.statusCode === 200) taken.set(key, true);
    });
    next();
  };
}
