import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { createCache } from '../adapters/cache/index.ts';
import { createConsole } from '../adapters/console/index.ts';
import { createPostgresQueue, createRedisQueue } from '../adapters/queue/index.ts';
import { openStore } from '../adapters/store/index.ts';
import { createReceive } from '../handlers/index.ts';
import { createShowCardProcessor, showCardJob } from '../jobs/show-card.ts';
import { createSweepProcessor, SWEEP_SCHEDULE, sweepJob } from '../jobs/sweep.ts';
import { createTriageIncidentProcessor, triageIncidentJob } from '../jobs/triage-incident.ts';
import { startChroma } from '../knowledge/chroma/index.ts';
import { loadClassifier, shippedModelFile } from './commands/model-files.ts';
import type { Config } from './config.ts';
import { createShowCard } from './delivery/index.ts';
import { COMMANDS } from './domain/commands.ts';
import { AppError } from './domain/errors.ts';
import { type Event, eventKey } from './domain/event.ts';
import { createHttpApp, isLoopbackHost, listen } from './http/index.ts';
import { createHealth, createLogger, createMetrics } from './observability/index.ts';
import type { ChatPlatform } from './ports/chat-platform.ts';
import type { Classifier } from './ports/classifier.ts';
import { createIds, systemClock } from './system.ts';
import { createTriageIncident, incidentCard } from './triage/index.ts';

export const ROLES = ['all', 'web', 'worker'] as const;
export type Role = (typeof ROLES)[number];

export type Surroundings = {
  /** The package's folder: pages and migrations are read from there, `var/` is not in it by right. */
  packageRoot: string;
  version: string;
  writeLog: (line: string) => void;
};

const DEFAULT_PORT = 3000;
/** What an orchestrator waits before it kills, less a margin for closing connections. */
const DRAIN_MS = 10_000;

/** Logger, metrics, time and ids: what every part is handed. */
function createTools(config: Config, surroundings: Surroundings) {
  const clock = systemClock;
  return {
    clock,
    ids: createIds(clock),
    logger: createLogger({ level: config.logLevel, write: surroundings.writeLog, clock }),
    ...createMetrics(),
  };
}

/** Closes in reverse order of opening, and goes on when one of them fails. */
function createClosing() {
  const steps: (() => Promise<void>)[] = [];
  return {
    push: (step: () => Promise<void>) => steps.push(step),
    async run() {
      const failures: unknown[] = [];
      for (const step of steps.splice(0).reverse()) {
        await step().catch((error: unknown) => failures.push(error));
      }
      if (failures.length > 0) throw new AggregateError(failures, 'Not every part closed cleanly.');
    },
  };
}

/** The stores, the queue, the cache and Chroma, by configuration; `opening` hears of each before it is opened. */
export async function openParts(
  config: Config,
  surroundings: Surroundings,
  opening: (part: string) => void = () => undefined,
) {
  const tools = createTools(config, surroundings);
  const closing = createClosing();
  try {
    opening('store');
    const store = await openStore({
      ...(config.databaseUrl === undefined ? {} : { databaseUrl: config.databaseUrl }),
      varDir: resolve(config.varDir),
      migrationsFolder: resolve(surroundings.packageRoot, 'adapters/store/migrations'),
      logger: tools.logger,
      clock: tools.clock,
    });
    closing.push(() => store.close());

    opening('queue');
    const onRedis = config.queue.backend !== 'postgres' && config.redisUrl !== undefined;
    const jobs =
      onRedis && config.redisUrl !== undefined
        ? await createRedisQueue({ url: config.redisUrl, ...tools })
        : await createPostgresQueue({ pool: store.pool, embedded: store.embedded, ...tools });
    closing.push(() => jobs.close());

    opening('cache');
    const cache = await createCache({
      ...(config.redisUrl === undefined ? {} : { redisUrl: config.redisUrl }),
      clock: tools.clock,
      logger: tools.logger,
    });
    closing.push(() => cache.close());

    opening('knowledge');
    const chroma = await startChroma({
      ...(config.chromaUrl === undefined ? {} : { url: config.chromaUrl }),
      varDir: resolve(config.varDir),
      clock: tools.clock,
      logger: tools.logger,
    });
    closing.push(() => chroma.close());

    return {
      tools,
      store,
      jobs,
      cache,
      embedded: {
        store: store.embedded,
        queue: store.embedded && !onRedis,
        chroma: config.chromaUrl === undefined,
        cache: config.redisUrl === undefined,
      },
      parts: [store.part, jobs.part, cache.part, chroma.part],
      closing,
    };
  } catch (error) {
    await closing.run().catch(() => undefined);
    throw error;
  }
}

type Parts = Awaited<ReturnType<typeof openParts>>;

function connectPlatforms(config: Config, surroundings: Surroundings, opened: Parts) {
  const { tools, store, closing } = opened;
  if (!config.console.enabled) return { platforms: [] as ChatPlatform[], console: undefined };
  const console = createConsole({
    ...tools,
    log: store.consoleLog,
    commands: COMMANDS,
    pageFolder: resolve(surroundings.packageRoot, 'adapters/console/page'),
  });
  closing.push(async () => console.close());
  return { platforms: [console.platform], console };
}

function buildReceive(config: Config, { tools, store, jobs }: Parts) {
  return createReceive({
    ...tools,
    ...store,
    incidentChannels: config.incidentChannels,
    enqueueTriage: (incidentId, because) =>
      jobs.queue.enqueue(triageIncidentJob, { incidentId }, { id: jobId('triage', because) }),
    enqueueShowCard: (incidentId, because) =>
      jobs.queue.enqueue(showCardJob, { incidentId }, { id: jobId('card', because) }),
  });
}

/** Equal for every delivery of the same event; a hash, as event keys hold characters that job ids may not. */
function jobId(purpose: string, event: Event): string {
  return `${purpose}-${createHash('sha256').update(eventKey(event)).digest('hex').slice(0, 32)}`;
}

async function startWorkers(
  opened: Parts,
  platforms: readonly ChatPlatform[],
  classifier: Classifier,
): Promise<void> {
  const { tools, store, jobs } = opened;
  const showCard = createShowCard({
    ...tools,
    ...store,
    platformOf: (name) => platforms.find((platform) => platform.name === name),
    draw: async (incident) => {
      const triage = await store.triages.latest(incident.id);
      return triage && incidentCard(incident, triage, await store.votes.tally(incident.id));
    },
  });
  const triageIncident = createTriageIncident({ ...tools, ...store, classifier });
  await jobs.workers.work(
    triageIncidentJob,
    createTriageIncidentProcessor({ triageIncident, showCard }),
  );
  await jobs.workers.work(showCardJob, createShowCardProcessor({ showCard }));
  await jobs.workers.work(
    sweepJob,
    createSweepProcessor({ ...tools, ...store, queue: jobs.queue }),
  );
  await jobs.queue.schedule(sweepJob, {}, SWEEP_SCHEDULE);
  opened.closing.push(() => jobs.workers.drain(DRAIN_MS));
}

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
  const opened = await openParts(config, surroundings);
  const { tools, store, jobs, closing } = opened;
  try {
    const classifier = loadClassifier(shippedModelFile(surroundings.packageRoot));
    const { platforms, console } = connectPlatforms(config, surroundings, opened);
    const health = createHealth({ ...tools, parts: opened.parts });
    const mounts =
      console && role !== 'worker'
        ? [
            {
              path: '/',
              router: console.routes(buildReceive(config, opened)),
              guarded: true,
            },
          ]
        : [];
    const app = createHttpApp({
      ...tools,
      health,
      mounts,
      classifier,
      version: surroundings.version,
      tokens: config.server.tokens,
      allowedHosts: config.server.allowedHosts,
      listensOnLoopback: isLoopbackHost(config.server.host),
      limiter: opened.cache.limiter,
      metricsText: async () => {
        const open = await store.incidents.countOpen().catch(() => undefined);
        if (open !== undefined) tools.metrics.gauge('active_incidents_total', {}, open);
        return tools.text();
      },
      metricsContentType: tools.contentType,
      deadJobs: {
        list: (limit) => jobs.queue.listDead(limit),
        retry: (job, id) => jobs.queue.retryDead(job, id),
      },
    });
    if (role !== 'web') await startWorkers(opened, platforms, classifier);
    const port = config.server.port ?? (role === 'worker' ? 0 : DEFAULT_PORT);
    const server = await listen(app, { host: config.server.host, port, logger: tools.logger });
    closing.push(() => server.close());
    return {
      address: server.address,
      embedded: opened.embedded,
      platforms: platforms.map((platform) => platform.name),
      close: () => closing.run(),
    };
  } catch (error) {
    await closing.run().catch(() => undefined);
    throw error;
  }
}
