import type { VoteValue } from '../domain/event.ts';

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

export type ExplanationVote = {
  explanationId: string;
  voterKey: string;
  voterName: string;
  value: VoteValue;
  at: Date;
};

/** What people think of what was told with one prompt, for one audience. */
export type PromptVotes = {
  promptId: string;
  promptVersion: string;
  /** Of the prompt without an analysis. */
  promptHash: string;
  audience: string;
  explanations: number;
  up: number;
  down: number;
};

export interface ExplanationStore {
  /** The same analysis told by the same narrator with the same prompt is stored once. */
  add(explanation: StoredExplanation): Promise<StoredExplanation>;
  byId(id: string): Promise<StoredExplanation | undefined>;
  latestOf(incidentId: string): Promise<StoredExplanation | undefined>;
  /** This person's one vote on the explanation, replacing an earlier one; `not_found` when there is none of this id. */
  vote(vote: ExplanationVote): Promise<{ changed: boolean }>;
  /** Of explanations told since then, ordered by prompt, version and audience. */
  votesByPrompt(since: Date): Promise<PromptVotes[]>;
}
