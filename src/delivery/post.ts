import type { Card } from '../domain/card.ts';
import { AppError, type ErrorCode } from '../domain/errors.ts';
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

/** Somebody else holds the lease: mostly for a moment, and for all of it when they were killed. */
export function heldByAnother(): AppError {
  return new AppError('busy', 'Somebody else is posting this right now.', { retryAfterMs: 1_000 });
}

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
  const edit = async (message: MessageRef, outcome: string) => {
    course.outcome = message;
    await platform.edit(message, card);
    count(outcome);
    return { message, isNew: false };
  };
  if (typeof course.outcome !== 'string') return edit(course.outcome, 'edited');
  if (delivery.attempted) {
    course.outcome = 'unknown';
    const found = await platform.findDelivery(where, delivery.key, delivery.attemptedAt);
    if (found) return edit(found, 'found');
  }
  course.outcome = 'unknown';
  try {
    const message = await platform.post(where, card, delivery.key);
    count('posted');
    return { message, isNew: true };
  } catch (error) {
    if (!wasRefused(error)) throw inTime(error);
    course.outcome = 'nothing sent';
    throw error;
  }
}

/** The platform said no, or was not asked yet: looking for the message later would find nothing. */
function wasRefused(error: unknown): boolean {
  return error instanceof AppError && REFUSED.has(error.code);
}

const REFUSED: ReadonlySet<ErrorCode> = new Set([
  'bad_request',
  'busy',
  'config',
  'forbidden',
  'not_found',
  'rate_limited',
  'too_large',
  'unauthorized',
]);

/** A message that arrived although its answer was lost may take a moment until it can be found. */
const SEEN_AFTER_MS = 3_000;

function inTime(error: unknown): unknown {
  if (!(error instanceof AppError) || !error.retryable) return error;
  const { code, message, retryable, retryAfterMs = 0 } = error;
  if (retryAfterMs >= SEEN_AFTER_MS) return error;
  return new AppError(code, message, { retryable, retryAfterMs: SEEN_AFTER_MS, cause: error });
}

export function connected(
  platformOf: (name: string) => ChatPlatform | undefined,
  name: string,
): ChatPlatform {
  const platform = platformOf(name);
  if (!platform) throw new AppError('config', `The platform ${name} is not connected.`);
  return platform;
}
