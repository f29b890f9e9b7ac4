import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLocalEmbedder, localVector } from '../../../knowledge/embedding/index.ts';
import { clean } from '../../../src/safety/index.ts';

const alike = (one: string, other: string) => {
  const a = localVector(one, 'query');
  const b = localVector(other, 'query');
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
};

describe('the local embedder', () => {
  it('gives vectors of unit length for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        for (const purpose of ['passage', 'query'] as const) {
          const vector = localVector(text, purpose);
          expect(vector).toHaveLength(384);
          expect(Math.hypot(...vector)).toBeCloseTo(1, 6);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('still is what its id promises', () => {
    const text =
      'Disk full\nThe root filesystem of web-04 has no space left; df shows 100 %.\n```\ndf -h\n```';
    const rounded = localVector(text, 'passage').map((value) => Math.round(value * 1e4));
    const digest = createHash('sha256').update(rounded.join(' ')).digest('hex').slice(0, 16);
    // Stored vectors were made by this very function: whoever changes it counts its id up, and this pair.
    expect([createLocalEmbedder().id, digest]).toEqual(['local-2', 'd02e93ec9a654d3d']);
  });

  it('puts what means the same nearer than what shares a word', () => {
    const question = 'pod was OOMKilled';
    expect(alike(question, 'container ran out of memory')).toBeGreaterThan(
      alike(question, 'pod has no ip address'),
    );
    expect(alike('x509: certificate has expired', 'TLS renewal failed')).toBeGreaterThan(
      alike('x509: certificate has expired', 'disk replacement failed'),
    );
  });

  it('sees through spelling and new names', () => {
    expect(alike('NodeClockNotSynchronising', 'node clock is not synchronised')).toBeGreaterThan(
      0.5,
    );
    expect(alike('frobnicator timeouts', 'FrobnicatorTimeout')).toBeGreaterThan(0.5);
  });

  it('answers in order and can be called off', async () => {
    const embedder = createLocalEmbedder();
    const texts = Array.from({ length: 40 }, (_, i) => clean(`disk ${i} of host db-${i} is full`));
    const vectors = await embedder.embed(texts, 'query');
    expect(vectors).toEqual(texts.map((text) => localVector(text, 'query')));
    await expect(embedder.embed(texts, 'query', AbortSignal.abort())).rejects.toMatchObject({
      code: 'timeout',
    });
  });
});
