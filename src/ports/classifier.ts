import type { Verdict } from '../domain/triage.ts';

/** Reads an incident's text and says what it is and how sure that is. Local and fast. */
export interface Classifier {
  readonly version: string;
  classify(text: string): Verdict;
  /** How likely it is, from 0 to 1, that a message in a channel for incidents reports trouble. */
  reportLikelihood(text: string): number;
}
