import type { CleanText } from '../../src/domain/clean-text.ts';
import type { KnownChunk, KnownDocument } from '../../src/ports/document-store.ts';
import type { Embedder } from '../../src/ports/embedder.ts';
import { passageText } from './passage-text.ts';
import type { VectorRecord } from './vector-sets.ts';

export type VectorWriter = {
  add(document: KnownDocument, chunk: KnownChunk): Promise<void>;
  /** Waits for everything that was added. */
  end(): Promise<void>;
};

/** Texts for one call of the embedder: providers take more, but limit the tokens of a call. */
const TEXTS_A_CALL = 64;
/** Calls on their way at the same time; a remote embedder is waited for, not computed with. */
const CALLS_AT_ONCE = 3;
/**
 * Vectors for one write, and one write at a time: Chroma 1.0 takes 10,000 vectors in 4 s so, and in 50 s when
 * three writes of 64 overlap.
 */
const VECTORS_A_WRITE = 256;

/** Embeds in batches, some at once, and writes what they gave in larger ones, one after the other. */
export function createVectorWriter(deps: {
  embedder: Embedder;
  clean: (text: string) => CleanText;
  write: (records: readonly VectorRecord[]) => Promise<void>;
  /** Hears how many texts were embedded, batch by batch. */
  embedded: (count: number) => void;
  signal: AbortSignal | undefined;
}): VectorWriter {
  const { embedder, clean, signal } = deps;
  let batch: { document: KnownDocument; chunk: KnownChunk }[] = [];
  let made: VectorRecord[] = [];
  let writing: Promise<void> = Promise.resolve();
  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];

  async function embed(items: typeof batch): Promise<void> {
    const texts = items.map(({ document, chunk }) => clean(passageText(document.title, chunk)));
    const vectors = await embedder.embed(texts, 'passage', signal);
    made.push(
      ...items.map(
        ({ document, chunk }, i): VectorRecord => ({
          id: chunk.id,
          documentId: chunk.documentId,
          checksum: chunk.checksum,
          vector: vectors[i] ?? [],
          kind: document.kind,
          service: document.service,
          tags: document.tags,
        }),
      ),
    );
    deps.embedded(items.length);
    if (made.length >= VECTORS_A_WRITE) await writeMade();
  }

  function writeMade(): Promise<void> {
    const records = made;
    made = [];
    if (records.length > 0) {
      writing = writing.then(() => deps.write(records));
      // Whoever waits for it hears of its failure.
      writing.catch(() => undefined);
    }
    return writing;
  }

  async function flush(): Promise<void> {
    signal?.throwIfAborted();
    if (failures.length > 0) throw failures[0];
    const items = batch;
    batch = [];
    if (items.length === 0) return;
    const work = embed(items)
      .catch((error: unknown) => void failures.push(error))
      .finally(() => running.delete(work));
    running.add(work);
    if (running.size >= CALLS_AT_ONCE) await Promise.race(running);
  }

  return {
    async add(document, chunk) {
      batch.push({ document, chunk });
      if (batch.length >= TEXTS_A_CALL) await flush();
    },
    async end() {
      await flush();
      await Promise.all(running);
      if (failures.length > 0) throw failures[0];
      await writeMade();
    },
  };
}
