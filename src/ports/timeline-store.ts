import type { TimelineEntry } from '../domain/incident.ts';

export interface TimelineStore {
  /** False when the entry's event key is already there. */
  add(entry: TimelineEntry): Promise<boolean>;
  /** Oldest first. */
  ofIncident(incidentId: string): Promise<TimelineEntry[]>;
}
