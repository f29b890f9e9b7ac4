import express, { type Express, type Router } from 'express';
import type { Clock } from '../ports/clock.ts';
import type { Ids } from '../ports/ids.ts';
import type { Logger } from '../ports/logger.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { RateLimiter } from '../ports/rate-limiter.ts';
import type { AdviseOnLogs, Recommend } from '../triage/index.ts';
import { createAccess } from './access.ts';
import { analyzeLogsRoutes } from './analyze-logs.ts';
import { classifyRoutes } from './classify.ts';
import { contextOf } from './context.ts';
import { type DeadJobs, deadJobRoutes } from './dead-jobs.ts';
import { type ExplanationVotesOptions, explanationVoteRoutes } from './explanation-votes.ts';
import { requestIds, securityHeaders } from './headers.ts';
import { type HostRules, hostGuard } from './hosts.ts';
import { jsonBody } from './json-body.ts';
import { knowledgePages, type ReadDocuments } from './knowledge-pages.ts';
import { type ModelInfo, modelInfoRoutes } from './model-info.ts';
import { observeRequests } from './observe.ts';
import { type OperationsOptions, operationsRoutes } from './operations.ts';
import { notFound, problemHandler } from './problems.ts';
import { type RcaRoutesOptions, rcaRoutes } from './rca.ts';
import { recommendFixRoutes } from './recommend-fix.ts';
import { signInRoutes } from './sign-in.ts';
import { type WorkflowsOptions, workflowRoutes } from './workflows.ts';

/** The door of a platform. It brings its own body parser, because some verify a signature of the raw body. */
export type Mount = {
  path: string;
  router: Router;
  /** Whether it needs a bearer token or a signed-in browser; one that verifies its callers itself does not. */
  guarded: boolean;
};

export type HttpAppOptions = OperationsOptions &
  HostRules &
  WorkflowsOptions & {
    metrics: Metrics;
    logger: Logger;
    clock: Clock;
    ids: Ids;
    tokens: readonly string[];
    /** Counts attempts to sign in. */
    limiter: RateLimiter;
    deadJobs: DeadJobs;
    recommend: Recommend;
    modelInfo: ModelInfo;
    adviseOnLogs: AdviseOnLogs;
    documents: ReadDocuments;
    /** Missing where explanations are switched off. */
    rca?: Pick<
      RcaRoutesOptions & ExplanationVotesOptions,
      'explain' | 'explanations' | 'tasks' | 'enqueueExplanation' | 'refuseCallback' | 'rateLimit'
    >;
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
  // Logs are larger than anything else that is sent: their route reads its own body.
  api.use(analyzeLogsRoutes(options));
  // Before the body is parsed: it answers in its contract's words to what is no JSON.
  if (options.rca) {
    api.use(rcaRoutes({ ...options, ...options.rca }));
    api.use(explanationVoteRoutes({ ...options, ...options.rca }));
  }
  api.use(jsonBody());
  api.use(classifyRoutes(options.triageText));
  api.use(recommendFixRoutes(options.recommend));
  api.use(workflowRoutes(options));
  api.use(deadJobRoutes(options.deadJobs));
  api.use(notFound());
  mount({ path: '/api', router: api, guarded: true });

  mount({ path: '/', router: modelInfoRoutes(options.modelInfo), guarded: true });
  mount({ path: '/knowledge', router: knowledgePages(options.documents), guarded: true });

  for (const root of options.mounts.filter(({ path }) => path === '/')) mount(root);

  app.use(notFound());
  app.use(problemHandler(options.logger));
  return app;
}
