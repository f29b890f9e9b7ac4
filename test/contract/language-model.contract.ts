import { expect, it } from 'vitest';
import { z } from 'zod';
import type { LanguageModel } from '../../src/ports/language-model.ts';
import { clean } from '../../src/safety/index.ts';

export type LanguageModelHarness = {
  model: LanguageModel;
  /** The model answers the next calls with this value, as JSON where a shape is asked for. */
  willSay(value: unknown): void;
  /** The model does not answer the next call. */
  willHang(): void;
  /** The service behind the model is away for good. */
  willFail(): void;
};

const schema = z.object({ category: z.enum(['Network', 'Database']), words: z.array(z.string()) });
const call = {
  feature: 'retrieval' as const,
  instructions: clean('Say what it is.'),
  input: clean('The database does not answer.'),
};
const structured = { ...call, name: 'verdict', schema };

/** What every language model does, real or not. */
export function languageModelContract(open: () => LanguageModelHarness): void {
  it('answers in the shape that was asked for', async () => {
    const { model, willSay } = open();
    willSay({ category: 'Database', words: ['database'] });
    const { value, use } = await model.answer(structured);
    expect(value).toEqual({ category: 'Database', words: ['database'] });
    expect(use.inputTokens).toBeGreaterThan(0);
    expect(use.outputTokens).toBeGreaterThan(0);
    expect(use.usd).toBeGreaterThanOrEqual(0);
  });

  it('refuses what does not fit the shape', async () => {
    const { model, willSay } = open();
    willSay({ category: 'Weather', words: 'none' });
    await expect(model.answer(structured)).rejects.toMatchObject({ code: 'bad_request' });
  });

  it('writes text, and says it piece by piece to whoever listens', async () => {
    const { model, willSay } = open();
    willSay('The database is slow today.');
    const pieces: string[] = [];
    const { text } = await model.write(call, (piece) => pieces.push(piece));
    expect(text).toBe('The database is slow today.');
    expect(pieces.join('')).toBe(text);
  });

  it('lets go of a call when its signal says so', async () => {
    const { model, willHang } = open();
    willHang();
    const letGo = new AbortController();
    const asked = model.answer({ ...structured, signal: letGo.signal });
    letGo.abort();
    await expect(asked).rejects.toBeDefined();
  });

  it('does not ask for a caller who has gone already', async () => {
    const { model, willSay } = open();
    willSay({ category: 'Database', words: [] });
    await expect(
      model.answer({ ...structured, signal: AbortSignal.abort() }),
    ).rejects.toBeDefined();
  });

  it('says that it is away in the one way of the house', async () => {
    const { model, willFail } = open();
    willFail();
    await expect(model.answer(structured)).rejects.toMatchObject({
      name: 'AppError',
      code: 'unavailable',
    });
  });

  it('names who answers', () => {
    const { model } = open();
    expect(model.provider).not.toBe('');
    expect(model.model).not.toBe('');
  });
}
