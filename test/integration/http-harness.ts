import { request } from 'node:http';
import { connect } from 'node:net';
import { loadClassifier, shippedModelFile } from '../../src/commands/model-files.ts';
import { createHttpApp, type HttpAppOptions, listen } from '../../src/http/index.ts';
import { createHealth, createLogger, createMetrics } from '../../src/observability/index.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { PartHealth } from '../../src/ports/health.ts';
import type { Ids } from '../../src/ports/ids.ts';
import type { DeadJob } from '../../src/ports/job-queue.ts';
import type { Logger } from '../../src/ports/logger.ts';
import type { Metrics } from '../../src/ports/metrics.ts';
import type { RateLimiter } from '../../src/ports/rate-limiter.ts';
import { createIds } from '../../src/system.ts';
import {
  CONTRACT_LADDER,
  createAdviseOnLogs,
  createLadder,
  createRecommend,
  createTriageText,
} from '../../src/triage/index.ts';

export const TOKEN = 'a-token-of-the-on-call-team';
export const OTHER_TOKEN = 'another-token-for-the-robots';

const deadJob: DeadJob = {
  job: 'triage-incident',
  id: 'triage-1',
  attempts: 5,
  reason: 'unavailable: the model did not answer.',
  diedAt: new Date('2026-01-02T03:04:05Z'),
};

/** It is never changed, and reading its file takes longer than starting a server. */
const classifier = loadClassifier(shippedModelFile(process.cwd()));

/** The whole app with its real logger, metrics and health on a real socket; its neighbours are plain objects. */
export async function startServer(overrides: Partial<HttpAppOptions> = {}, graceMs = 5_000) {
  const time = { now: new Date('2026-01-02T12:00:00Z') };
  const clock = { now: () => time.now };
  const lines: Record<string, unknown>[] = [];
  const logger = createLogger({
    level: 'debug',
    write: (line) => lines.push(JSON.parse(line)),
    clock,
  });
  const registry = createMetrics();
  const parts: Record<'store' | 'chroma', PartHealth> = {
    store: { status: 'up', detail: 'PGlite in var.' },
    chroma: { status: 'up', detail: 'Chroma answers.' },
  };
  const health = createHealth({
    parts: [
      { name: 'store', needed: true, health: async () => parts.store },
      { name: 'chroma', needed: false, health: async () => parts.chroma },
    ],
    metrics: registry.metrics,
    clock,
    logger,
    cacheMs: 0,
  });
  const dead = [deadJob];
  const app = createHttpApp({
    health,
    metricsText: registry.text,
    metricsContentType: registry.contentType,
    metrics: registry.metrics,
    logger,
    clock,
    ids: createIds(clock),
    tokens: [],
    allowedHosts: [],
    listensOnLoopback: true,
    limiter: countingLimiter(),
    ...workflows({ clock, ids: createIds(clock), logger, metrics: registry.metrics }),
    deadJobs: {
      list: async (limit) => dead.slice(0, limit),
      retry: async (job, id) => {
        const index = dead.findIndex((one) => one.job === job && one.id === id);
        if (index >= 0) dead.splice(index, 1);
        return index >= 0;
      },
    },
    version: '1.2.3',
    documents: { list: async () => [], load: async () => [] },
    mounts: [],
    ...overrides,
  });
  const server = await listen(app, { host: '127.0.0.1', port: 0, logger, graceMs });
  return { ...server, url: server.address, lines, parts, time, metricsText: registry.text };
}

/** The ladder without anything to read, as a fresh product has it for a moment. */
function workflows(tools: { clock: Clock; ids: Ids; logger: Logger; metrics: Metrics }) {
  const ladder = createLadder({
    ...tools,
    classifier,
    thresholds: CONTRACT_LADDER,
  });
  const triageText = createTriageText({ ...tools, ladder, deadlineMs: 1_000 });
  return {
    triageText,
    recommend: createRecommend({ triageText }),
    adviseOnLogs: createAdviseOnLogs({ triageText }),
    modelInfo: {
      model_version: 'linear-test',
      expected_accuracy: '74.0%',
      rag_enabled: false,
      mastra_backend_url: null,
      mastra_escalation_enabled: false,
      mastra_confidence_threshold: 0.7,
      rag_confidence_threshold: 0.85,
    },
  };
}

export type TestServer = Awaited<ReturnType<typeof startServer>>;

function countingLimiter(): RateLimiter {
  const taken = new Map<string, number>();
  return {
    async take(client, { limit, windowMs }) {
      const count = (taken.get(client) ?? 0) + 1;
      taken.set(client, count);
      const resetAt = new Date(Date.parse('2026-01-02T12:00:00Z') + windowMs);
      return { allowed: count <= limit, limit, remaining: Math.max(0, limit - count), resetAt };
    },
  };
}

export type Answer = {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
};

/** `fetch` decides itself about Host, Origin and a few more headers; this does not. */
export function ask(
  server: { port: number },
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  const { method = 'GET', headers = {}, body } = options;
  return new Promise((resolve, reject) => {
    const call = request(
      { host: '127.0.0.1', port: server.port, path, method, headers, agent: false },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        );
        response.on('error', reject);
      },
    );
    call.on('error', reject);
    call.end(body);
  });
}

/** Sends bytes as they are and gives back everything that arrives until the connection ends. */
export function sendRaw(server: { port: number }, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1', () => socket.write(bytes));
    let received = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      received += chunk;
    });
    socket.on('close', () => resolve(received));
    socket.on('error', reject);
  });
}
