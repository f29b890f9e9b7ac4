import type { Actor } from '../domain/event.ts';
import type { Incident, IncidentStatus, Resolution } from '../domain/incident.ts';
import type { ThreadRef } from '../domain/thread-ref.ts';

export type NewIncident = {
  id: string;
  eventKey: string;
  where: ThreadRef;
  reporter: Actor;
  text: string;
  at: Date;
};

export interface IncidentStore {
  /**
   * Records the report with its first timeline entry and audit line in one transaction. The event key is
   * unique: a report that is already recorded is returned as it is, `created` false.
   */
  record(report: NewIncident): Promise<{ incident: Incident; created: boolean }>;
  byId(id: string): Promise<Incident | undefined>;
  /** The incident that lives in this thread. */
  byThread(thread: ThreadRef): Promise<Incident | undefined>;
  /** Newest first. */
  list(filter: {
    status?: IncidentStatus;
    /** Of one company alone. */
    workspace?: Pick<ThreadRef, 'platform' | 'workspace'>;
    channel?: Pick<ThreadRef, 'platform' | 'workspace' | 'channel'>;
    limit: number;
  }): Promise<Incident[]>;
  countOpen(workspace?: Pick<ThreadRef, 'platform' | 'workspace'>): Promise<number>;
  /**
   * Changes the status, if it is another, and counts the revision up. What is said about the resolution of a
   * resolved incident is added to what was said before.
   */
  setStatus(
    id: string,
    status: IncidentStatus,
    actor: Actor,
    at: Date,
    said?: Omit<Resolution, 'at'>,
  ): Promise<Incident | undefined>;
  /**
   * Says which revision the platform shows now, and in which thread; an older revision or another thread than
   * already said changes nothing. Answers with the incident's revision by now.
   */
  markShown(id: string, revision: number, thread: string): Promise<number | undefined>;
  /** Those whose card on the platform has been behind since before `before`; oldest first. */
  listBehind(before: Date, limit: number): Promise<Incident[]>;
}
