import type { Action, Category, Severity } from '../domain/taxonomy.ts';
import type { PastIncident } from './knowledge.ts';

/** A page or a past incident, as it was last ingested. */
export type KnownDocument = {
  id: string;
  collection: string;
  /** Relative to the ingested path; with the collection it names the document. */
  source: string;
  kind: 'page' | 'incident';
  title: string;
  /** Of its text and of the way it was split: unchanged documents are skipped by it. */
  checksum: string;
  href?: string;
  category?: Category;
  severity?: Severity;
  action?: Action;
  service?: string;
  tags: readonly string[];
  incident?: PastIncident;
  ingestedAt: Date;
};

export type KnownChunk = {
  id: string;
  documentId: string;
  position: number;
  section: readonly string[];
  text: string;
  line: number;
  checksum: string;
};

/** A document with its chunks. */
export type StoredDocument = { document: KnownDocument; chunks: KnownChunk[] };

/**
 * The text of the knowledge base and the truth about what is in it; the vectors of its chunks are in Chroma
 * and can be made anew from here.
 */
export interface DocumentStore {
  /** Writes the document with all its chunks, in one transaction; chunks that it no longer has are gone. */
  put(stored: StoredDocument): Promise<void>;
  remove(documentIds: readonly string[]): Promise<void>;
  /** How much there is; a collection without documents is none. */
  counts(): Promise<{ collection: string; documents: number; chunks: number }[]>;
  /** By source. */
  list(collection?: string): Promise<KnownDocument[]>;
  /** In order of id; `after` pages on. */
  chunks(page: { collection?: string; after?: string; limit: number }): Promise<KnownChunk[]>;
  /** These chunks, as far as they are still there, in no order. */
  chunksById(chunkIds: readonly string[]): Promise<KnownChunk[]>;
  /** Grows with every change of a document: readers that keep an index of their own look at it. */
  change(): Promise<number>;
  /**
   * What is new since that change: ids of documents put and of documents removed, and the change to ask with
   * next. `reset` when what was removed since then is no longer known: a reader drops all it has, and `put`
   * names every document that there is.
   */
  changedSince(
    change: number,
  ): Promise<{ change: number; put: string[]; removed: string[]; reset: boolean }>;
  /** These documents with their chunks. */
  load(documentIds: readonly string[]): Promise<StoredDocument[]>;
}
