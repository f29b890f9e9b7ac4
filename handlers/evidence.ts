import { type CommandEvent, eventKey, type MessageEvent } from '../src/domain/event.ts';
import type { Incident } from '../src/domain/incident.ts';
import type { HandlerContext, Outcome } from './context.ts';

/** What somebody said about an incident is read, and judged anew with all that was said before. */
export async function addEvidence(
  context: HandlerContext,
  event: CommandEvent | MessageEvent,
  { id }: Incident,
  how?: { announce: boolean },
): Promise<Outcome> {
  const added = await context.timeline.add({
    incidentId: id,
    eventKey: eventKey(event),
    author: event.actor,
    text: event.text,
    at: context.clock.now(),
  });
  await context.enqueue.triage(id, event, how);
  return added ? 'recorded' : 'duplicate';
}
