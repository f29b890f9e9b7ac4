import type { DocumentStore } from '../../src/ports/document-store.ts';
import { createBoilerplate } from './boilerplate.ts';
import { createLexicalIndex, type LexicalIndex } from './lexical-index.ts';

/** So many documents are read at once; lines that they share are known before the first is indexed. */
const BATCH = 500;
const DOCUMENTS_A_TURN = 25;

/** The words of the knowledge base in memory, brought up to date before every search. */
export type Corpus = {
  /** The index with everything in it that was in the store when this was called. */
  fresh(): Promise<LexicalIndex>;
  /** The index as it was last, for when the store is away; undefined before it was first built. */
  last(): LexicalIndex | undefined;
  /** The index with what was read so far. */
  soFar(): LexicalIndex;
};

export function createCorpus(documents: DocumentStore): Corpus {
  let index = createLexicalIndex();
  let boilerplate = createBoilerplate();
  let at = 0;
  let built = false;
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  async function catchUp(): Promise<void> {
    if (built && (await documents.change()) === at) return;
    const { change, put, removed, reset } = await documents.changedSince(at);
    if (reset) {
      index = createLexicalIndex();
      boilerplate = createBoilerplate();
    }
    for (const id of removed) {
      index.remove(id);
      boilerplate.forget(id);
    }
    for (let start = 0; start < put.length; start += BATCH) {
      const stored = await documents.load(put.slice(start, start + BATCH));
      boilerplate.learn(stored);
      for (const [i, one] of stored.entries()) {
        index.put(boilerplate.without(one));
        if (i % DOCUMENTS_A_TURN === DOCUMENTS_A_TURN - 1) await nextTurn();
      }
    }
    at = change;
    built = true;
  }

  function run(): Promise<void> {
    const work = catchUp().finally(() => {
      if (running === work) running = undefined;
    });
    running = work;
    return work;
  }

  return {
    async fresh() {
      if (running === undefined) {
        await run();
      } else {
        // The one under way may have asked before the caller's change: all who wait share the one after it.
        next ??= running
          .catch(() => undefined)
          .then(() => {
            next = undefined;
            return run();
          });
        await next;
      }
      return index;
    },
    last: () => (built ? index : undefined),
    soFar: () => index,
  };
}

/** Indexing a large collection takes seconds, in which others want to be served. */
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));
