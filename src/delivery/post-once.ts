import type { Card } from '../domain/card.ts';
import { AppError } from '../domain/errors.ts';
import type { MessageRef, ThreadRef } from '../domain/thread-ref.ts';
import type { ChatPlatform } from '../ports/chat-platform.ts';
import type { Clock } from '../ports/clock.ts';
import type { DeliveryStore } from '../ports/delivery-store.ts';
import type { Ids } from '../ports/ids.ts';
import type { Metrics } from '../ports/metrics.ts';
import { type Course, connected, LEASE_MS, post } from './post.ts';

/** Posts a card that never changes, such as an answer in a thread: once for each key, however often it is asked. */
export type PostOnce = (where: ThreadRef, card: Card, key: string) => Promise<MessageRef>;

export function createPostOnce(deps: {
  deliveries: DeliveryStore;
  platformOf: (name: string) => ChatPlatform | undefined;
  clock: Clock;
  ids: Ids;
  metrics: Metrics;
}): PostOnce {
  return async (where, card, key) => {
    const platform = connected(deps.platformOf, where.platform);
    const owner = deps.ids.next('lease');
    const delivery = await deps.deliveries.claim(key, owner, deps.clock.now(), LEASE_MS);
    if (!delivery) throw new AppError('busy', 'Somebody else is posting this right now.');
    const course: Course = { outcome: delivery.message ?? 'nothing sent' };
    try {
      if (delivery.message) return delivery.message;
      const { message } = await post({ ...deps, platform, where, card, delivery, course });
      course.outcome = message;
      return message;
    } finally {
      await deps.deliveries.release(key, owner, course.outcome);
    }
  };
}
