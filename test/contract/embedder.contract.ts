import { expect, it } from 'vitest';
import type { Embedder } from '../../src/ports/embedder.ts';
import { clean } from '../../src/safety/index.ts';

/** What every embedder does, in this process or beyond it. */
export function embedderContract(open: () => Embedder): void {
  const texts = ['The database is full', 'The certificate ran out', 'Zzz'].map((text) =>
    clean(text),
  );

  it('gives one vector of unit length for each text, in order', async () => {
    const embedder = open();
    const vectors = await embedder.embed(texts, 'passage');
    expect(vectors).toHaveLength(3);
    for (const vector of vectors) {
      expect(vector).toHaveLength(embedder.dimensions);
      expect(Math.hypot(...vector)).toBeCloseTo(1, 6);
    }
    const [, second = []] = vectors;
    const [alone = []] = await embedder.embed(texts.slice(1, 2), 'passage');
    expect(dot(alone, second)).toBeCloseTo(1, 6);
  });

  it('puts the same text nearest to itself', async () => {
    const embedder = open();
    const [query = []] = await embedder.embed(texts.slice(0, 1), 'query');
    const nearness = (await embedder.embed(texts, 'passage')).map((vector) => dot(query, vector));
    expect(Math.max(...nearness)).toBe(nearness[0]);
  });

  it('has nothing to say about nothing', async () => {
    expect(await open().embed([], 'passage')).toEqual([]);
  });

  it('embeds a text without words, too', async () => {
    const [vector = []] = await open().embed([clean('')], 'passage');
    expect(vector.every(Number.isFinite)).toBe(true);
  });

  it('does not begin for a caller who has gone already', async () => {
    await expect(open().embed(texts, 'passage', AbortSignal.abort())).rejects.toBeDefined();
  });

  it('names who embeds', () => {
    expect(open().id).not.toBe('');
  });
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
}
