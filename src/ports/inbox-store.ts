/** Remembers which clicks were taken, for as long as a platform may deliver them again. */
export interface InboxStore {
  has(eventKey: string): Promise<boolean>;
  note(eventKey: string, at: Date): Promise<void>;
  /** Forgets what was noted before `before`. */
  forget(before: Date): Promise<void>;
}
