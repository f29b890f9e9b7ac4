import type { KnownDocument, StoredDocument } from '../../src/ports/document-store.ts';
import { addDocument, createHold, dropDocument, withoutDropped } from './hold.ts';
import { type LexicalFound, type LexicalSearch, searchHold } from './search-hold.ts';

export type LexicalIndex = {
  /** Takes the place of what was there under this id. */
  put(stored: StoredDocument): void;
  remove(documentId: string): void;
  search(query: string, options: LexicalSearch): LexicalFound;
  documentOf(chunkId: string): KnownDocument | undefined;
  readonly documents: number;
  readonly chunks: number;
  /** What its lists take, without ids and titles. */
  readonly bytes: number;
};

/** Up to so many units, and a fifth of all, what was dropped is not worth clearing away. */
const TOLERATED_DROPPED_UNITS = 200;
const TOLERATED_DROPPED_SHARE = 0.2;

export function createLexicalIndex(): LexicalIndex {
  let hold = createHold();

  function drop(documentId: string): void {
    dropDocument(hold, documentId);
    const tolerated = TOLERATED_DROPPED_UNITS + TOLERATED_DROPPED_SHARE * hold.unitDocument.length;
    if (hold.deadUnits > tolerated) hold = withoutDropped(hold);
  }

  return {
    put(stored) {
      drop(stored.document.id);
      addDocument(hold, stored);
    },
    remove: drop,
    search: (query, options) => searchHold(hold, query, options),
    documentOf(chunkId) {
      const unit = hold.byChunk.get(chunkId);
      return unit === undefined
        ? undefined
        : hold.entries[hold.unitDocument.values[unit] ?? -1]?.document;
    },
    get documents() {
      return hold.byId.size;
    },
    get chunks() {
      return hold.byChunk.size;
    },
    get bytes() {
      const units = hold.unitDocument.values.length;
      return hold.postings.bytes + units * 17 + hold.documentCounts.values.length * 4;
    },
  };
}
