import { type RequestHandler, urlencoded } from 'express';
import type { Logger } from '../../../src/ports/logger.ts';

/** Of a question without a signature nobody needs to read more. */
const MOST_BODY = '4kb';

/**
 * Slack asks now and then whether the address of a command answers over TLS: `ssl_check=1`, by GET or as a form,
 * and without a signature (docs.slack.dev/interactivity/implementing-slash-commands). It wants to hear 200.
 */
export function answerSslChecks(logger: Logger): RequestHandler {
  const readForm = urlencoded({ extended: false, limit: MOST_BODY });
  return (request, response, next) => {
    if (request.get('x-slack-signature') !== undefined) return next();
    if (request.method === 'GET') {
      return isCheck(request.query) ? void response.status(200).end() : next();
    }
    if (request.method !== 'POST' || !request.is('application/x-www-form-urlencoded')) {
      return next();
    }
    readForm(request, response, (error?: unknown) => {
      if (error === undefined && isCheck(request.body)) return void response.status(200).end();
      logger.warn('A request that Slack did not sign was refused.', { platform: 'slack' });
      response.status(401).end();
    });
  };
}

function isCheck(fields: unknown): boolean {
  return (
    typeof fields === 'object' &&
    fields !== null &&
    'ssl_check' in fields &&
    fields.ssl_check === '1'
  );
}
