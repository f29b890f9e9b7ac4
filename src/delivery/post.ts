import type { Card } from '../domain/card.ts';
import { AppError } from '../domain/errors.ts';
import type { MessageRef, ThreadRef } from '../domain/thread-ref.ts';
import type { ChatPlatform } from '../ports/chat-platform.ts';
import type { Delivery, DeliveryOutcome } from '../ports/delivery-store.ts';
import type { Metrics } from '../ports/metrics.ts';
import { cleanCard } from '../safety/index.ts';

/**
 * Longer than any platform call may take, so a lease never ends under a post that is still under way; short
 * enough that the message of a killed process is taken over soon.
 */
export const LEASE_MS = 15_000;

/** What is known about the message so far; kept outside the call, so that a failure tells it too. */
export type Course = { outcome: DeliveryOutcome };

type Post = {
  platform: ChatPlatform;
  where: ThreadRef;
  card: Card;
  delivery: Delivery;
  course: Course;
  metrics: Metrics;
};

/** Edits the message when there is one; else looks for one with an unknown outcome; else posts it. */
export async function post(options: Post): Promise<{ message: MessageRef; isNew: boolean }> {
  const { platform, where, delivery, course, metrics } = options;
  const card = cleanCard(options.card);
  const count = (outcome: string) =>
    metrics.count('sitrep_deliveries_total', { platform: platform.name, outcome });
  if (typeof course.outcome !== 'string') {
    await platform.edit(course.outcome, card);
    count('edited');
    return { message: course.outcome, isNew: false };
  }
  course.outcome = 'unknown';
  const found = delivery.attempted ? await platform.findDelivery(where, delivery.key) : undefined;
  if (found) {
    await platform.edit(found, card);
    count('found');
    return { message: found, isNew: false };
  }
  const message = await platform.post(where, card, delivery.key);
  count('posted');
  return { message, isNew: true };
}

export function connected(
  platformOf: (name: string) => ChatPlatform | undefined,
  name: string,
): ChatPlatform {
  const platform = platformOf(name);
  if (!platform) throw new AppError('config', `The platform ${name} is not connected.`);
  return platform;
}
