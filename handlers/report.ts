import { type CommandEvent, eventKey, type MessageEvent } from '../src/domain/event.ts';
import type { Incident } from '../src/domain/incident.ts';
import type { ThreadRef } from '../src/domain/thread-ref.ts';
import type { HandlerContext, Outcome } from './context.ts';

/**
 * Records an incident and queues its triage. Every delivery of the same report ends here with the same
 * record and the same job, so a retry repairs what a crash left half-done and doubles nothing.
 */
export async function report(
  context: HandlerContext,
  event: CommandEvent | MessageEvent,
  where: ThreadRef,
): Promise<{ incident: Incident; outcome: Outcome }> {
  const { incident, created } = await context.incidents.record({
    id: context.ids.next('inc'),
    eventKey: eventKey(event),
    where,
    reporter: event.actor,
    text: event.text.trim(),
    at: context.clock.now(),
  });
  await context.enqueue.triage(incident.id, event);
  return { incident, outcome: created ? 'recorded' : 'duplicate' };
}
