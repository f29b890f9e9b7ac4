/** What a search by vector may be narrowed to. */
export type VectorFilter = {
  collection?: string;
  kind?: 'page' | 'incident';
  service?: string;
  /** All of them. */
  tags?: readonly string[];
  exceptDocument?: string;
};

/** `id` is the chunk's; `similarity` is the cosine of the angle, 1 when equal. */
export type VectorHit = { id: string; similarity: number };

/** The nearest chunks by vector. */
export interface VectorIndex {
  /**
   * Nearest first. When vectors cannot be searched it rejects with an `AppError` whose sentence says why:
   * the search then goes on by words alone.
   */
  query(vector: readonly number[], limit: number, where?: VectorFilter): Promise<VectorHit[]>;
}
