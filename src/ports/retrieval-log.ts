import type { CleanText } from '../domain/clean-text.ts';

/** One search of the knowledge base and what came of it. */
export type Retrieval = {
  at: Date;
  /** Of a long one, the beginning is kept. */
  question: CleanText;
  /** Undefined when all were searched. */
  collection?: string;
  /** The best documents, best first. */
  results: readonly { documentId: string; score: number }[];
  fits: boolean;
  /** A part was away. */
  degraded: boolean;
  ms: number;
};

export type RetrievalCounts = { searches: number; misses: number; degraded: number };

/** Questions that differ in numbers only are one. */
export type MissedQuestion = { question: string; times: number; last: Date };

/** What people and incidents asked the knowledge base. */
export interface RetrievalLog {
  add(retrievals: readonly Retrieval[]): Promise<void>;
  since(at: Date): Promise<RetrievalCounts>;
  /** What nothing answered, the most frequent first. */
  mostMissed(since: Date, limit: number): Promise<MissedQuestion[]>;
  /** Forgets what was asked before `before`. */
  forget(before: Date): Promise<void>;
}
