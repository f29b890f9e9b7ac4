import type { Card } from '../domain/card.ts';
import { AppError } from '../domain/errors.ts';
import type { Actor } from '../domain/event.ts';
import type { ThreadRef } from '../domain/thread-ref.ts';
import type { ChatPlatform } from '../ports/chat-platform.ts';
import type { Clock } from '../ports/clock.ts';
import type { DeliveryStore } from '../ports/delivery-store.ts';
import type { Ids } from '../ports/ids.ts';
import type { Metrics } from '../ports/metrics.ts';
import { type Course, connected, heldByAnother, LEASE_MS, post } from './post.ts';
import { turnOf } from './turn.ts';

/**
 * Posts a card that never changes, such as an answer in a thread: once for each key, however often it is asked.
 * Whoever asked for it is named where they can be answered otherwise.
 */
export type PostOnce = (where: ThreadRef, card: Card, key: string, asker?: Actor) => Promise<void>;

/** What was to be posted in a channel that does not let us write. */
export type Unwanted = {
  where: ThreadRef;
  card: Card;
  key: string;
  asker: Actor | undefined;
  error: AppError;
};

export type PostOnceDependencies = {
  deliveries: DeliveryStore;
  platformOf: (name: string) => ChatPlatform | undefined;
  /** What to do instead when the thread is gone; without it, that is a failure. */
  whenGone?: PostOnce;
  /** What to do when the platform will not have it there; without it, that is a failure. */
  whenRefused?: (unwanted: Unwanted) => Promise<void>;
  clock: Clock;
  ids: Ids;
  metrics: Metrics;
};

/**
 * What is posted here took work, often that of a language model, so a busy channel is waited for instead of having
 * the job come back and do it all again. Shorter than a stopping process waits for its jobs.
 */
const PATIENCE_MS = 8_000;

export function createPostOnce(deps: PostOnceDependencies): PostOnce {
  return async (where, card, key, asker) => {
    let waitedMs = 0;
    for (;;) {
      try {
        return await postNow(deps, where, card, key);
      } catch (error) {
        if (deps.whenRefused && isRefused(error)) {
          return deps.whenRefused({ where, card, key, asker, error });
        }
        const waitMs = turnOf(error);
        if (waitMs === undefined || waitedMs + waitMs > PATIENCE_MS) throw error;
        waitedMs += waitMs;
        await new Promise((resolve) => setTimeout(resolve, waitMs));
      }
    }
  };
}

async function postNow(
  deps: PostOnceDependencies,
  where: ThreadRef,
  card: Card,
  key: string,
): Promise<void> {
  const platform = connected(deps.platformOf, where.platform);
  const owner = deps.ids.next('lease');
  const delivery = await deps.deliveries.claim(key, owner, deps.clock.now(), LEASE_MS);
  if (!delivery) throw heldByAnother();
  const course: Course = { outcome: delivery.message ?? 'nothing sent' };
  try {
    if (delivery.message) return;
    const { message } = await post({ ...deps, platform, where, card, delivery, course });
    course.outcome = message;
    return;
  } catch (error) {
    if (!deps.whenGone || where.thread === undefined || !isGone(error)) throw error;
    // Who held the key before may have got as far as what is done instead.
    course.outcome = delivery.attempted ? 'unknown' : 'nothing sent';
  } finally {
    await deps.deliveries.release(key, owner, course.outcome);
  }
  await deps.whenGone(where, card, key);
}

function isRefused(error: unknown): error is AppError {
  return error instanceof AppError && (error.code === 'forbidden' || error.code === 'unauthorized');
}

/** The message is gone, or the one whose thread it belongs in. */
export function isGone(error: unknown): boolean {
  return error instanceof AppError && error.code === 'not_found';
}
