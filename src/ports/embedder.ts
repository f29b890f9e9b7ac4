import type { CleanText } from '../domain/clean-text.ts';

/** Turns texts into vectors whose nearness is nearness of meaning. */
export interface Embedder {
  /** Names model and version: vectors of another id are not comparable. */
  readonly id: string;
  readonly dimensions: number;
  /** One unit-length vector for each text, in order. */
  embed(
    texts: readonly CleanText[],
    purpose: 'passage' | 'query',
    signal?: AbortSignal,
  ): Promise<number[][]>;
}
