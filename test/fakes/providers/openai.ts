import type { ServerResponse } from 'node:http';
import type { Dialect, ProviderCall } from './behaviour.ts';
import { piecesOf, type Said, tokensOf, type Wire } from './wire.ts';

/** Chat completions, as OpenAI, Ollama, vLLM and the router of Hugging Face speak them. */
export function openAiWire(dialect: Dialect): Wire {
  const envelope = (call: ProviderCall, object: string) => ({
    id: 'chatcmpl-1',
    object,
    created: 1_764_750_000,
    model: call.body.model,
    system_fingerprint: `fp_${dialect}`,
  });
  return {
    whole(said, call) {
      const refusal = said.stop === 'refusal' && dialect === 'openai';
      return {
        ...envelope(call, 'chat.completion'),
        choices: [
          {
            index: 0,
            message: {
              role: 'assistant',
              content: refusal ? null : contentOf(said),
              refusal: refusal ? said.text : null,
            },
            logprobs: null,
            finish_reason: finish(said, dialect),
          },
        ],
        ...(said.counts && { usage: usageOf(said, call) }),
      };
    },

    events(said, call) {
      const chunk = (delta: unknown, reason: string | null) => ({
        ...envelope(call, 'chat.completion.chunk'),
        choices: [{ index: 0, delta, finish_reason: reason }],
      });
      const refusal = said.stop === 'refusal' && dialect === 'openai';
      const options = call.body.stream_options as { include_usage?: boolean } | undefined;
      const chunks: unknown[] = [
        chunk({ role: 'assistant', content: '' }, null),
        ...piecesOf(contentOf(said)).map((piece) =>
          chunk(refusal ? { refusal: piece } : { content: piece }, null),
        ),
        chunk({}, finish(said, dialect)),
      ];
      if (options?.include_usage && said.counts) {
        chunks.push({
          ...envelope(call, 'chat.completion.chunk'),
          choices: [],
          usage: usageOf(said, call),
        });
      }
      return [...chunks.map((one) => ({ data: JSON.stringify(one) })), { data: '[DONE]' }];
    },

    error: (status, message) =>
      dialect === 'huggingface'
        ? { error: message }
        : {
            error: {
              message,
              type: status === 429 ? 'requests' : 'error',
              param: null,
              code: null,
            },
          },
  };
}

function contentOf(said: Said): string {
  return said.value === undefined ? said.text : JSON.stringify(said.value);
}

function finish({ stop }: Said, dialect: Dialect): string {
  if (stop === 'length') return 'length';
  // OpenAI has a field for a refusal; the others know only the filter.
  return stop === 'refusal' && dialect !== 'openai' ? 'content_filter' : 'stop';
}

function usageOf(said: Said, call: ProviderCall) {
  const prompt_tokens = tokensOf(call.prompt);
  const completion_tokens = tokensOf(contentOf(said));
  return { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens };
}

export function isEmbedding({ path }: ProviderCall): boolean {
  return /\/embeddings$|feature-extraction$/.test(path);
}

const LETTERS = 'etaoinshrdlu';

/** How often each of the commonest letters occurs: not of unit length, and near for texts that are alike. */
export function writeEmbeddings(
  { body, path }: ProviderCall,
  isEmpty: boolean,
  response: ServerResponse,
): void {
  const texts = [body.input ?? body.inputs].flat() as string[];
  const vectors = isEmpty
    ? []
    : texts.map((text) =>
        [...LETTERS].map((letter) => 1 + text.toLowerCase().split(letter).length - 1),
      );
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(
    JSON.stringify(
      path.endsWith('/embeddings')
        ? {
            object: 'list',
            model: body.model,
            data: vectors
              .map((embedding, index) => ({ object: 'embedding', index, embedding }))
              // The index says which is which, so the order need not.
              .reverse(),
            usage: { prompt_tokens: 1, total_tokens: 1 },
          }
        : vectors,
    ),
  );
}
