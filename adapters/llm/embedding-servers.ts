import { featureExtraction } from '@huggingface/inference';
import { z } from 'zod';
import { HOW } from './huggingface.ts';
import { openAiClient } from './openai-dialect.ts';

export type EmbeddingServer = {
  /** As the server answers it: one item for each text, in order. */
  embed(texts: string[], signal: AbortSignal): Promise<unknown>;
  /** So many texts one request may have. */
  readonly most: number;
};

export type ServerOptions = { apiKey?: string | undefined; url: string; model: string };

const dataSchema = z.object({
  data: z.array(z.object({ index: z.number().optional(), embedding: z.array(z.number()) })),
});

export function createOpenAiEmbeddings(options: ServerOptions): EmbeddingServer {
  const client = openAiClient({ apiKey: options.apiKey, baseURL: options.url });
  return {
    most: 128,
    async embed(input, signal) {
      const answer = await client.embeddings.create(
        // Not every server of the dialect knows base64, which the SDK would ask for.
        { model: options.model, input, encoding_format: 'float' },
        { signal },
      );
      const parsed = dataSchema.safeParse(answer);
      if (!parsed.success) return undefined;
      const items = parsed.data.data.map(({ index, embedding }, at) => ({
        at: index ?? at,
        embedding,
      }));
      return items.sort((a, b) => a.at - b.at).map(({ embedding }) => embedding);
    },
  };
}

/** Hugging Face's feature extraction; `url` is the whole address of the model there. */
export function createHuggingFaceEmbeddings({
  apiKey,
  url,
  model,
}: ServerOptions): EmbeddingServer {
  return {
    // Its text embeddings server takes no more unless it is told to.
    most: 32,
    embed: (inputs, signal) =>
      featureExtraction(
        {
          ...(apiKey === undefined ? {} : { accessToken: apiKey }),
          endpointUrl: url,
          model,
          inputs,
          truncate: true,
        },
        { ...HOW, signal },
      ),
  };
}
