import { textCard } from '../src/domain/card.ts';
import type { ActionEvent, CommandEvent } from '../src/domain/event.ts';
import type { Incident } from '../src/domain/incident.ts';
import type { Answer, HandlerContext } from './context.ts';
import { findIncident } from './find-incident.ts';

/** `/triage resolve`, with or without what fixed it. */
export async function resolveHere(
  context: HandlerContext,
  event: CommandEvent,
  fix: string,
): Promise<Answer> {
  const incident = await findIncident(context, event.where);
  if (typeof incident === 'string') return { outcome: 'answered', card: textCard(incident) };
  return resolve(context, event, incident, fix);
}

/** The Resolve and Reopen buttons of a card. */
export async function onStatusButton(
  context: HandlerContext,
  event: ActionEvent,
  incident: Incident,
): Promise<Answer> {
  if (event.action === 'resolve') return resolve(context, event, incident, event.value ?? '');
  const at = context.clock.now();
  const changed = await context.incidents.setStatus(incident.id, 'open', event.actor, at);
  return answer(context, event, incident, changed !== undefined, 'Open again');
}

async function resolve(
  context: HandlerContext,
  event: ActionEvent | CommandEvent,
  incident: Incident,
  fix: string,
): Promise<Answer> {
  const said = fix.trim() === '' ? {} : { fix: fix.trim() };
  const at = context.clock.now();
  const changed = await context.incidents.setStatus(incident.id, 'resolved', event.actor, at, said);
  return answer(context, event, incident, changed !== undefined, 'Resolved');
}

async function answer(
  context: HandlerContext,
  event: ActionEvent | CommandEvent,
  incident: Incident,
  changed: boolean,
  word: string,
): Promise<Answer> {
  await context.enqueue.showCard(incident.id, event);
  await context.enqueue.remember(incident.id, event);
  return {
    outcome: changed ? 'recorded' : 'duplicate',
    card: textCard(changed ? `${word}. Thank you, ${event.actor.name}.` : `${word} already.`),
  };
}
