import type { Tiktoken } from 'js-tiktoken/lite';

export type CountTokens = (text: string) => number;

let encoder: Promise<Tiktoken> | undefined;

/**
 * Counts as OpenAI's cl100k does, which is near enough for the others to choose the shorter of two texts. The
 * table takes 0.2 s to read and 100 MB of memory, so it is read when a model is asked for the first time.
 */
export async function loadTokenCounter(): Promise<CountTokens> {
  encoder ??= (async () => {
    const [{ Tiktoken: Encoder }, { default: ranks }] = await Promise.all([
      import('js-tiktoken/lite'),
      import('js-tiktoken/ranks/cl100k_base'),
    ]);
    return new Encoder(ranks);
  })();
  const loaded = await encoder;
  // Nothing in the data is a control token, whatever it looks like.
  return (text) => loaded.encode(text, [], []).length;
}
