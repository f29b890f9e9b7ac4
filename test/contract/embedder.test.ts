import { afterAll, beforeAll, describe } from 'vitest';
import { createRemoteEmbedder } from '../../adapters/llm/index.ts';
import { createLocalEmbedder } from '../../knowledge/embedding/index.ts';
import { type ProviderDouble, startProviderDouble } from '../fakes/providers/index.ts';
import { embedderContract } from './embedder.contract.ts';

describe('the local embedder', () => {
  embedderContract(createLocalEmbedder);
});

const PROVIDERS = ['openai', 'huggingface', 'ollama', 'compatible'] as const;

describe.each(PROVIDERS)('the embedder of %s', (provider) => {
  let double: ProviderDouble;
  beforeAll(async () => {
    double = await startProviderDouble(provider === 'compatible' ? 'vllm' : provider);
  });
  afterAll(() => double.close());

  embedderContract(() =>
    createRemoteEmbedder({
      provider,
      model: 'letters-1',
      url: provider === 'huggingface' ? `${double.url}/pipeline/feature-extraction` : double.url,
      apiKey: 'a-key-of-the-tests',
      clock: { now: () => new Date() },
    }),
  );
});
