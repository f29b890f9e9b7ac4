import { type Card, textCard } from '../src/domain/card.ts';
import type { ActionEvent, CommandEvent } from '../src/domain/event.ts';
import type { Incident } from '../src/domain/incident.ts';
import type { Answer, HandlerContext } from './context.ts';
import { findIncident } from './find-incident.ts';

const ON_ITS_WAY: Card = textCard(
  'A second opinion is on its way. It joins the card, and somebody is called if there is none to be had.',
);

/** `/triage escalate`. */
export async function escalate(context: HandlerContext, event: CommandEvent): Promise<Answer> {
  const incident = await findIncident(context, event.where);
  if (typeof incident === 'string') return { outcome: 'answered', card: textCard(incident) };
  return onEscalateButton(context, event, incident);
}

/** The Escalate button of a card. */
export async function onEscalateButton(
  context: HandlerContext,
  event: ActionEvent | CommandEvent,
  incident: Incident,
): Promise<Answer> {
  await context.enqueue.escalation(incident.id, event);
  return { outcome: 'recorded', card: ON_ITS_WAY };
}
