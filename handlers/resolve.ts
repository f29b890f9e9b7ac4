import { textCard } from '../src/domain/card.ts';
import type { ActionEvent, CommandEvent } from '../src/domain/event.ts';
import type { Incident, IncidentStatus } from '../src/domain/incident.ts';
import type { Answer, HandlerContext } from './context.ts';

/** `/triage resolve` in an incident's thread. */
export async function resolveHere(context: HandlerContext, event: CommandEvent): Promise<Answer> {
  const incident =
    event.where.thread === undefined ? undefined : await context.incidents.byThread(event.where);
  if (!incident) {
    return {
      outcome: 'answered',
      card: textCard('There is no incident here. Say this in the thread of the incident.'),
    };
  }
  return setStatus(context, event, incident, 'resolved');
}

/** The Resolve and Reopen buttons of a card. */
export async function onStatusButton(
  context: HandlerContext,
  event: ActionEvent,
  incident: Incident,
): Promise<Answer> {
  return setStatus(context, event, incident, event.action === 'reopen' ? 'open' : 'resolved');
}

async function setStatus(
  context: HandlerContext,
  event: CommandEvent | ActionEvent,
  incident: Incident,
  status: IncidentStatus,
): Promise<Answer> {
  const at = context.clock.now();
  const changed = await context.incidents.setStatus(incident.id, status, event.actor, at);
  await context.enqueueShowCard(incident.id, event);
  const word = status === 'resolved' ? 'Resolved' : 'Open again';
  return {
    outcome: changed ? 'recorded' : 'duplicate',
    card: textCard(changed ? `${word}. Thank you, ${event.actor.name}.` : `${word} already.`),
  };
}
