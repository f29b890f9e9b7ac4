import type { CleanCard } from '../domain/card.ts';
import type { Event } from '../domain/event.ts';
import type { MessageRef, PlatformName, ThreadRef } from '../domain/thread-ref.ts';

/** Shown at once to the person who acted, and to nobody else. */
export type Reply = { card: CleanCard } | undefined;

/** Records, enqueues and answers; resolved means that the event is safe. */
export type Receive = (event: Event) => Promise<Reply>;

/** A place where people talk, verified and parsed on the way in, drawn natively on the way out. */
export interface ChatPlatform {
  readonly name: PlatformName;
  /**
   * Posts a card as a new message: in the thread when `where` has one, else in the channel. The delivery
   * key travels with the message, so that `findDelivery` can prove later that it was posted.
   */
  post(where: ThreadRef, card: CleanCard, deliveryKey: string): Promise<MessageRef>;
  /** Replaces what a posted message shows. */
  edit(message: MessageRef, card: CleanCard): Promise<void>;
  /** The message that was posted under this key, not before `since`, if the platform has it. */
  findDelivery(
    where: ThreadRef,
    deliveryKey: string,
    since?: Date,
  ): Promise<MessageRef | undefined>;
}
