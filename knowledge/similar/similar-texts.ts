import { createHash } from 'node:crypto';
import type { Collection } from 'chromadb';
import type { Clock } from '../../src/ports/clock.ts';
import type { Embedder } from '../../src/ports/embedder.ts';
import type { SimilarTexts } from '../../src/ports/similar-texts.ts';
import { createChromaClient, guarded } from '../collection/chroma-client.ts';

export type SimilarTextsOptions = {
  /** Names what the texts are, for the collection in Chroma. */
  name: string;
  /** Where Chroma answers; undefined while it is away. */
  address: () => string | undefined;
  embedder: Embedder;
  clock: Clock;
};

/** Somebody waits for an answer that a model could give as well. */
const FIND_MS = 500;
const WRITE_MS = 5_000;
/** Texts whose time is up are looked for this often. */
const TIDY_MS = 600_000;

/**
 * Vectors in a collection of their own: it has none of the marks of the knowledge's, so that no search comes upon
 * it.
 */
export function createSimilarTexts(options: SimilarTextsOptions): SimilarTexts {
  const { name, address, embedder, clock } = options;
  const chroma = createChromaClient(address);
  let opened: { id: string; collection: Collection } | undefined;
  let tidyAt = 0;

  /** Vectors of another embedder cannot be compared, and Chroma may have been emptied or replaced meanwhile. */
  async function collection(ms: number): Promise<Collection> {
    const client = chroma();
    const id = `${address()} ${embedder.id}`;
    if (opened?.id === id) return opened.collection;
    const handle = await guarded(ms, () =>
      client.getOrCreateCollection({
        name: `similar-${name}-${createHash('sha256').update(embedder.id).digest('hex').slice(0, 8)}`,
        configuration: { hnsw: { space: 'cosine' } },
        // Its default one downloads a model.
        embeddingFunction: null,
      }),
    );
    opened = { id, collection: handle };
    return handle;
  }

  async function using<Answer>(
    ms: number,
    ask: (collection: Collection) => Promise<Answer>,
  ): Promise<Answer> {
    try {
      const handle = await collection(ms);
      return await guarded(ms, () => ask(handle));
    } catch (error) {
      opened = undefined;
      throw error;
    }
  }

  return {
    async remember({ id, group, text, ttlMs }) {
      const [vector = []] = await embedder.embed([text], 'passage');
      const now = clock.now().getTime();
      const endsAt = now + ttlMs;
      await using(WRITE_MS, async (handle) => {
        await handle.upsert({
          ids: [id],
          embeddings: [vector],
          documents: [text],
          metadatas: [{ group, endsAt }],
        });
        if (now < tidyAt) return;
        tidyAt = now + TIDY_MS;
        await handle.delete({ where: { endsAt: { $lte: now } } });
      });
    },

    async find(text, { group, limit }) {
      const [vector = []] = await embedder.embed([text], 'passage');
      const now = clock.now().getTime();
      const { ids, distances, documents } = await using(FIND_MS, (handle) =>
        handle.query({
          queryEmbeddings: [vector],
          nResults: limit,
          include: ['distances', 'documents'],
          where: { $and: [{ group }, { endsAt: { $gt: now } }] },
        }),
      );
      return (ids[0] ?? []).map((id, i) => ({
        id,
        similarity: 1 - (distances[0]?.[i] ?? 1),
        text: documents[0]?.[i] ?? '',
      }));
    },
  };
}
