import { type DeletedEvent, type EditedEvent, eventKey } from '../src/domain/event.ts';
import { endOwnAlert } from './alert-over.ts';
import type { HandlerContext, Outcome } from './context.ts';

/** What its author makes of a message later is evidence like any other: what was read before stays. */
export async function onEdited(context: HandlerContext, event: EditedEvent): Promise<Outcome> {
  const incident = await ofMessage(context, event);
  if (!incident || event.text.trim() === '') return 'ignored';
  if (event.actor.isBot) return endOwnAlert(context, event, incident);
  const added = await context.timeline.add({
    incidentId: incident.id,
    eventKey: eventKey(event),
    author: event.actor,
    text: event.text,
    at: context.clock.now(),
  });
  await context.enqueue.triage(incident.id, event);
  return added ? 'recorded' : 'duplicate';
}

/** When the card is gone, or the message that its thread hangs on, the channel is told once; the rest stays. */
export async function onDeleted(context: HandlerContext, event: DeletedEvent): Promise<Outcome> {
  const incident = await ofMessage(context, event);
  if (!incident || incident.status === 'resolved') return 'ignored';
  await context.enqueue.reportDeleted(incident.id, event);
  return 'recorded';
}

function ofMessage(context: HandlerContext, { where, messageId }: EditedEvent | DeletedEvent) {
  return context.incidents.byThread({ ...where, thread: where.thread ?? messageId });
}
