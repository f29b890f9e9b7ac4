import { createMemoryCache } from '../../adapters/cache/memory-cache.ts';
import { createLogger, createMetrics } from '../../src/observability/index.ts';
import type { ExplanationStore, StoredExplanation } from '../../src/ports/explanation-store.ts';
import type { RateLimit } from '../../src/ports/rate-limiter.ts';
import { createExplain, keepExplanations } from '../../src/rca/index.ts';
import { createIds } from '../../src/system.ts';
import { createMemoryTasks } from '../fakes/memory-tasks.ts';
import { openModel } from '../fakes/providers/index.ts';
import { ask, startServer } from './http-harness.ts';

export const PATH = '/api/v1/mira/rca_analyze';

type Start = {
  /** The providers to ask; without them the narrator alone explains. */
  settings?: Parameters<typeof openModel>[0];
  explanations?: Pick<ExplanationStore, 'add'>;
  votes?: Pick<ExplanationStore, 'vote' | 'votesByPrompt'>;
  rateLimit?: RateLimit;
  app?: Parameters<typeof startServer>[0];
};

/** The real app that explains with real SDKs, and all that it said, logged, measured and kept. */
export async function startExplaining({
  settings,
  explanations,
  votes,
  rateLimit,
  app,
}: Start = {}) {
  const clock = { now: () => new Date() };
  const ids = createIds(clock);
  const lines: string[] = [];
  const logger = createLogger({ level: 'debug', write: (line) => lines.push(line), clock });
  const { metrics, text: metricsText } = createMetrics();
  const opened = settings && openModel(settings, { clock, ids, logger, metrics });
  const kept: StoredExplanation[] = [];
  const explain = keepExplanations(
    createExplain({
      model: opened?.model,
      cache: createMemoryCache({ clock }),
      cacheTtlMs: 3_600_000,
      clock,
      ids,
      logger,
      metrics,
    }),
    { explanations: explanations ?? remembering(kept), clock, ids, logger },
  );
  const server = await startServer({
    metrics,
    metricsText,
    logger,
    clock,
    ids,
    rca: {
      explain,
      explanations: votes ?? { vote: never, votesByPrompt: never },
      tasks: createMemoryTasks(),
      enqueueExplanation: async () => undefined,
      refuseCallback: () => undefined,
      rateLimit,
    },
    ...app,
  });
  return { ...server, lines, metricsText, kept, pauses: opened?.pauses ?? [] };
}

async function never(): Promise<never> {
  throw new Error('Nobody votes here.');
}

function remembering(kept: StoredExplanation[]): Pick<ExplanationStore, 'add'> {
  return {
    async add(explanation) {
      kept.push(explanation);
      return explanation;
    },
  };
}

export async function explainOver(server: { port: number }, rcaData: unknown, query = '') {
  const answer = await ask(server, PATH + query, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ rcaData }),
  });
  return { ...answer, json: JSON.parse(answer.text) };
}
