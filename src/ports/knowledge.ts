import type { Sight } from '../domain/circle.ts';
import type { CleanText } from '../domain/clean-text.ts';
import type { Action, Category, Severity } from '../domain/taxonomy.ts';

/** A part of a page or of a past incident, with what is known about the whole. */
export type Passage = {
  id: string;
  documentId: string;
  /** Relative to the ingested path; `incident/<id>` for a past incident. */
  source: string;
  title: string;
  /** The headings above it, outermost first. */
  section: readonly string[];
  text: string;
  /** First line in the source, from 1. */
  line: number;
  /** Where it opens, if the source says an address or the operator gave a base for the collection. */
  href?: string;
  kind: 'page' | 'incident';
  /** How likely it answers the question, 0 to 1, comparable between questions. */
  score: number;
  /** What the whole is labelled with: a runbook's front matter, a past incident's last word. */
  category?: Category;
  severity?: Severity;
  action?: Action;
  /** Of a past incident. */
  incident?: PastIncident;
};

export type PastIncident = {
  id: string;
  cause?: string;
  fix?: string;
  resolvedAt: Date;
  /** Who may read it; see domain/circle.ts. */
  circle?: string;
  /** People have said that its category is right; else it is only what we thought. */
  confirmed?: boolean;
};

export type SearchOptions = {
  limit: number;
  /** Passages of one document at most; one is enough to list documents. */
  perDocument?: number;
  /** Past incidents of other circles are not found. */
  sight: Sight;
  collection?: string;
  kind?: Passage['kind'];
  service?: string;
  tags?: readonly string[];
  /** Not this incident itself. */
  except?: string;
  signal?: AbortSignal;
};

export type Found = {
  /** Best first. Also when nothing fits: then these are merely the nearest. */
  passages: Passage[];
  fits: boolean;
  /** What was away while searching, in words for people. */
  degraded: string[];
};

/** Finds the passages that answer a question or fit an incident. */
export interface KnowledgeSearch {
  search(query: CleanText, options: SearchOptions): Promise<Found>;
  /** Everything that the document of this passage says, in its order, under the passage's score. */
  whole(passage: Passage): Promise<Passage[]>;
}

export type ResolvedIncident = {
  id: string;
  text: CleanText;
  category: Category;
  severity: Severity;
  cause?: CleanText;
  fix?: CleanText;
  /** Opens its thread. */
  href?: string;
  resolvedAt: Date;
  circle: string;
  confirmed: boolean;
};

export type SimilarIncident = PastIncident & {
  title: string;
  href?: string;
  category: Category;
  score: number;
  /** The same thing come back; in doubt it is a new one. */
  recurrence: boolean;
};

/** Remembers what happened and what helped. */
export interface IncidentMemory {
  /** Remembering it again replaces what was remembered. */
  remember(incident: ResolvedIncident): Promise<void>;
  /** An incident that was opened again is not past. */
  forget(incidentId: string): Promise<void>;
  /** Most alike first. */
  similar(
    text: CleanText,
    options: { limit: number; sight: Sight; except?: string },
  ): Promise<{ incidents: SimilarIncident[]; degraded: string[] }>;
}
