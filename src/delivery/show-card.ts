import type { Card } from '../domain/card.ts';
import { AppError } from '../domain/errors.ts';
import type { Incident } from '../domain/incident.ts';
import type { MessageRef, ThreadRef } from '../domain/thread-ref.ts';
import type { ChatPlatform } from '../ports/chat-platform.ts';
import type { Clock } from '../ports/clock.ts';
import type { Delivery, DeliveryStore } from '../ports/delivery-store.ts';
import type { Ids } from '../ports/ids.ts';
import type { IncidentStore } from '../ports/incident-store.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { OnRefused } from './on-refused.ts';
import { type Course, connected, heldByAnother, LEASE_MS, post } from './post.ts';
import { isGone } from './post-once.ts';
import type { SayGone } from './say-gone.ts';

export type ShowCard = (
  incidentId: string,
  /** Draws it also when its incident has no new revision. */
  how?: { anyway?: boolean },
) => Promise<void>;

export type ShowCardDependencies = {
  incidents: IncidentStore;
  deliveries: DeliveryStore;
  platformOf: (name: string) => ChatPlatform | undefined;
  /** Draws the incident as it is now; undefined while there is nothing to show. */
  draw: (incident: Incident) => Promise<Card | undefined>;
  /** The place of the card is gone, or the card itself. */
  sayGone: SayGone;
  /** The platform said no for good; without it, that is a failure. */
  onRefused?: OnRefused;
  /** The platform took the card. */
  onTaken?: (where: ThreadRef) => Promise<void>;
  clock: Clock;
  ids: Ids;
  metrics: Metrics;
};

/** Under which the message that shows an incident is known. */
export function cardKey(incidentId: string): string {
  return `card-${incidentId}`;
}

/**
 * Brings the incident's one card on the platform up to the incident's latest revision.
 *
 * State, not messages, drives it: whoever holds the lease draws what is true now, so repeats, races and
 * restarts end with the same single, current card. A post with an unknown outcome is looked for on the
 * platform before anything is posted again.
 */
export function createShowCard(deps: ShowCardDependencies): ShowCard {
  return async (incidentId, { anyway = false } = {}) => {
    const key = cardKey(incidentId);
    // A new owner a call: two calls in one process exclude each other too.
    const owner = deps.ids.next('lease');
    const claimedAt = deps.clock.now();
    const delivery = await deps.deliveries.claim(key, owner, claimedAt, LEASE_MS);
    if (!delivery) throw heldByAnother();
    const course: Course = { outcome: delivery.message ?? 'nothing sent' };
    try {
      await bringUpToDate(deps, { incidentId, anyway }, delivery, claimedAt, course);
    } finally {
      await deps.deliveries.release(key, owner, course.outcome);
    }
  };
}

async function bringUpToDate(
  deps: ShowCardDependencies,
  { incidentId, anyway }: { incidentId: string; anyway: boolean },
  delivery: Delivery,
  claimedAt: Date,
  course: Course,
): Promise<void> {
  let isOwed = anyway;
  for (;;) {
    const incident = await deps.incidents.byId(incidentId);
    if (!incident) throw new AppError('not_found', `There is no incident ${incidentId}.`);
    const isPosted = typeof course.outcome !== 'string';
    if (isPosted && !isOwed && incident.shownRevision >= incident.revision) return;
    isOwed = false;
    const card = await deps.draw(incident);
    if (!card) return;
    if (deps.clock.now().getTime() - claimedAt.getTime() > LEASE_MS / 3) {
      // This process was held up: what is left of the lease may not cover a call to the platform.
      throw new AppError('busy', 'Drawing this card took too long to post it safely.');
    }
    const message = await show(deps, incident, card, delivery, course);
    if (message === undefined) return;
    course.outcome = message;
    const thread = message.thread ?? message.message;
    const revision = await deps.incidents.markShown(incident.id, incident.revision, thread);
    if (revision === undefined || revision <= incident.revision) return;
  }
}

/** Posts or edits the card; undefined when there is no place for it, which was dealt with. */
async function show(
  deps: ShowCardDependencies,
  incident: Incident,
  card: Card,
  delivery: Delivery,
  course: Course,
): Promise<MessageRef | undefined> {
  const { where } = incident;
  try {
    const platform = connected(deps.platformOf, where.platform);
    const { message, isNew } = await post({ ...deps, platform, where, card, delivery, course });
    if (isNew) {
      const waitedMs = deps.clock.now().getTime() - incident.createdAt.getTime();
      deps.metrics.observe('sitrep_card_seconds', { platform: platform.name }, waitedMs / 1000);
    }
    await deps.onTaken?.(where);
    return message;
  } catch (error) {
    // Somebody deleted the card or the message whose thread it belongs in, or it was forgotten with its age.
    if (isGone(error)) await giveUp(deps, incident, course);
    else if (deps.onRefused && error instanceof AppError && !error.retryable) {
      await deps.onRefused(incident, error, typeof course.outcome !== 'string');
    } else throw error;
    return undefined;
  }
}

/** Says so where people are and lets the revision pass as shown, or the sweep would try for ever. */
async function giveUp(
  { sayGone, incidents }: ShowCardDependencies,
  incident: Incident,
  course: Course,
): Promise<void> {
  const { outcome } = course;
  if (typeof outcome === 'string') course.outcome = 'nothing sent';
  const message = typeof outcome === 'string' ? undefined : outcome.message;
  const thread = incident.where.thread ?? message;
  if (thread === undefined) throw new AppError('not_found', 'There is no place for this card.');
  await sayGone(incident, message === undefined ? 'thread' : 'card');
  await incidents.markShown(incident.id, incident.revision, thread);
}
