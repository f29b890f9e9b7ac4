import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from '../../../src/ports/logger.ts';

type Failure = (
  error: { code?: string },
  options: unknown,
  request: IncomingMessage,
  response: ServerResponse,
) => void;

/** A code that was used before, a state that is not ours, or none. */
const THEIRS = /^slack_(?:oauth_(?!unknown)|webapi_platform_error$)/;

/** What the browser of somebody shows whose installation did not come to its end. */
export function installFailed(logger: Logger): Failure {
  return (error, _options, request, response) => {
    const isDeclined = new URL(request.url ?? '/', 'http://sitrep').searchParams.has('error');
    // What Slack or the browser did, or what failed here.
    const isTheirs = THEIRS.test(error.code ?? '');
    if (!isDeclined && !isTheirs) {
      logger.error('An installation in Slack could not be kept.', { platform: 'slack' }, error);
    }
    const sentence = isDeclined
      ? 'Sitrep was not installed, as you did not agree to it at Slack.'
      : 'Sitrep was not installed: this attempt is too old, was used before, or failed.';
    response.writeHead(isDeclined || isTheirs ? 400 : 503, {
      'content-type': 'text/html; charset=utf-8',
    });
    response.end(
      `<!doctype html><title>Not installed</title><h1>Not installed</h1><p>${sentence} <a href="install">Begin again</a></p>`,
    );
  };
}
