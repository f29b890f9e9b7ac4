import { type Request, type RequestHandler, type Response, Router } from 'express';
import { z } from 'zod';
import { AppError } from '../domain/errors.ts';
import { AUDIENCES, parseRca } from '../domain/rca.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ids } from '../ports/ids.ts';
import type { Logger } from '../ports/logger.ts';
import type { RateLimit, RateLimiter } from '../ports/rate-limiter.ts';
import type { TaskStore } from '../ports/task-store.ts';
import { boundRca, cleanRca, type Explain } from '../rca/index.ts';
import { clientOf } from './client.ts';
import { contextOf } from './context.ts';
import { methodNotAllowed } from './problems.ts';
import { readJson } from './rca-body.ts';
import { sendWithProgress, wantsProgress } from './rca-stream.ts';

export type RcaRoutesOptions = {
  explain: Explain;
  tasks: TaskStore;
  /** Starts the work of a task that is in the store. */
  enqueueExplanation(taskId: string): Promise<void>;
  /** Why this address may not be called back, as a sentence; undefined when it may. */
  refuseCallback(url: string): string | undefined;
  limiter: RateLimiter;
  /** Undefined: everybody may ask as often as they like. */
  rateLimit: RateLimit | undefined;
  clock: Clock;
  ids: Ids;
  logger: Logger;
};

const EXPLANATION_TASK = 'explain-rca';

const bodySchema = z.object({
  rcaData: z.unknown().refine((value) => value !== undefined && value !== null),
  audience: z.enum(AUDIENCES).optional(),
  callbackUrl: z.string().max(2_000).optional(),
});

const querySchema = z.object({
  async: z.enum(['true', 'false']).optional(),
  audience: z.enum(AUDIENCES).optional(),
});

/** Explains root causes over HTTP, as the contract of the analyser's explanation service has it. */
export function rcaRoutes(options: RcaRoutesOptions): Router {
  const { explain, tasks, clock, ids, logger } = options;
  const router = Router();

  router
    .route('/v1/mira/rca_analyze')
    .post(limit(options), readJson(), async (request, response) => {
      const asked = readRequest(request);
      if (typeof asked === 'string') return invalid(response, asked);
      const { rca, audience, isAsync, callbackUrl } = asked;
      if (!isAsync) {
        try {
          if (wantsProgress(request)) {
            await sendWithProgress(response, (how) => explain(rca, { ...how, audience }));
            return;
          }
          const explanation = await explain(rca, { audience });
          response.set('Cache-Control', 'no-store').json({ status: 'success', data: explanation });
        } catch (error) {
          // A provider that fails is stood in for by the narrator: this is a fault of ours.
          logger.error(
            'A root cause could not be explained',
            { requestId: contextOf(response).requestId },
            error,
          );
          if (response.headersSent) return;
          response.status(500).json({ status: 'error', error: 'mira_generation_failed' });
        }
        return;
      }
      const refusal = callbackUrl === undefined ? undefined : options.refuseCallback(callbackUrl);
      if (refusal !== undefined) throw new AppError('bad_request', refusal);
      const now = clock.now();
      const task = await tasks.add({
        id: ids.next('task'),
        kind: EXPLANATION_TASK,
        state: 'waiting',
        progress: 0,
        // Kept until it is done, so nothing is kept that may not leave.
        request: {
          rca: cleanRca(boundRca(rca).rca),
          audience,
          ...(callbackUrl === undefined ? {} : { callbackUrl }),
        },
        createdAt: now,
        updatedAt: now,
      });
      await options.enqueueExplanation(task.id);
      const url = `/api/v1/tasks/${task.id}`;
      response.status(202).set('Location', url).set('Cache-Control', 'no-store');
      response.json({ status: 'accepted', data: { taskId: task.id, state: task.state, url } });
    })
    .all(methodNotAllowed('POST'));

  router
    .route('/v1/mira/cache')
    .delete(async (_request, response) => {
      await explain.flush();
      logger.info('The cache of explanations was flushed', {
        requestId: contextOf(response).requestId,
      });
      response.json({ status: 'success', data: { flushed: true } });
    })
    .all(methodNotAllowed('DELETE'));

  router
    .route('/v1/tasks/:id')
    .get(async (request, response) => {
      const task = await tasks.byId(request.params.id);
      if (task === undefined) throw new AppError('not_found', 'There is no task of this id.');
      const { id, kind, state, progress, result, createdAt, updatedAt } = task;
      response.set('Cache-Control', 'no-store').json({
        status: 'success',
        data: { id, kind, state, progress, result: result ?? null, createdAt, updatedAt },
      });
    })
    .all(methodNotAllowed('GET', 'HEAD'));

  return router;
}

/** Counts the request and says how many are left; one too many ends here. */
function limit({ limiter, rateLimit, clock }: RcaRoutesOptions): RequestHandler {
  return async (request, response, next) => {
    if (rateLimit === undefined) return next();
    const decision = await limiter.take(`mira ${clientOf(request)}`, rateLimit);
    response.set('X-RateLimit-Limit', String(decision.limit));
    response.set('X-RateLimit-Remaining', String(decision.remaining));
    response.set('X-RateLimit-Reset', String(Math.ceil(decision.resetAt.getTime() / 1_000)));
    if (decision.allowed) return next();
    const waitMs = decision.resetAt.getTime() - clock.now().getTime();
    const retryAfter = Math.max(1, Math.ceil(waitMs / 1_000));
    response.status(429).set('Retry-After', String(retryAfter)).set('Cache-Control', 'no-store');
    response.json({ status: 'error', error: 'rate_limit_exceeded', retryAfter });
  };
}

function readRequest(request: Request) {
  const body = bodySchema.safeParse(request.body);
  const query = querySchema.safeParse(request.query);
  if (!body.success) return 'Send an object with rcaData.';
  if (!query.success)
    return `async must be true or false, audience one of ${AUDIENCES.join(', ')}.`;
  const isAsync = query.data.async === 'true';
  const { callbackUrl } = body.data;
  if (callbackUrl !== undefined && !isAsync) return 'callbackUrl needs ?async=true.';
  try {
    const rca = parseRca(body.data.rcaData);
    const audience = body.data.audience ?? query.data.audience ?? ('executive' as const);
    return { rca, audience, isAsync, callbackUrl };
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}

/** The contract's body has no place for the reason, so it stands in a header. */
function invalid(response: Response, reason: string): void {
  response.set('X-Sitrep-Problem', reason.replace(/[^\x20-\x7e]/g, '?'));
  response.status(400).set('Cache-Control', 'no-store');
  response.json({ status: 'error', error: 'invalid_json_payload' });
}
