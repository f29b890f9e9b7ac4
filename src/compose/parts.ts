import { createCache } from '../../adapters/cache/index.ts';
import { createLanguageModel } from '../../adapters/llm/index.ts';
import { createPostgresQueue, createRedisQueue } from '../../adapters/queue/index.ts';
import { createSimilarTexts } from '../../knowledge/similar/index.ts';
import type { Config } from '../config.ts';
import { buildKnowledge, openConfiguredStore, startConfiguredChroma } from './knowledge.ts';
import { createClosing, createTools, type Surroundings } from './tools.ts';

/** Somebody waits for an answer; a command of the terminal reads everything first. */
const READING_PATIENCE_MS = 3_000;

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
    const store = await openConfiguredStore(config, surroundings, tools);
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
    const chroma = await startConfiguredChroma(config, tools);
    closing.push(() => chroma.close());
    const built = await buildKnowledge(config, surroundings, {
      tools,
      store,
      chroma,
      cache: cache.cache,
      retrievals: store.retrievals,
      readingPatienceMs: READING_PATIENCE_MS,
    });
    closing.push(() => built.closeKnowledge());

    opening('language model');
    const { model, part: modelPart } = createLanguageModel({
      ...tools,
      settings: config.mira,
      usage: store.usage,
    });

    return {
      tools,
      store,
      jobs,
      cache,
      ...built,
      similarTexts: createSimilarTexts({
        name: 'explanations',
        address: () => chroma.address(),
        embedder: built.knowledge.vectors.queryEmbedder,
        clock: tools.clock,
      }),
      model,
      embedded: {
        store: store.embedded,
        queue: store.embedded && !onRedis,
        chroma: config.chromaUrl === undefined,
        cache: config.redisUrl === undefined,
      },
      parts: [store.part, jobs.part, cache.part, built.knowledge.part, modelPart],
      closing,
    };
  } catch (error) {
    await closing.run().catch(() => undefined);
    throw error;
  }
}

export type Parts = Awaited<ReturnType<typeof openParts>>;
