/** A root cause in plain words, as it was given. */
export type StoredExplanation = {
  id: string;
  incidentId?: string;
  /** Hash of the analysis that was explained, and for whom. */
  sourceHash: string;
  /** Who told it: `narrator`, or provider and model. */
  narrator: string;
  promptId: string;
  promptVersion: string;
  text: string;
  /** The whole response, JSON. */
  detail: unknown;
  createdAt: Date;
};

export interface ExplanationStore {
  /** The same analysis told by the same narrator with the same prompt is stored once. */
  add(explanation: StoredExplanation): Promise<StoredExplanation>;
  byId(id: string): Promise<StoredExplanation | undefined>;
  latestOf(incidentId: string): Promise<StoredExplanation | undefined>;
}
