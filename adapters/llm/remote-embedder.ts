import { AppError, errorCode } from '../../src/domain/errors.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Embedder } from '../../src/ports/embedder.ts';
import { type CallerOptions, createCaller, realPause } from './caller.ts';
import { embeddingModel } from './embedding-models.ts';
import {
  createHuggingFaceEmbeddings,
  createOpenAiEmbeddings,
  type EmbeddingServer,
} from './embedding-servers.ts';
import { providerError } from './provider-error.ts';
import { readVectors } from './vectors.ts';

export type RemoteEmbedderOptions = {
  /** `compatible` is any server with OpenAI's embeddings; it needs an address and a model. */
  provider: 'openai' | 'huggingface' | 'ollama' | 'compatible';
  model?: string | undefined;
  /** For Hugging Face the whole address of an endpoint, for the others the address of the API. */
  url?: string | undefined;
  apiKey?: string | undefined;
  clock: Clock;
  timeoutMs?: number;
  random?: () => number;
  pause?: CallerOptions['pause'];
};

const DEFAULTS = {
  openai: { url: 'https://api.openai.com/v1', model: 'text-embedding-3-small' },
  huggingface: { url: undefined, model: 'BAAI/bge-small-en-v1.5' },
  ollama: { url: 'http://127.0.0.1:11434', model: 'nomic-embed-text' },
  compatible: { url: undefined, model: undefined },
} as const;

const HUGGING_FACE = 'https://router.huggingface.co/hf-inference/models';
const TIMEOUT_MS = 30_000;
/** More requests at once only wait in the server's own queue. */
const AT_ONCE = 4;
/** OpenAI takes 300,000 tokens in one request; this is less in any language. */
const MOST_CHARACTERS = 100_000;
/** A text shorter than this is not what a model calls too long. */
const SHORTEST_CUT = 200;

/** An embedder beyond our process. Its dimensions are 0 until known, for models that this file does not know. */
export function createRemoteEmbedder(options: RemoteEmbedderOptions): Embedder {
  const { provider, clock, timeoutMs = TIMEOUT_MS, random = Math.random } = options;
  const { pause = realPause } = options;
  const model = options.model ?? DEFAULTS[provider].model;
  if (model === undefined) {
    throw new AppError('config', `The embedder ${provider} needs SITREP_EMBEDDER_MODEL.`);
  }
  const server = serverOf(options, model);
  const name = `The embedder ${provider}`;
  const caller = createCaller({ name, timeoutMs, isLast: true, clock, random, pause });
  const { dimensions: expected = 0, before = {} } = embeddingModel(model);
  let dimensions = expected;

  const ask = (texts: string[], signal: AbortSignal) =>
    caller.call(signal, async (limited) => {
      try {
        return readVectors(await server.embed(texts, limited), texts.length);
      } catch (error) {
        throw providerError(name, error);
      }
    });

  /** Halves what is too much for one request, and in the end the text itself: its beginning says the most. */
  async function embedAll(texts: string[], signal: AbortSignal): Promise<number[][]> {
    try {
      return await ask(texts, signal);
    } catch (error) {
      const [only = ''] = texts;
      if (errorCode(error) !== 'too_large') throw error;
      if (texts.length === 1 && only.length < 2 * SHORTEST_CUT) throw error;
      if (texts.length === 1) return embedAll([only.slice(0, only.length / 2)], signal);
      const middle = Math.ceil(texts.length / 2);
      const first = await embedAll(texts.slice(0, middle), signal);
      return [...first, ...(await embedAll(texts.slice(middle), signal))];
    }
  }

  function check(vectors: number[][]): void {
    const found = vectors[0]?.length ?? dimensions;
    if (dimensions === 0) dimensions = found;
    if (vectors.every((vector) => vector.length === dimensions)) return;
    throw new AppError(
      'config',
      `${name} answers for ${model} with ${found} dimensions instead of ${dimensions}: is it another model?`,
    );
  }

  return {
    id: `${provider}:${model}`,
    get dimensions() {
      return dimensions;
    },
    async embed(texts, purpose, outer) {
      outer?.throwIfAborted();
      const prefix = before[purpose] ?? '';
      const all = batches(
        // Servers refuse an empty text.
        texts.map((text) => prefix + (text.trim() === '' ? '-' : text)),
        server.most,
      );
      const vectors: number[][][] = [];
      const failing = new AbortController();
      const leave = () => failing.abort(outer?.reason);
      outer?.addEventListener('abort', leave, { once: true });
      try {
        await inParallel(all, async (batch, at) => {
          vectors[at] = await embedAll(batch, failing.signal);
          check(vectors[at]);
        });
      } catch (error) {
        // The batches under way are of no use any more.
        failing.abort(error);
        throw error;
      } finally {
        outer?.removeEventListener('abort', leave);
      }
      return vectors.flat();
    },
  };
}

function serverOf(options: RemoteEmbedderOptions, model: string): EmbeddingServer {
  const { provider, apiKey } = options;
  if (provider === 'huggingface') {
    const url = options.url ?? `${HUGGING_FACE}/${model}/pipeline/feature-extraction`;
    return createHuggingFaceEmbeddings({ apiKey, url, model });
  }
  const url = options.url ?? DEFAULTS[provider].url;
  if (url === undefined) {
    throw new AppError('config', `The embedder ${provider} needs SITREP_EMBEDDER_URL.`);
  }
  return createOpenAiEmbeddings({ apiKey, url, model });
}

function batches(texts: readonly string[], most: number): string[][] {
  const all: string[][] = [];
  let characters = 0;
  for (const text of texts) {
    const current = all.at(-1);
    characters += text.length;
    if (current && current.length < most && characters <= MOST_CHARACTERS) current.push(text);
    else {
      all.push([text]);
      characters = text.length;
    }
  }
  return all;
}

async function inParallel<Item>(
  items: readonly Item[],
  work: (item: Item, at: number) => Promise<void>,
): Promise<void> {
  const queue = items.entries();
  const worker = async () => {
    for (const [at, item] of queue) await work(item, at);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker));
}
