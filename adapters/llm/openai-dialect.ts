import OpenAI from 'openai';
import { type ChatBody, createChatCompletions } from './chat-completions.ts';
import type { Provider, ProviderOptions } from './provider.ts';

/** OpenAI itself, and the servers that speak its language: Ollama, vLLM and others. */
export function createOpenAiDialect(name: string, options: ProviderOptions): Provider {
  const client = openAiClient(options);
  return createChatCompletions(name, options, {
    whole: (body: ChatBody, signal) =>
      client.chat.completions.create({ ...body, stream: false }, { signal }),
    streamed: (body: ChatBody, signal) =>
      client.chat.completions.create({ ...body, stream: true }, { signal }),
  });
}

export function openAiClient({
  apiKey,
  baseURL,
}: {
  apiKey?: string | undefined;
  baseURL: string;
}): OpenAI {
  return new OpenAI({
    // What is left out, the SDK looks up in the environment by itself.
    apiKey: apiKey ?? 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    baseURL: withVersion(baseURL),
    // Retries are ours, and time is limited by the signal.
    maxRetries: 0,
    logLevel: 'off',
  });
}

/** Ollama and vLLM are known by host and port; the dialect lives under /v1 there. */
function withVersion(baseURL: string): string {
  const url = new URL(baseURL);
  if (url.pathname === '/') url.pathname = '/v1';
  return url.href;
}
