import type { MessageRef } from '../domain/thread-ref.ts';

/** What is known about one outbound message. */
export type Delivery = {
  key: string;
  /** Absent until a post is known to have arrived. */
  message?: MessageRef;
  /** An earlier holder may have posted without telling the outcome: look for the key before posting. */
  attempted: boolean;
  /** When the first of those holders took it; present when `attempted`. */
  attemptedAt?: Date;
};

/** What became of the key in the hands of its holder. */
export type DeliveryOutcome = MessageRef | 'nothing sent' | 'unknown';

export interface DeliveryStore {
  /**
   * Takes the key for its caller alone until `now + leaseMs`, creating it when new. Undefined while somebody
   * else holds it. Whoever takes it may post at any time, so from here until `release` the outcome is unknown.
   */
  claim(key: string, owner: string, now: Date, leaseMs: number): Promise<Delivery | undefined>;
  /** Gives the key back, if still held by this owner. A message is stored for good, whoever holds the key. */
  release(key: string, owner: string, outcome: DeliveryOutcome): Promise<void>;
  find(key: string): Promise<Delivery | undefined>;
  /** Forgets messages that nobody touched since, except in threads of incidents that were open since. */
  forget(before: Date): Promise<void>;
}
