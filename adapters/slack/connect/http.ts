import { ExpressReceiver, type InstallationStore } from '@slack/bolt';
import { type RequestHandler, Router } from 'express';
import type { Logger } from '../../../src/ports/logger.ts';
import { clientOptions } from '../api/calls.ts';
import { BOT_SCOPES, MOUNT, PATHS } from '../surface.ts';
import { createBoltLogger } from './bolt-logger.ts';
import { refuseFuture } from './future-requests.ts';
import { installFailed } from './install-failed.ts';
import { answerSslChecks } from './ssl-checks.ts';

export type OAuth = {
  clientId: string;
  clientSecret: string;
  /** Signs the state that comes back with the browser. */
  stateSecret: string;
  installations: InstallationStore;
  publicUrl: string | undefined;
};

export type HttpOptions = {
  /** Absent over Socket Mode, where only installing goes over HTTP. */
  signingSecret: string | undefined;
  oauth: OAuth | undefined;
  apiUrl: string;
  logger: Logger;
};

/** Slack's largest deliveries, cards that were clicked on, are some hundred kilobytes. */
const MOST_BODY = '2mb';
/** Slack gives up after three seconds; a store that is slower than that may still finish. */
const MOST_MS = 30_000;

export function createHttpReceiver(options: HttpOptions): ExpressReceiver {
  const { signingSecret, oauth, apiUrl, logger } = options;
  const receiver = new ExpressReceiver({
    signingSecret: signingSecret ?? '',
    signatureVerification: signingSecret !== undefined,
    endpoints: signingSecret === undefined ? {} : { events: PATHS.events },
    bodyLimit: MOST_BODY,
    logger: createBoltLogger(logger),
    unhandledRequestTimeoutMillis: MOST_MS,
    unhandledRequestHandler: ({ response }) => {
      if (!response.headersSent) response.writeHead(503).end();
    },
    // Whoever threw has logged. Any other answer than 2xx makes Slack deliver again.
    processEventErrorHandler: async ({ response }) => {
      if (!response.headersSent) response.writeHead(503).end();
      return true;
    },
    ...(oauth === undefined ? {} : oauthOptions(oauth, apiUrl, logger)),
  });
  if (signingSecret !== undefined) {
    // Before the signature is looked for.
    receiver.router = Router()
      .use(PATHS.events, answerSslChecks(logger), refuseFuture(logger, Date.now))
      .use(receiver.router as RequestHandler);
  }
  return receiver;
}

function oauthOptions(oauth: OAuth, apiUrl: string, logger: Logger) {
  const { clientId, clientSecret, stateSecret, installations, publicUrl } = oauth;
  const address = publicUrl?.replace(/\/+$/, '');
  return {
    clientId,
    clientSecret,
    stateSecret,
    scopes: [...BOT_SCOPES],
    installationStore: installations,
    ...(address === undefined ? {} : { redirectUri: `${address}${MOUNT}${PATHS.redirect}` }),
    installerOptions: {
      callbackOptions: { failure: installFailed(logger) },
      installPath: PATHS.install,
      redirectUriPath: PATHS.redirect,
      clientOptions: clientOptions(apiUrl),
      authorizationUrl: new URL('/oauth/v2/authorize', apiUrl).href,
    },
  };
}
