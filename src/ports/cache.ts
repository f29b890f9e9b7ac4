/** Short-lived values that may be gone at any time. Values are JSON. */
export interface Cache {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown, ttlMs: number): Promise<void>;
  delete(key: string): Promise<void>;
  /** Sets it where nothing is: of many who add at once, exactly one hears `true`. */
  add(key: string, value: unknown, ttlMs: number): Promise<boolean>;
  /** Sets it, or with `undefined` deletes it, only while it still is `expected`; says whether it was. */
  replace(key: string, expected: unknown, value: unknown, ttlMs: number): Promise<boolean>;
}
