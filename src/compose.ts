import { type Callback, createCallback } from '../adapters/callback/index.ts';
import { explainRcaJob } from '../jobs/explain-rca.ts';
import { type Brain, buildBrain } from './compose/brain.ts';
import { openParts, type Parts } from './compose/parts.ts';
import { connectPlatforms } from './compose/platforms.ts';
import { buildReceive } from './compose/receive.ts';
import { DEFAULT_PORT, type Surroundings } from './compose/tools.ts';
import { startWorkers } from './compose/workers.ts';
import type { Config } from './config.ts';
import { AppError } from './domain/errors.ts';
import { createHttpApp, isLoopbackHost, listen } from './http/index.ts';
import { createHealth } from './observability/index.ts';

export { type Explainer, openExplainer, openNarrator } from './compose/explainer.ts';
export { openExplanations } from './compose/explanations.ts';
export { openParts } from './compose/parts.ts';
export { connectPlatforms } from './compose/platforms.ts';
export { openReader } from './compose/reader.ts';

export const ROLES = ['all', 'web', 'worker'] as const;
export type Role = (typeof ROLES)[number];

export type Product = {
  address: string;
  embedded: Parts['embedded'];
  platforms: string[];
  close(): Promise<void>;
};

/** Builds the product from real parts and starts what the role asks for. */
export async function startProduct(
  config: Config,
  role: Role,
  surroundings: Surroundings,
): Promise<Product> {
  if (role !== 'all' && config.databaseUrl === undefined) {
    throw new AppError(
      'config',
      `start --role ${role} needs DATABASE_URL: the embedded store belongs to one process, which then does everything.`,
    );
  }
  const parts = await openParts(config, surroundings);
  const { closing } = parts;
  try {
    const brain = buildBrain(config, surroundings, { ...parts, cache: parts.cache.cache });
    const callback = createCallback({
      secret: config.mira.callbackSecret,
      allowLoopback: isLoopbackHost(config.server.host),
      clock: parts.tools.clock,
    });
    const connected = connectPlatforms(config, surroundings, parts);
    const platforms = connected.map(({ platform }) => platform);
    const receive = buildReceive(config, parts, brain, connected);
    const mounts =
      role === 'worker'
        ? []
        : await Promise.all(connected.map(({ listen: open }) => open(receive)));
    const app = createHttpApp({
      ...httpOptions(config, surroundings, parts),
      ...brain,
      health: createHealth({
        ...parts.tools,
        parts: [...parts.parts, ...connected.flatMap(({ part }) => part ?? [])],
      }),
      mounts,
      ...(config.mira.enabled ? { rca: rcaOptions(config, parts, brain, callback) } : {}),
    });
    if (role !== 'web') {
      await startWorkers(config, surroundings, {
        parts,
        brain,
        connected,
        callback,
        receive,
      });
    }
    const port = config.server.port ?? (role === 'worker' ? 0 : DEFAULT_PORT);
    const server = await listen(app, {
      host: config.server.host,
      port,
      logger: parts.tools.logger,
    });
    closing.push(() => server.close());
    return {
      address: server.address,
      embedded: parts.embedded,
      platforms: platforms.map((platform) => platform.name),
      close: () => closing.run(),
    };
  } catch (error) {
    await closing.run().catch(() => undefined);
    throw error;
  }
}

function httpOptions(config: Config, surroundings: Surroundings, parts: Parts) {
  const { tools, store, jobs, cache } = parts;
  return {
    ...tools,
    documents: store.documents,
    version: surroundings.version,
    tokens: config.server.tokens,
    allowedHosts: config.server.allowedHosts,
    listensOnLoopback: isLoopbackHost(config.server.host),
    limiter: cache.limiter,
    metricsText: async () => {
      const open = await store.incidents.countOpen().catch(() => undefined);
      if (open !== undefined) tools.metrics.gauge('active_incidents_total', {}, open);
      await parts.knowledge.measure().catch(() => undefined);
      return tools.text();
    },
    metricsContentType: tools.contentType,
    deadJobs: {
      list: (limit: number) => jobs.queue.listDead(limit),
      retry: (job: string, id: string) => jobs.queue.retryDead(job, id),
    },
  };
}

const MINUTE_MS = 60_000;

function rcaOptions(
  { mira }: Config,
  { store, jobs }: Parts,
  { explain }: Brain,
  callback: Callback,
) {
  const { enabled, requestsPerMinute } = mira.rateLimit;
  return {
    explain,
    explanations: store.explanations,
    tasks: store.tasks,
    refuseCallback: callback.refuse,
    enqueueExplanation: (taskId: string) =>
      jobs.queue.enqueue(explainRcaJob, { taskId }, { id: `explain-${taskId}` }),
    rateLimit: enabled ? { limit: requestsPerMinute, windowMs: MINUTE_MS } : undefined,
  };
}
