import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { clean } from '../../src/safety/index.ts';
import {
  type Behaviour,
  openModel,
  type ProviderDouble,
  settingsFor,
  startProviderDouble,
} from '../fakes/providers/index.ts';

const DIALECTS = ['openai', 'anthropic', 'huggingface', 'ollama', 'vllm'] as const;

const call = {
  feature: 'explanation' as const,
  channel: 'inc-1',
  instructions: clean('Say what it is.'),
  input: clean('The database does not answer.'),
};
const structured = {
  ...call,
  name: 'verdict',
  schema: z.object({ category: z.enum(['Network', 'Database']) }),
};
const good = { value: { category: 'Database' } };
const soon = { 'retry-after-ms': '1' };

describe.each(DIALECTS)('%s in bad times', (dialect) => {
  let double: ProviderDouble;
  beforeEach(async () => {
    double = await startProviderDouble(dialect);
  });
  afterEach(() => double.close());
  const open = (timeout = 5_000) =>
    openModel(settingsFor([{ dialect, url: double.url }], { timeout }));

  it.each<[string, Behaviour]>([
    ['has too many requests', { status: 429, headers: soon }],
    ['fails', { status: 500, headers: soon }],
    ['is overloaded', { status: 529, headers: soon }],
    ['hangs up', 'reset'],
    ['breaks off', 'cut'],
    ['says nothing', 'empty'],
    ['answers with a page', 'garbage'],
  ])('is asked again when it %s', async (_, behaviour) => {
    const { model } = open();
    double.say(behaviour, good);
    const { value } = await model.answer(structured);
    expect(value).toEqual({ category: 'Database' });
    expect(double.calls).toHaveLength(2);
  });

  it('is left alone for as long as it asks, and longer each time when it does not ask', async () => {
    const { model, pauses } = open();
    double.say({ status: 429, headers: { 'retry-after': '7' } }, { status: 500 }, good);
    await model.answer(structured);
    // Half of the doubled half second, as chance is 0 here.
    expect(pauses).toEqual([7_000, 500]);
  });

  it('is left alone until the date that it names', async () => {
    const { model, pauses } = open();
    const headers = {
      date: 'Wed, 03 Dec 2025 07:30:00 GMT',
      'retry-after': 'Wed, 03 Dec 2025 07:30:04 GMT',
    };
    double.say({ status: 429, headers }, good);
    await model.answer(structured);
    expect(pauses).toEqual([4_000]);
  });

  it('is not asked again before it wants to be', async () => {
    const { model, pauses } = open();
    double.say({ status: 429, headers: { 'retry-after': '120' } });
    await expect(model.write(call)).rejects.toMatchObject({
      code: 'rate_limited',
      retryable: true,
      retryAfterMs: 120_000,
    });
    expect(pauses).toEqual([]);
    expect(double.calls).toHaveLength(1);
  });

  it.each<Behaviour>(['cut', 'unfinished'])(
    'tells a whole stream from one that is %s',
    async (end) => {
      const { model } = open();
      double.say(end, { text: 'The pool is full.' });
      const pieces: string[] = [];
      const { text } = await model.write(call, (piece) => pieces.push(piece));
      expect(text).toBe('The pool is full.');
      // What was heard of the first answer is not mixed with the second.
      expect('The pool is full and nobody gives back.').toContain(pieces.join(''));
      expect(double.calls).toHaveLength(2);
    },
  );

  it('is not waited for longer than it is given', async () => {
    const { model } = open(80);
    double.say('hang');
    const late = { code: 'timeout', retryable: true };
    await expect(model.write(call)).rejects.toMatchObject(late);
    await expect(model.write(call, () => undefined)).rejects.toMatchObject(late);
  });

  it('is not hurried when it is slow but in time', async () => {
    const { model } = open();
    double.say({ text: 'Slowly.', slowMs: 50 });
    expect((await model.write(call)).text).toBe('Slowly.');
  });

  it('is shown its fault once when its answer does not fit', async () => {
    const { model, usage } = open();
    double.say({ value: { category: 'Weather' } }, good);
    const { value, use } = await model.answer(structured);
    expect(value).toEqual({ category: 'Database' });
    expect(double.calls[1]?.prompt).toContain('Weather');
    expect(double.calls[1]?.prompt).toContain('category: Invalid option');
    expect(usage.entries).toHaveLength(2);
    expect(use.usd).toBeCloseTo(
      usage.entries.reduce((sum, { usd }) => sum + usd, 0),
      10,
    );
  });

  it('may put words around its answer', async () => {
    const { model } = open();
    double.say({ text: 'Here you are:\n```json\n{"category": "Network"}\n```' });
    expect((await model.answer(structured)).value).toEqual({ category: 'Network' });
    expect(double.calls).toHaveLength(1);
  });

  it('may decline, and is not pressed', async () => {
    const { model } = open();
    double.say('refusal');
    const declined = { code: 'bad_request', message: expect.stringContaining('declined') };
    await expect(model.answer(structured)).rejects.toMatchObject(declined);
    await expect(model.write(call)).rejects.toMatchObject(declined);
    await expect(model.write(call, () => undefined)).rejects.toMatchObject(declined);
    expect(double.calls).toHaveLength(3);
  });

  it('may refuse a parameter, which is left out from then on', async () => {
    const { model } = open();
    double.say({ ...good, refuses: ['temperature'] });
    // Side by side, as the first calls after a start are.
    await Promise.all([model.answer(structured), model.answer(structured)]);
    const before = double.calls.length;
    await model.answer(structured);
    expect(double.calls).toHaveLength(before + 1);
    expect(double.calls.at(-1)?.body).not.toHaveProperty('temperature');
  });

  it('is told the key, and nobody else is', async () => {
    const apiKey = 'planted-key-0123456789';
    const { model, part, lines } = openModel(
      settingsFor([{ dialect, url: double.url, apiKey }], { timeout: 200 }),
    );
    const faults: Behaviour[] = [
      { status: 401, message: `Incorrect API key provided: ${apiKey}` },
      { status: 500, message: apiKey, headers: soon },
      { status: 400, message: apiKey },
      'garbage',
      'reset',
      'hang',
    ];
    for (const fault of faults) {
      double.say(fault);
      const failure: unknown = await model.write(call).catch((error: unknown) => error);
      expect(everything(failure)).not.toContain(apiKey);
      expect(everything(failure)).not.toContain('does not answer.');
    }
    expect(double.calls[0]?.key).toBe(apiKey);
    expect(lines.join('\n')).not.toContain(apiKey);
    expect(lines.length).toBeGreaterThanOrEqual(faults.length);
    expect(JSON.stringify(await part.health())).not.toContain(apiKey);
  });

  it('is accounted for by request, feature and channel, and measured', async () => {
    const { model, usage, metricsText } = open();
    double.say({ text: 'The pool is full.' });
    const { use } = await model.write(call, () => undefined);
    const isOurs = dialect === 'ollama' || dialect === 'vllm';
    expect(use.usd).toBeCloseTo(
      isOurs ? 0 : (use.inputTokens * 10 + use.outputTokens * 20) / 1e6,
      12,
    );
    expect(usage.entries).toEqual([
      {
        ...use,
        id: expect.any(String),
        feature: 'explanation',
        channel: 'inc-1',
        at: expect.any(Date),
      },
    ]);
    const text = await metricsText();
    const labels = `provider="${dialect}",model="model-1",feature="explanation"`;
    expect(text).toContain(
      `sitrep_llm_tokens_total{${labels},direction="input"} ${use.inputTokens}`,
    );
    expect(text).toContain(
      `llm_tokens_generated_total{provider="${dialect}",model="model-1"} ${use.outputTokens}`,
    );
    expect(text).toContain(`sitrep_llm_cost_usd_total{${labels}} ${use.usd}`);
    expect(text).toContain(
      `llm_inference_latency_seconds_count{provider="${dialect}",feature="explanation"} 1`,
    );
  });

  it('has said only a part when it used up what it may say', async () => {
    const { model } = open();
    double.say({ text: 'The pool is full and ', stop: 'length' });
    expect((await model.write(call)).text).toBe('The pool is full and …');
    double.say({ text: '{"category": "Netw', stop: 'length' }, good);
    expect((await model.answer(structured)).value).toEqual({ category: 'Database' });
    expect(double.calls.at(-1)?.prompt).toContain('cut off');
  });

  it('is not asked twice when it thought for so long that nothing is left to say', async () => {
    const { model, usage } = open();
    double.say({ text: '<think>Hm, is it?</think>', stop: 'length' });
    await expect(model.write(call)).rejects.toMatchObject({
      code: 'bad_request',
      message: expect.stringContaining('said nothing: allow more'),
    });
    expect(double.calls).toHaveLength(1);
    // It was paid for all the same.
    expect(usage.entries).toHaveLength(1);
  });

  it('is estimated where it does not say what it used', async () => {
    const { model } = open();
    double.say({ text: 'The pool is full.', silent: true });
    const { use } = await model.write(call);
    expect(use.inputTokens).toBeGreaterThan(5);
    expect(use.outputTokens).toBeGreaterThan(3);
  });
});

describe('the wire', () => {
  it('carries the shape in the own way of each dialect', async () => {
    for (const dialect of DIALECTS) {
      const double = await startProviderDouble(dialect);
      double.say(good);
      const { model } = openModel(settingsFor([{ dialect, url: double.url }]));
      await model.answer(structured);
      await double.close();
      const [{ path, body } = { path: '', body: {} }] = double.calls;
      if (dialect === 'anthropic') {
        expect(path).toBe('/v1/messages');
        expect(body).toMatchObject({ tool_choice: { type: 'tool', name: 'verdict' } });
      } else {
        expect(path).toBe('/v1/chat/completions');
        expect(body).toMatchObject({
          response_format: { type: 'json_schema', json_schema: { name: 'verdict' } },
        });
      }
    }
  });

  it('asks newer models of OpenAI with the newer name of the limit', async () => {
    const double = await startProviderDouble('openai');
    double.say({ text: 'Yes.', refuses: ['max_tokens', 'temperature'] });
    const { model } = openModel(settingsFor([{ dialect: 'openai', url: double.url }]));
    await model.write(call);
    await double.close();
    expect(double.calls.at(-1)?.body).toMatchObject({ max_completion_tokens: 500 });
  });

  it('asks in words alone where a shape is not taken', async () => {
    const double = await startProviderDouble('openai');
    double.say({ ...good, refuses: ['response_format'] });
    const { model } = openModel(settingsFor([{ dialect: 'openai', url: double.url }]));
    expect((await model.answer(structured)).value).toEqual({ category: 'Database' });
    await double.close();
    expect(double.calls.at(-1)?.prompt).toContain('"enum":["Network","Database"]');
  });
});

/** All that is in an error, whoever prints it and however. */
function everything(error: unknown, depth = 0): string {
  if (!(error instanceof Error) || depth > 5) return JSON.stringify(error) ?? '';
  const own = JSON.stringify(error, Object.getOwnPropertyNames(error)) ?? '';
  return `${own}\n${error.stack}\n${everything(error.cause, depth + 1)}`;
}
