import { eventKey, type MessageEvent } from '../src/domain/event.ts';
import { isIncidentChannel } from '../src/domain/incident-channel.ts';
import type { HandlerContext, Outcome } from './context.ts';
import { report } from './report.ts';

/** A message is evidence in an incident's thread, a report in an incident channel, and else not for us. */
export async function onMessage(context: HandlerContext, event: MessageEvent): Promise<Outcome> {
  if (event.actor.isBot || event.text.trim() === '') return 'ignored';
  if (event.where.thread !== undefined) return evidence(context, event);
  if (!isIncidentChannel(event.channelName, context.incidentChannels)) return 'ignored';
  const where = { ...event.where, thread: event.messageId };
  return (await report(context, event, where)).outcome;
}

async function evidence(context: HandlerContext, event: MessageEvent): Promise<Outcome> {
  const incident = await context.incidents.byThread(event.where);
  if (!incident) return 'ignored';
  const added = await context.timeline.add({
    incidentId: incident.id,
    eventKey: eventKey(event),
    author: event.actor,
    text: event.text,
    at: context.clock.now(),
  });
  await context.enqueueTriage(incident.id, event);
  return added ? 'recorded' : 'duplicate';
}
