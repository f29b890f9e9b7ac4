import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { CleanText } from '../../src/domain/clean-text.ts';
import type { Cache } from '../../src/ports/cache.ts';
import type { Embedder } from '../../src/ports/embedder.ts';

/** An incident is searched for several times in its first minutes: triage, its card, questions in its thread. */
const KEPT_MS = 15 * 60_000;

const vectorSchema = z.array(z.number());

/** The question as a vector, from the cache where it was asked before. The cache never sees its words. */
export async function queryVector(
  query: CleanText,
  {
    embedder,
    cache,
    signal,
  }: { embedder: Embedder; cache: Pick<Cache, 'get' | 'set'>; signal?: AbortSignal },
): Promise<number[]> {
  const digest = createHash('sha256').update(query).digest('hex');
  const key = `query-vector:${embedder.id}:${digest}`;
  // Without its cache it is only slower.
  const cached = vectorSchema.safeParse(await cache.get(key).catch(() => undefined));
  if (cached.success && cached.data.length === embedder.dimensions) return cached.data;
  const { id } = embedder;
  const [vector = []] = await embedder.embed([query], 'query', signal);
  // The embedder may have changed meanwhile, and with it what the vector may be kept as.
  if (id === embedder.id) await cache.set(key, vector, KEPT_MS).catch(() => undefined);
  return vector;
}
