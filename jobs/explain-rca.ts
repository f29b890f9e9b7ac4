import { z } from 'zod';
import { AUDIENCES, parseRca } from '../src/domain/rca.ts';
import type { Clock } from '../src/ports/clock.ts';
import type { JobDefinition, Processor } from '../src/ports/job-queue.ts';
import type { Logger } from '../src/ports/logger.ts';
import type { Task, TaskStore } from '../src/ports/task-store.ts';
import type { Explain } from '../src/rca/index.ts';

const payloadSchema = z.object({ taskId: z.string().min(1) });
type Payload = z.infer<typeof payloadSchema>;

const requestSchema = z.object({
  rca: z.unknown(),
  audience: z.enum(AUDIENCES),
  callbackUrl: z.string().optional(),
});

/** Explains a root cause that somebody asked for over HTTP and does not wait for. */
export const explainRcaJob: JobDefinition<Payload> = {
  name: 'explain-rca',
  payload: payloadSchema,
  concurrency: 4,
  retry: { attempts: 6, firstMs: 500, mostMs: 60_000 },
};

/** Tells whoever asked that the task is over. Fails with an `AppError`, whose `retryable` decides about another try. */
export type SendCallback = (url: string, body: unknown) => Promise<void>;

export function createExplainRcaProcessor(deps: {
  explain: Explain;
  tasks: TaskStore;
  sendCallback: SendCallback;
  clock: Clock;
  logger: Logger;
}): Processor<Payload> {
  const { explain, tasks, clock } = deps;

  async function work(task: Task): Promise<void> {
    const advance = (change: Pick<Task, 'state' | 'progress' | 'result'>) =>
      tasks.advance(task.id, { ...change, updatedAt: clock.now() });
    await advance({ state: 'running', progress: 0.1 });
    try {
      const { rca, audience } = requestSchema.parse(task.request);
      const result = await explain(parseRca(rca), {
        audience,
        onProgress: (progress) => {
          // Only shown to who polls; the end is what counts and is waited for.
          advance({ state: 'running', progress }).catch((error: unknown) =>
            deps.logger.warn('The progress of a task could not be stored', {}, error),
          );
        },
      });
      await advance({ state: 'done', progress: 1, result });
    } catch (error) {
      deps.logger.error('A root cause could not be explained', {}, error);
      const result = {
        error: 'mira_generation_failed',
        message: 'Something went wrong on our side, so there is no explanation.',
      };
      await advance({ state: 'failed', progress: 1, result });
    }
  }

  return async ({ taskId }) => {
    const task = await tasks.byId(taskId);
    if (task === undefined) return;
    // A second try after the work was done is for the callback alone.
    if (task.state === 'waiting' || task.state === 'running') await work(task);
    const { callbackUrl } = requestSchema.parse(task.request);
    if (callbackUrl === undefined) return;
    const over = await tasks.byId(taskId);
    if (over === undefined) return;
    const { id, kind, state, result, updatedAt } = over;
    await deps.sendCallback(callbackUrl, { id, kind, state, result, updatedAt });
  };
}
