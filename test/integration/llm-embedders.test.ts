import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRemoteEmbedder } from '../../adapters/llm/index.ts';
import { clean } from '../../src/safety/index.ts';
import {
  type Behaviour,
  type ProviderCall,
  type ProviderDouble,
  startProviderDouble,
} from '../fakes/providers/index.ts';

const PROVIDERS = ['openai', 'huggingface', 'ollama', 'compatible'] as const;
const texts = (count: number) =>
  Array.from({ length: count }, (_, at) => clean(`text number ${at}`));
const inputsOf = ({ body }: ProviderCall) => [body.input ?? body.inputs].flat() as string[];
const soon = { 'retry-after-ms': '1' };

describe.each(PROVIDERS)('the embedder of %s', (provider) => {
  let double: ProviderDouble;
  beforeEach(async () => {
    double = await startProviderDouble(provider === 'compatible' ? 'vllm' : provider);
  });
  afterEach(() => double.close());
  const open = (others: { model?: string; timeoutMs?: number } = {}) =>
    createRemoteEmbedder({
      provider,
      model: 'letters-1',
      url: provider === 'huggingface' ? `${double.url}/feature-extraction` : double.url,
      apiKey: 'planted-key-0123456789',
      clock: { now: () => new Date() },
      random: () => 0,
      pause: async () => undefined,
      ...others,
    });

  it('asks in requests of bounded size, and keeps the order', async () => {
    const embedder = open();
    const all = texts(300);
    const vectors = await embedder.embed(all, 'passage');
    expect(vectors).toHaveLength(300);
    const sizes = double.calls.map((call) => inputsOf(call).length);
    expect(Math.max(...sizes)).toBe(provider === 'huggingface' ? 32 : 128);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(300);
    const [alone] = await embedder.embed(all.slice(255, 256), 'passage');
    expect(vectors[255]).toEqual(alone);
  });

  it('sends long texts in smaller requests', async () => {
    const long = clean('The pool is full. '.repeat(2_500));
    await open().embed([long, long, long, long], 'passage');
    expect(double.calls.map((call) => inputsOf(call).length)).toEqual([2, 2]);
  });

  it.each<[string, Behaviour]>([
    ['has too many requests', { status: 429, headers: soon }],
    ['fails', { status: 503, headers: soon }],
    ['hangs up', 'reset'],
    ['answers with a page', 'garbage'],
    ['answers with too few vectors', 'empty'],
  ])('is asked again when it %s', async (_, behaviour) => {
    double.say(behaviour, { text: '' });
    expect(await open().embed(texts(2), 'passage')).toHaveLength(2);
    expect(double.calls).toHaveLength(2);
  });

  it('halves what is too much for one request, and in the end the text', async () => {
    const tooMuch = { status: 413, message: 'Too large.' };
    double.say((call) => (inputsOf(call).join('').length > 3_000 ? tooMuch : { text: '' }));
    const long = clean('abcdefgh '.repeat(600));
    expect(await open().embed([...texts(3), long], 'passage')).toHaveLength(4);
    double.say(tooMuch);
    await expect(open().embed([long], 'passage')).rejects.toMatchObject({ code: 'too_large' });
  });

  it('says that it is away in the way of the house, without the key', async () => {
    double.say({ status: 401, message: 'Incorrect API key provided: planted-key-0123456789' });
    const failure: unknown = await open()
      .embed(texts(1), 'query')
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'AppError', code: 'config', retryable: false });
    expect(JSON.stringify(failure, ['message', 'stack', 'cause'])).not.toContain('planted');
  });

  it('lets go when its caller leaves', async () => {
    double.say('hang');
    const leaving = new AbortController();
    const asked = open().embed(texts(1), 'query', leaving.signal);
    while (double.calls.length === 0) await new Promise(setImmediate);
    leaving.abort();
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('is not waited for longer than it is given', async () => {
    double.say('hang');
    await expect(open({ timeoutMs: 30 }).embed(texts(1), 'query')).rejects.toMatchObject({
      code: 'timeout',
    });
  });

  it('does not take vectors of another length than those of its model', async () => {
    const embedder = open({ model: 'makers/all-MiniLM-L6-v2:latest' });
    expect(embedder.dimensions).toBe(384);
    await expect(embedder.embed(texts(1), 'query')).rejects.toMatchObject({
      code: 'config',
      message: expect.stringContaining('12 dimensions instead of 384'),
    });
  });

  it('learns the length of vectors of a model that nobody listed', async () => {
    const embedder = open();
    expect(embedder.dimensions).toBe(0);
    await embedder.embed(texts(1), 'query');
    expect(embedder.dimensions).toBe(12);
  });

  it('tells a model what it reads where the model wants to know', async () => {
    const embedder = open({ model: 'nomic-embed-text' });
    await embedder.embed(texts(1), 'query').catch(() => undefined);
    await embedder.embed(texts(1), 'passage').catch(() => undefined);
    expect(double.calls.map((call) => inputsOf(call)[0])).toEqual([
      'search_query: text number 0',
      'search_document: text number 0',
    ]);
  });
});

describe('an embedder that is not configured', () => {
  it('names what is missing', () => {
    const create = (others: { model?: string }) => () =>
      createRemoteEmbedder({
        provider: 'compatible',
        clock: { now: () => new Date() },
        ...others,
      });
    expect(create({})).toThrow('SITREP_EMBEDDER_MODEL');
    expect(create({ model: 'letters-1' })).toThrow('SITREP_EMBEDDER_URL');
  });
});
