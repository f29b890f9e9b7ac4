import type { Sight } from '../domain/circle.ts';
import type { CleanText } from '../domain/clean-text.ts';
import type { Category, Severity } from '../domain/taxonomy.ts';
import type { Probabilities, Verdict } from '../domain/triage.ts';

export const ESCALATION_REASONS = ['low_confidence', 'high_uncertainty', 'asked'] as const;
export type EscalationReason = (typeof ESCALATION_REASONS)[number];

export type EscalationQuestion = {
  incident: { title: CleanText; description: CleanText; source: string; at: Date };
  /** What we think so far. */
  verdict: Verdict;
  reason: EscalationReason;
  /** What may be read for an answer. */
  sight: Sight;
  signal?: AbortSignal;
};

/** What somebody with more time concluded. Its confidence is its own word, not a calibrated one. */
export type SecondOpinion = {
  /** Who says so: the backend's or the panel's name. */
  by: string;
  workflowId?: string;
  category: Category;
  severity: Severity;
  confidence: number;
  probabilities?: Probabilities;
  reasoning: string;
  recommendations: string[];
  analysis?: string;
};

/** The multi-agent backend, or the built-in panel. */
export interface SecondOpinionSource {
  readonly name: string;
  ask(question: EscalationQuestion): Promise<SecondOpinion>;
}

export type Page = {
  /** Equal for every try to call somebody about the same thing. */
  dedupeKey: string;
  incidentId: string;
  title: CleanText;
  category: Category;
  severity: Severity;
  confidence: number;
  reason: CleanText;
  /** Opens the incident. */
  href?: string;
};

/** Calls a person. */
export interface Pager {
  readonly name: string;
  page(page: Page, signal?: AbortSignal): Promise<void>;
}
