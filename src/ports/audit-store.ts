/** One line of who did what to which thing. Ids and codes only, no bodies. */
export type AuditEntry = {
  at: Date;
  actor: string;
  action: string;
  subject: string;
  detail?: string;
};

export interface AuditStore {
  add(entry: AuditEntry): Promise<void>;
  /** Oldest first. */
  ofSubject(subject: string): Promise<AuditEntry[]>;
  /** Forgets what was done before `before`. */
  forget(before: Date): Promise<void>;
}
