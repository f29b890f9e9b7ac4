import express, { type Express, type Router } from 'express';
import type { Classifier } from '../ports/classifier.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ids } from '../ports/ids.ts';
import type { Logger } from '../ports/logger.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { RateLimiter } from '../ports/rate-limiter.ts';
import { createAccess } from './access.ts';
import { classifyRoutes } from './classify.ts';
import { contextOf } from './context.ts';
import { type DeadJobs, deadJobRoutes } from './dead-jobs.ts';
import { requestIds, securityHeaders } from './headers.ts';
import { type HostRules, hostGuard } from './hosts.ts';
import { jsonBody } from './json-body.ts';
import { observeRequests } from './observe.ts';
import { type OperationsOptions, operationsRoutes } from './operations.ts';
import { notFound, problemHandler } from './problems.ts';
import { signInRoutes } from './sign-in.ts';

/** The door of a platform. It brings its own body parser, because some verify a signature of the raw body. */
export type Mount = {
  path: string;
  router: Router;
  /** Whether it needs a bearer token or a signed-in browser; one that verifies its callers itself does not. */
  guarded: boolean;
};

export type HttpAppOptions = OperationsOptions &
  HostRules & {
    metrics: Metrics;
    logger: Logger;
    clock: Clock;
    ids: Ids;
    tokens: readonly string[];
    /** Counts attempts to sign in. */
    limiter: RateLimiter;
    deadJobs: DeadJobs;
    classifier: Classifier;
    mounts: readonly Mount[];
  };

/** The one Express app: everything that speaks HTTP with us comes through here. */
export function createHttpApp(options: HttpAppOptions): Express {
  const access = createAccess(options);
  const app = express();
  app.disable('x-powered-by');

  app.use(requestIds(options.ids));
  app.use(observeRequests(options));
  app.use(securityHeaders());
  app.use(hostGuard(options));

  const mount = ({ path, router, guarded }: Mount) => {
    app.use(path, (_request, response, next) => {
      contextOf(response).mount = path;
      next();
    });
    if (guarded) app.use(path, access.guard);
    app.use(path, router);
  };

  // The mount at the root would shadow our own routes, and our /api its neighbours: a platform may well
  // live at /api/messages.
  for (const outer of options.mounts.filter(({ path }) => path !== '/')) mount(outer);
  mount({ path: '/', router: operationsRoutes(options), guarded: false });
  mount({ path: '/', router: signInRoutes({ ...options, access }), guarded: false });

  const api = express.Router();
  api.use(jsonBody());
  api.use(classifyRoutes(options.classifier));
  api.use(deadJobRoutes(options.deadJobs));
  api.use(notFound());
  mount({ path: '/api', router: api, guarded: true });

  for (const root of options.mounts.filter(({ path }) => path === '/')) mount(root);

  app.use(notFound());
  app.use(problemHandler(options.logger));
  return app;
}
