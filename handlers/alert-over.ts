import { type EditedEvent, eventKey, type MessageEvent } from '../src/domain/event.ts';
import type { Incident } from '../src/domain/incident.ts';
import { alertState, isSameAlert } from '../src/triage/index.ts';
import type { HandlerContext, Outcome } from './context.ts';
import { newestIncidents } from './newest-incidents.ts';

/** An alert that comes back sooner than this was never really over. */
const FLAPPING_MS = 30 * 60_000;

/** A monitor says that its alert is over: that ends the incident which it reported, and no other. */
export async function endAlert(context: HandlerContext, event: MessageEvent): Promise<Outcome> {
  if (alertState(event.text) !== 'over') return 'ignored';
  const open = await newestIncidents(context, event.where, 'open');
  const ended = open.find((incident) => isOf(incident, event));
  return ended ? end(context, event, ended) : 'ignored';
}

/** Some tools change their message instead of sending another one, or say it in its thread. */
export async function endOwnAlert(
  context: HandlerContext,
  event: MessageEvent | EditedEvent,
  incident: Incident,
): Promise<Outcome> {
  const isOver = incident.reporter.id === event.actor.id && alertState(event.text) === 'over';
  return isOver && incident.status === 'open' ? end(context, event, incident) : 'ignored';
}

/** The incident of an alert that ended by itself a moment ago: the same goes on. */
export async function flapping(
  context: HandlerContext,
  event: MessageEvent,
): Promise<Incident | undefined> {
  const now = context.clock.now();
  const resolved = await newestIncidents(context, event.where, 'resolved');
  const last = resolved.find((incident) => isOf(incident, event));
  if (!last?.resolution || now.getTime() - last.resolution.at.getTime() > FLAPPING_MS) {
    return undefined;
  }
  // What people ended and what comes back after that is news.
  const entry = (await context.timeline.ofIncident(last.id)).at(-1);
  const endedItself = entry?.author.id === event.actor.id && alertState(entry.text) === 'over';
  if (!endedItself) return undefined;
  await context.incidents.setStatus(last.id, 'open', event.actor, now);
  await context.enqueue.remember(last.id, event);
  // Its repeat finds an open incident whose report says other words.
  await context.inbox.note(eventKey(event), now);
  return last;
}

function isOf({ reporter, text }: Incident, event: MessageEvent): boolean {
  return reporter.isBot && reporter.id === event.actor.id && isSameAlert(text, event.text);
}

/** Noted last, as a late repeat must not end again what people have opened again since. */
async function end(
  context: HandlerContext,
  event: MessageEvent | EditedEvent,
  { id }: Incident,
): Promise<Outcome> {
  const key = eventKey(event);
  if (await context.inbox.has(key)) return 'duplicate';
  const at = context.clock.now();
  await context.timeline.add({
    incidentId: id,
    eventKey: key,
    author: event.actor,
    text: event.text,
    at,
  });
  await context.incidents.setStatus(id, 'resolved', event.actor, at);
  await context.enqueue.showCard(id, event);
  await context.enqueue.remember(id, event);
  await context.inbox.note(key, at);
  return 'recorded';
}
