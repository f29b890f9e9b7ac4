import { z } from 'zod';
import { AppError } from '../src/domain/errors.ts';
import type { JobDefinition, Processor, Schedule } from '../src/ports/job-queue.ts';
import type { Logger } from '../src/ports/logger.ts';

const payloadSchema = z.object({});
type Payload = z.infer<typeof payloadSchema>;

/**
 * Makes the vectors that are missing: after Chroma was away or lost its data, after a process was killed in
 * between, and after the embedder was changed. With nothing to do it asks two questions.
 */
export const catchUpKnowledgeJob: JobDefinition<Payload> = {
  name: 'catch-up-knowledge',
  payload: payloadSchema,
  concurrency: 1,
  retry: { attempts: 1, firstMs: 1_000, mostMs: 1_000 },
};

export const CATCH_UP_SCHEDULE: Schedule = { everyMs: 10_000 };

/**
 * The same, comparing every chunk instead of following the changes: two processes that caught up at the same
 * moment, or somebody who wrote to Chroma, may have left vectors of text that has changed, or none.
 */
export const checkKnowledgeJob: JobDefinition<Payload> = {
  ...catchUpKnowledgeJob,
  name: 'check-knowledge',
};

/** It reads everything once, so it is done when something changed, and a few times a day. */
export const CHECK_SCHEDULE: Schedule = { everyMs: 6 * 3_600_000 };

export function createCatchUpKnowledgeProcessor(deps: {
  catchUp: (options: { signal: AbortSignal }) => Promise<{ embedded: number; erased: number }>;
  logger: Logger;
}): Processor<Payload> {
  return async (_payload, { signal }) => {
    try {
      const { embedded } = await deps.catchUp({ signal });
      if (embedded > 0) {
        deps.logger.info('Missing vectors of the knowledge were made.', { count: embedded });
      }
    } catch (error) {
      // The next run tries again, and the health of the part says what is wrong meanwhile.
      if (!(error instanceof AppError)) throw error;
      deps.logger.debug('The vectors of the knowledge stay behind.', {}, error);
    }
  };
}
