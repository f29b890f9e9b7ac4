import { chatCompletion, chatCompletionStream } from '@huggingface/inference';
import { createChatCompletions } from './chat-completions.ts';
import type { Provider, ProviderOptions } from './provider.ts';
import { HttpFailure } from './provider-error.ts';

/** Hugging Face's router, or an endpoint of one's own. */
export function createHuggingFace(options: ProviderOptions): Provider {
  const { apiKey, baseURL } = options;
  const reach = {
    ...(apiKey === undefined ? {} : { accessToken: apiKey }),
    endpointUrl: baseURL,
  };
  return createChatCompletions('huggingface', options, {
    whole: (body, signal) => chatCompletion({ ...reach, ...body }, { ...HOW, signal }),
    streamed: async (body, signal) =>
      chatCompletionStream({ ...reach, ...body }, { ...HOW, signal }),
  });
}

/**
 * The SDK asks again for ever after status 503, and its errors hold the request's headers with the key but
 * not the answer's headers with Retry-After: so it never gets to see a bad answer.
 */
export const HOW = { retry_on_error: false, fetch: fetchOrFail } as const;

async function fetchOrFail(...request: Parameters<typeof fetch>): Promise<Response> {
  const response = await fetch(...request);
  if (response.ok) return response;
  throw new HttpFailure(response.status, response.headers, await response.text());
}
