import type { Vote, VoteTally } from '../domain/feedback.ts';
import type { ThreadRef } from '../domain/thread-ref.ts';

export interface VoteStore {
  /**
   * Stores the vote as this person's one live vote on the incident, replacing an earlier one, and counts
   * the incident's revision up when it changed anything. A changed value drops an earlier correction.
   */
  cast(vote: Vote): Promise<{ changed: boolean }>;
  /** Adds what would have been right to this person's vote, as a thumbs-down when there was none. */
  correct(vote: Omit<Vote, 'value'>): Promise<{ changed: boolean }>;
  /** Takes this person's vote back, if it has this value. */
  withdraw(
    vote: Pick<Vote, 'incidentId' | 'voterKey' | 'value' | 'at'>,
  ): Promise<{ changed: boolean }>;
  tally(incidentId: string): Promise<VoteTally>;
  ofIncident(incidentId: string): Promise<Vote[]>;
  /** Newest first. */
  ofVoter(voterKey: string, limit: number): Promise<Vote[]>;
  tallySince(
    since: Date,
    workspace?: Pick<ThreadRef, 'platform' | 'workspace'>,
  ): Promise<VoteTally>;
}
