import { afterAll, beforeAll, describe } from 'vitest';
import {
  openModel,
  type ProviderDouble,
  settingsFor,
  startProviderDouble,
} from '../fakes/providers/index.ts';
import { languageModelContract } from './language-model.contract.ts';

const DIALECTS = ['openai', 'anthropic', 'huggingface', 'ollama', 'vllm'] as const;

describe.each(DIALECTS)('the language model of %s', (dialect) => {
  let double: ProviderDouble;
  beforeAll(async () => {
    double = await startProviderDouble(dialect);
  });
  afterAll(() => double.close());

  languageModelContract(() => ({
    model: openModel(settingsFor([{ dialect, url: double.url }])).model,
    willSay: (value) => double.say(typeof value === 'string' ? { text: value } : { value }),
    willHang: () => double.say('hang'),
    willFail: () => double.say({ status: 503, headers: { 'retry-after-ms': '1' } }),
  }));
});
