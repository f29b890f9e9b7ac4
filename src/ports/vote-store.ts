import type { Vote, VoteTally } from '../domain/feedback.ts';
import type { Category } from '../domain/taxonomy.ts';

export interface VoteStore {
  /**
   * Stores the vote as this person's one live vote on the incident, replacing an earlier one, and counts
   * the incident's revision up when it changed anything. A changed value drops an earlier correction.
   */
  cast(vote: Vote): Promise<{ changed: boolean }>;
  /** Adds the right label to this person's vote, as a thumbs-down when there was none. */
  correct(
    vote: Omit<Vote, 'value' | 'correction'> & { correction: Category },
  ): Promise<{ changed: boolean }>;
  tally(incidentId: string): Promise<VoteTally>;
  ofIncident(incidentId: string): Promise<Vote[]>;
}
