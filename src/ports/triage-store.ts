import type { Category } from '../domain/taxonomy.ts';
import type { ThreadRef } from '../domain/thread-ref.ts';
import type { Triage } from '../domain/triage.ts';

export type NewTriage = Omit<Triage, 'version'>;

export interface TriageStore {
  /**
   * Adds the next version and counts the incident's revision up, in one transaction. Evidence that was
   * judged already on this rung is not judged again: the triage that exists is returned, `created` false.
   */
  add(triage: NewTriage): Promise<{ triage: Triage; created: boolean }>;
  latest(incidentId: string): Promise<Triage | undefined>;
  /** Incidents recorded since, by the category of their latest triage; most first. */
  picture(
    since: Date,
    workspace?: Pick<ThreadRef, 'platform' | 'workspace'>,
  ): Promise<{ category: Category; incidents: number; resolved: number }[]>;
  /** Every version, oldest first. */
  history(incidentId: string): Promise<Triage[]>;
}
