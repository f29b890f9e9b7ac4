import type { CleanText } from '../domain/clean-text.ts';

/**
 * Remembers texts for a while and finds those that say nearly the same in other words. What it knows may be gone at
 * any time; it fails with an `AppError` while it is away.
 */
export interface SimilarTexts {
  /** Remembering it again replaces what was remembered under this id. */
  remember(entry: { id: string; group: string; text: CleanText; ttlMs: number }): Promise<void>;
  /** Of this group alone, nearest first; `similarity` is the cosine of the angle, 1 when equal. */
  find(
    text: CleanText,
    options: { group: string; limit: number },
  ): Promise<{ id: string; similarity: number; text: string }[]>;
}
