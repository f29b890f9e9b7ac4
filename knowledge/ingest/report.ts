/** What one ingest did. Counts are of documents. */
export type IngestReport = {
  added: number;
  changed: number;
  unchanged: number;
  removed: number;
  /** What could not be read; the rest went in. */
  failed: { path: string; reason: string }[];
  /** What went in, but was not understood in every point. */
  notes: { path: string; note: string }[];
  /** Texts that were embedded. */
  embedded: number;
  /** Why the vectors are behind the text, for people; they are made good later. */
  behind?: string;
};

export function emptyReport(): IngestReport {
  return { added: 0, changed: 0, unchanged: 0, removed: 0, failed: [], notes: [], embedded: 0 };
}
