import { resolve } from 'node:path';
import { createCache } from '../../adapters/cache/index.ts';
import { openStore, type Store } from '../../adapters/store/index.ts';
import { type Chroma, startChroma } from '../../knowledge/chroma/index.ts';
import { createLocalEmbedder } from '../../knowledge/embedding/index.ts';
import { createKnowledge } from '../../knowledge/index.ts';
import { createIncidentMemory } from '../../knowledge/memory/index.ts';
import {
  createFinder,
  createKnowledgeSearch,
  createRetrievalRecorder,
} from '../../knowledge/search/index.ts';
import type { Config } from '../config.ts';
import { isLoopbackHost } from '../http/hosts.ts';
import type { Cache } from '../ports/cache.ts';
import type { KnownDocument } from '../ports/document-store.ts';
import type { Embedder } from '../ports/embedder.ts';
import type { RetrievalLog } from '../ports/retrieval-log.ts';
import { clean, createRedactor } from '../safety/index.ts';
import {
  createClosing,
  createTools,
  DEFAULT_PORT,
  type Surroundings,
  type Tools,
} from './tools.ts';

export function openConfiguredStore(config: Config, surroundings: Surroundings, tools: Tools) {
  return openStore({
    ...(config.databaseUrl === undefined ? {} : { databaseUrl: config.databaseUrl }),
    varDir: resolve(config.varDir),
    migrationsFolder: resolve(surroundings.packageRoot, 'adapters/store/migrations'),
    logger: tools.logger,
    clock: tools.clock,
  });
}

export function startConfiguredChroma(config: Config, tools: Tools) {
  return startChroma({
    ...(config.chromaUrl === undefined ? {} : { url: config.chromaUrl }),
    varDir: resolve(config.varDir),
    clock: tools.clock,
    logger: tools.logger,
  });
}

/** The documents, their vectors, what reads them in and what finds them, on parts that are open. */
export async function buildKnowledge(
  config: Config,
  surroundings: Surroundings,
  {
    tools,
    store,
    chroma,
    cache,
    retrievals,
    readingPatienceMs,
  }: {
    tools: Tools;
    store: Store;
    chroma: Chroma;
    cache: Cache;
    /** Where searches are recorded; without it they are not. */
    retrievals?: RetrievalLog;
    /** See `FinderOptions`. */
    readingPatienceMs?: number;
  },
) {
  const embedder = await embedderOf(config, tools);
  const { documents } = store;
  const knowledge = createKnowledge({
    ...tools,
    documents,
    audit: store.audit,
    chroma,
    embedder,
    // What another embedder made before stays searchable until its vectors are replaced.
    formerEmbedders: config.knowledge.embedder === 'local' ? [] : [createLocalEmbedder()],
    createCleaner: () => {
      const redactor = createRedactor();
      return (text) => clean(text, redactor);
    },
    version: surroundings.version,
    urlHosts: config.knowledge.urlHosts,
  });
  const { vectors } = knowledge;
  const finder = createFinder({
    ...tools,
    documents,
    cache,
    vectors,
    embedder: vectors.queryEmbedder,
    ...(readingPatienceMs === undefined ? {} : { readingPatienceMs }),
  });
  const recorder = retrievals && createRetrievalRecorder({ ...tools, log: retrievals });
  return {
    knowledge,
    /** Writes what is still to be written. */
    closeKnowledge: async () => recorder?.close(),
    /** Reads everything in that a search needs, so that the first one is as fast as the others. */
    async warmKnowledge() {
      // The second time, Chroma is up, which reads its vectors when it is asked first.
      for (let i = 0; i < 2; i++)
        await finder.find(clean('Is everything up?'), { filter: { sight: 'everything' } });
    },
    search: createKnowledgeSearch({
      ...tools,
      documents,
      finder,
      linkTo: linksOf(config),
      ...(recorder ? { record: recorder.record } : {}),
    }),
    memory: createIncidentMemory({
      ...tools,
      documents,
      finder,
      index: () => vectors.catchUp(),
    }),
  };
}

/**
 * Pages open at this server. Its address is known when the operator says it; on a laptop, where the browser that
 * shows the cards runs on the same machine, it is where we listen.
 */
function linksOf({ publicUrl, server, slack }: Config) {
  const isLaptop = isLoopbackHost(server.host) && !slack.botToken && !slack.clientId;
  const here = isLaptop ? `http://${server.host}:${server.port ?? DEFAULT_PORT}` : undefined;
  const base = publicUrl ?? here;
  return ({ kind, collection, source }: KnownDocument, line: number): string | undefined => {
    if (base === undefined || kind !== 'page') return undefined;
    const path = [collection, ...source.split('/')].map(encodeURIComponent).join('/');
    return new URL(`/knowledge/${path}#L${line}`, base).href;
  };
}

/** A key is handed to the provider that gave it, and to nobody else. */
async function embedderOf({ knowledge, mira }: Config, { clock }: Tools): Promise<Embedder> {
  const { embedder, embedderModel: model, embedderUrl, embedderApiKey } = knowledge;
  if (embedder === 'local') return createLocalEmbedder();
  // Loaded when it is needed: the libraries of the providers take a quarter of a second.
  const { createRemoteEmbedder } = await import('../../adapters/llm/index.ts');
  const apiKey = {
    openai: mira.openai.apiKey,
    huggingface: mira.huggingface.apiKey,
    ollama: undefined,
    compatible: embedderApiKey,
  }[embedder];
  const url = embedderUrl ?? (embedder === 'openai' ? mira.openai.baseURL : undefined);
  return createRemoteEmbedder({ provider: embedder, model, url, apiKey, clock });
}

/** What the knowledge needs and nothing else, for the command line: no queue, no workers. */
export async function openKnowledge(config: Config, surroundings: Surroundings) {
  const tools = createTools(config, surroundings);
  const closing = createClosing();
  try {
    const store = await openConfiguredStore(config, surroundings, tools);
    closing.push(() => store.close());
    const cache = await createCache({ clock: tools.clock, logger: tools.logger });
    closing.push(() => cache.close());
    const chroma = await startConfiguredChroma(config, tools);
    closing.push(() => chroma.close());
    // Whoever tries questions here is no user who missed something: nothing is recorded.
    const built = await buildKnowledge(config, surroundings, {
      tools,
      store,
      chroma,
      cache: cache.cache,
    });
    return {
      tools,
      ...built,
      usage: store.usage,
      retrievals: store.retrievals,
      cache: cache.cache,
      chroma,
      closing,
    };
  } catch (error) {
    await closing.run().catch(() => undefined);
    throw error;
  }
}
