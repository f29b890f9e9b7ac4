import { Router } from 'express';
import { z } from 'zod';
import { AppError } from '../domain/errors.ts';
import type { DeadJob } from '../ports/job-queue.ts';
import { methodNotAllowed } from './problems.ts';

const querySchema = z.object({ limit: z.coerce.number().int().min(1).max(500).default(50) });

export type DeadJobs = {
  /** Newest first. */
  list(limit: number): Promise<readonly DeadJob[]>;
  /** False when there is none of this id. */
  retry(job: string, id: string): Promise<boolean>;
};

/** Jobs that were given up, for people to look at and to give another try. */
export function deadJobRoutes(deadJobs: DeadJobs): Router {
  const router = Router();

  router
    .route('/v1/jobs/dead')
    .get(async (request, response) => {
      const query = querySchema.safeParse(request.query);
      if (!query.success) {
        throw new AppError('bad_request', 'limit must be a whole number from 1 to 500.');
      }
      const jobs = await deadJobs.list(query.data.limit);
      response.json({ status: 'success', data: { jobs } });
    })
    .all(methodNotAllowed('GET', 'HEAD'));

  router
    .route('/v1/jobs/dead/:job/:id/retry')
    .post(async (request, response) => {
      const { job, id } = request.params;
      if (!(await deadJobs.retry(job, id))) {
        throw new AppError('not_found', 'There is no dead job of this name and id.');
      }
      response.json({ status: 'success', data: { job, id } });
    })
    .all(methodNotAllowed('POST'));

  return router;
}
