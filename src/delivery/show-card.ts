import type { Card } from '../domain/card.ts';
import { AppError } from '../domain/errors.ts';
import type { Incident } from '../domain/incident.ts';
import type { MessageRef } from '../domain/thread-ref.ts';
import type { ChatPlatform } from '../ports/chat-platform.ts';
import type { Clock } from '../ports/clock.ts';
import type { Delivery, DeliveryOutcome, DeliveryStore } from '../ports/delivery-store.ts';
import type { Ids } from '../ports/ids.ts';
import type { IncidentStore } from '../ports/incident-store.ts';
import type { Metrics } from '../ports/metrics.ts';

/**
 * Longer than any platform call may take, so a lease never ends under a post that is still under way; short
 * enough that the card of a killed process is taken over soon.
 */
const LEASE_MS = 15_000;

export type ShowCard = (incidentId: string) => Promise<void>;

export type ShowCardDependencies = {
  incidents: IncidentStore;
  deliveries: DeliveryStore;
  platformOf: (name: string) => ChatPlatform | undefined;
  /** Draws the incident as it is now; undefined while there is nothing to show. */
  draw: (incident: Incident) => Promise<Card | undefined>;
  clock: Clock;
  ids: Ids;
  metrics: Metrics;
};

/**
 * Brings the incident's one card on the platform up to the incident's latest revision.
 *
 * State, not messages, drives it: whoever holds the lease draws what is true now, so repeats, races and
 * restarts end with the same single, current card. A post with an unknown outcome is looked for on the
 * platform before anything is posted again.
 */
export function createShowCard(deps: ShowCardDependencies): ShowCard {
  return async (incidentId) => {
    const key = `card-${incidentId}`;
    // A new owner a call: two calls in one process exclude each other too.
    const owner = deps.ids.next('lease');
    const claimedAt = deps.clock.now();
    const delivery = await deps.deliveries.claim(key, owner, claimedAt, LEASE_MS);
    if (!delivery) throw new AppError('busy', 'Somebody else is posting this card right now.');
    const course: Course = { outcome: delivery.message ?? 'nothing sent' };
    try {
      await bringUpToDate(deps, incidentId, delivery, claimedAt, course);
    } finally {
      await deps.deliveries.release(key, owner, course.outcome);
    }
  };
}

/** What is known about the message so far; kept outside, so that a failure tells it too. */
type Course = { outcome: DeliveryOutcome };

async function bringUpToDate(
  deps: ShowCardDependencies,
  incidentId: string,
  delivery: Delivery,
  claimedAt: Date,
  course: Course,
): Promise<void> {
  for (;;) {
    const incident = await deps.incidents.byId(incidentId);
    if (!incident) throw new AppError('not_found', `There is no incident ${incidentId}.`);
    const isPosted = typeof course.outcome !== 'string';
    if (isPosted && incident.shownRevision >= incident.revision) return;
    const card = await deps.draw(incident);
    if (!card) return;
    if (deps.clock.now().getTime() - claimedAt.getTime() > LEASE_MS / 3) {
      // This process was held up: what is left of the lease may not cover a call to the platform.
      throw new AppError('busy', 'Drawing this card took too long to post it safely.');
    }
    const message = await put(deps, incident, card, delivery, course);
    course.outcome = message;
    const thread = message.thread ?? message.message;
    const revision = await deps.incidents.markShown(incident.id, incident.revision, thread);
    if (revision === undefined || revision <= incident.revision) return;
  }
}

async function put(
  deps: ShowCardDependencies,
  incident: Incident,
  card: Card,
  delivery: Delivery,
  course: Course,
): Promise<MessageRef> {
  const platform = deps.platformOf(incident.where.platform);
  if (!platform) {
    throw new AppError('config', `The platform ${incident.where.platform} is not connected.`);
  }
  const count = (outcome: string) =>
    deps.metrics.count('sitrep_deliveries_total', { platform: platform.name, outcome });
  if (typeof course.outcome !== 'string') {
    await platform.edit(course.outcome, card);
    count('edited');
    return course.outcome;
  }
  course.outcome = 'unknown';
  const found = delivery.attempted
    ? await platform.findDelivery(incident.where, delivery.key)
    : undefined;
  if (found) {
    await platform.edit(found, card);
    count('found');
    return found;
  }
  const posted = await platform.post(incident.where, card, delivery.key);
  count('posted');
  const waitedMs = deps.clock.now().getTime() - incident.createdAt.getTime();
  deps.metrics.observe('sitrep_card_seconds', { platform: platform.name }, waitedMs / 1000);
  return posted;
}
