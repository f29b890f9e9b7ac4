import type { Card } from '../domain/card.ts';
import type { Actor } from '../domain/event.ts';

/** A message in the browser console, which has no cloud of its own to keep it. */
export type ConsoleMessage = {
  id: string;
  channel: string;
  /** The id of the message whose thread this is in. */
  thread?: string;
  author: Actor;
  /** What a person wrote, or what the product shows. */
  body: { text: string } | { card: Card };
  deliveryKey?: string;
  createdAt: Date;
  edited: boolean;
  /** Grows with every new or edited message anywhere: readers ask for what came after the last they saw. */
  change: number;
};

export type NewConsoleMessage = Omit<ConsoleMessage, 'edited' | 'change'>;

export interface ConsoleLog {
  /** A message whose id or delivery key is there already is returned as it is. */
  add(message: NewConsoleMessage): Promise<ConsoleMessage>;
  /** False when there is no such message. */
  editCard(id: string, card: Card): Promise<boolean>;
  byDeliveryKey(key: string): Promise<ConsoleMessage | undefined>;
  byId(id: string): Promise<ConsoleMessage | undefined>;
  /** In order of change. No change with a lower number appears later. */
  after(change: number, limit: number): Promise<ConsoleMessage[]>;
  /** The newest messages, in order of change, for a page that opens. */
  recent(limit: number): Promise<ConsoleMessage[]>;
  channels(): Promise<string[]>;
  addChannel(name: string): Promise<void>;
  /** Forgets threads with nothing new since, except those of incidents that were open since. */
  forget(before: Date): Promise<void>;
}
