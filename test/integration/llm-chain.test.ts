import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createLanguageModel } from '../../adapters/llm/index.ts';
import { clean } from '../../src/safety/index.ts';
import {
  type Behaviour,
  type Dialect,
  openModel,
  type ProviderDouble,
  settingsFor,
  startProviderDouble,
} from '../fakes/providers/index.ts';

const call = {
  feature: 'answer' as const,
  instructions: clean('Say what it is.'),
  input: clean('The database does not answer.'),
};
const soon = { 'retry-after-ms': '1' };

const open: ProviderDouble[] = [];
afterEach(async () => {
  for (const double of open.splice(0)) await double.close();
});

async function start(...dialects: Dialect[]) {
  const doubles: ProviderDouble[] = [];
  for (const dialect of dialects) doubles.push(await startProviderDouble(dialect));
  open.push(...doubles);
  const chain = dialects.map((dialect, at) => ({ dialect, url: doubles[at]?.url ?? '' }));
  return { doubles, chain };
}

describe('a chain of providers', () => {
  it.each<[string, Behaviour]>([
    ['fails', { status: 500, headers: soon }],
    ['refuses the key', { status: 401 }],
    ['cannot read so much', { status: 400, message: 'maximum context length is 8192 tokens' }],
    ['wants a long rest', { status: 429, headers: { 'retry-after': '600' } }],
    ['declines', 'refusal'],
    ['hangs', 'hang'],
    ['says nothing', 'empty'],
  ])('asks the next when one %s', async (_, behaviour) => {
    const { doubles, chain } = await start('openai', 'anthropic');
    doubles[0]?.say(behaviour);
    doubles[1]?.say({ text: 'The second.' });
    const { model, lines, part } = openModel(settingsFor(chain, { timeout: 200 }));
    const { text, use } = await model.write(call);
    expect(text).toBe('The second.');
    expect(use.provider).toBe('anthropic');
    expect(model.provider).toBe('openai');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'warn',
      provider: 'openai',
      code: expect.any(String),
    });
    expect(await part.health()).toMatchObject({ status: 'degraded' });
  });

  it('keeps to its order', async () => {
    const { doubles, chain } = await start('vllm', 'ollama', 'huggingface');
    for (const double of doubles.slice(0, 2)) double.say({ status: 403 });
    const { model } = openModel(settingsFor(chain));
    expect((await model.write(call)).use.provider).toBe('huggingface');
    expect(doubles.map(({ calls }) => calls.length)).toEqual([1, 1, 1]);
  });

  it('says of each why nobody answered', async () => {
    const { doubles, chain } = await start('openai', 'ollama');
    doubles[0]?.say({ status: 401 });
    doubles[1]?.say({ status: 503, headers: { 'retry-after': '60' } });
    const { model, part } = openModel(settingsFor(chain));
    await expect(model.write(call)).rejects.toMatchObject({
      code: 'unavailable',
      retryable: true,
      retryAfterMs: 60_000,
      message:
        'openai refuses the key (status 401): check it with sitrep doctor. ollama answered with status 503.',
    });
    expect(await part.health()).toMatchObject({
      status: 'degraded',
      detail: expect.stringContaining('The last call failed.'),
    });
  });

  it('ends for all when the caller leaves', async () => {
    const { doubles, chain } = await start('openai', 'anthropic');
    doubles[0]?.say('hang');
    const { model } = openModel(settingsFor(chain));
    const leaving = new AbortController();
    const reason = new Error('Nobody reads it any more.');
    const asked = model.write({ ...call, signal: leaving.signal });
    while (doubles[0]?.calls.length === 0) await new Promise(setImmediate);
    leaving.abort(reason);
    await expect(asked).rejects.toBe(reason);
    expect(doubles[1]?.calls).toHaveLength(0);
  });

  it('leaves a provider alone that keeps failing, and finds out when it is better', async () => {
    const { doubles, chain } = await start('openai', 'ollama');
    const state = { now: new Date('2025-12-03T10:00:00Z') };
    doubles[0]?.say({ status: 500, headers: soon });
    const { model, part } = openModel(settingsFor(chain), { clock: { now: () => state.now } });
    for (let asked = 0; asked < 5; asked++) await model.write(call);
    const before = doubles[0]?.calls.length;
    expect(before).toBe(5);
    expect(await part.health()).toMatchObject({
      status: 'degraded',
      detail: expect.stringContaining('openai model-1: failing'),
    });
    state.now = new Date('2025-12-03T10:01:00Z');
    doubles[0]?.say({ text: 'Here again.' });
    expect((await model.write(call)).text).toBe('Here again.');
    expect(await part.health()).toMatchObject({ status: 'up' });
  });

  it('never asks a provider just to know how it is', async () => {
    const { doubles, chain } = await start('openai');
    const { part } = openModel(settingsFor(chain));
    expect(await part.health()).toEqual({
      status: 'up',
      detail: 'openai model-1; not asked yet.',
    });
    expect(doubles[0]?.calls).toHaveLength(0);
  });

  it('repairs a shape that the first cannot give with the next', async () => {
    const { doubles, chain } = await start('ollama', 'openai');
    doubles[0]?.say({ text: 'It is the database.' });
    doubles[1]?.say({ value: { category: 'Database' } });
    const { model } = openModel(settingsFor(chain));
    const schema = z.object({ category: z.string() });
    const { value, use } = await model.answer({ ...call, name: 'verdict', schema });
    expect(value).toEqual({ category: 'Database' });
    expect(use.provider).toBe('openai');
    expect(doubles[0]?.calls).toHaveLength(2);
  });
});

describe('the budget of a chain', () => {
  it('refuses before the call', async () => {
    const { doubles, chain } = await start('openai');
    const { model, part } = openModel(settingsFor(chain, { budget: { dailyTokens: 100 } }));
    await expect(model.write(call)).rejects.toMatchObject({
      code: 'rate_limited',
      retryable: false,
      message: expect.stringContaining('The daily budget for language models is used up'),
    });
    expect(doubles[0]?.calls).toHaveLength(0);
    expect(await part.health()).toMatchObject({
      status: 'degraded',
      detail: expect.stringContaining('daily budget'),
    });
  });

  it('goes on where it costs nothing when the money is gone', async () => {
    const { doubles, chain } = await start('openai', 'ollama');
    const { model } = openModel(settingsFor(chain, { budget: { monthlyUsd: 0.001 } }));
    expect((await model.write(call)).use).toMatchObject({ provider: 'ollama', usd: 0 });
    expect(doubles[0]?.calls).toHaveLength(0);
  });

  it('holds against many calls at once', async () => {
    const { doubles, chain } = await start('openai');
    doubles[0]?.say({ text: 'word '.repeat(40), slowMs: 5 });
    const dailyTokens = 3_000;
    const { model, usage } = openModel(settingsFor(chain, { budget: { dailyTokens } }));
    const outcomes = await Promise.allSettled(Array.from({ length: 30 }, () => model.write(call)));
    const { tokens } = await usage.since(new Date(0));
    expect(tokens).toBeLessThanOrEqual(dailyTokens);
    expect(outcomes.some(({ status }) => status === 'rejected')).toBe(true);
    expect(doubles[0]?.calls).toHaveLength(usage.entries.length);
  });
});

describe('the settings of language models', () => {
  const create = (settings: ReturnType<typeof settingsFor>) => () => openModel(settings);
  const at = (dialect: Dialect, others = {}) => ({ dialect, url: 'http://127.0.0.1:9', ...others });
  const fault = (message: string) =>
    expect.objectContaining({ code: 'config', message: expect.stringContaining(message) });

  it('take the first that is configured, and none when none is', async () => {
    const settings = settingsFor([at('ollama')]);
    expect(openModel({ ...settings, provider: 'auto' }).model.provider).toBe('ollama');
    const nothing = createLanguageModel({
      ...plain(),
      settings: { ...settingsFor([]), provider: 'auto' },
    });
    expect(nothing.model).toBeUndefined();
    expect(await nothing.part.health()).toMatchObject({ status: 'up' });
    const local = createLanguageModel({ ...plain(), settings: { ...settings, provider: 'local' } });
    expect(local.model).toBeUndefined();
  });

  it('name the setting that is missing', () => {
    const settings = settingsFor([at('ollama')]);
    expect(create({ ...settings, fallback: ['anthropic'] })).toThrow(fault('ANTHROPIC_API_KEY'));
    expect(create({ ...settings, provider: 'vllm' })).toThrow(fault('VLLM_BASE_URL'));
  });

  it('want a price for a model that a budget in dollars counts', () => {
    const model = 'nobody/knows';
    const budget = { monthlyUsd: 5 };
    expect(create(settingsFor([at('openai', { model })], { budget }))).toThrow(
      fault('MIRA_PRICES'),
    );
    expect(create(settingsFor([at('ollama', { model })], { budget }))).not.toThrow();
    const { lines } = openModel(settingsFor([at('openai', { model })]));
    expect(lines.join()).toContain('No price is known');
  });

  it('read the id of a model with its maker before it', () => {
    const { model } = openModel(settingsFor([at('openai', { model: ' openai/gpt-4o ' })]));
    expect(model.model).toBe('gpt-4o');
  });
});

function plain() {
  const never = async () => {
    throw new Error('Nobody is asked here.');
  };
  return {
    usage: { add: never, since: never, byFeature: never },
    clock: { now: () => new Date() },
    ids: { next: (prefix: string) => prefix },
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    metrics: { count() {}, gauge() {}, observe() {} },
  };
}
