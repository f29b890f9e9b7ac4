import { textCard } from '../src/domain/card.ts';
import type { ActionEvent, CommandEvent } from '../src/domain/event.ts';
import type { Incident } from '../src/domain/incident.ts';
import { clean } from '../src/safety/index.ts';
import type { Answer, HandlerContext } from './context.ts';
import { findIncident } from './find-incident.ts';

const ON_ITS_WAY = textCard('Putting it into plain words. The explanation comes here.');

/** `/triage rca`: of a pasted analysis, else of the incident at hand. */
export async function explain(
  context: HandlerContext,
  event: CommandEvent,
  pasted: string,
): Promise<Answer> {
  if (pasted !== '') {
    await context.enqueue.explanation({ rca: clean(withoutFence(pasted)) }, event.where, event);
    return { outcome: 'recorded', card: ON_ITS_WAY };
  }
  const incident = await findIncident(context, event.where);
  if (typeof incident === 'string') {
    const card = textCard(`${incident} Or paste the JSON of an analysis after /triage rca.`);
    return { outcome: 'answered', card };
  }
  return onExplainButton(context, event, incident);
}

/** The Explain button of a card. */
export async function onExplainButton(
  context: HandlerContext,
  event: ActionEvent | CommandEvent,
  incident: Incident,
): Promise<Answer> {
  await context.enqueue.explanation({ incidentId: incident.id }, incident.where, event);
  return { outcome: 'recorded', card: ON_ITS_WAY };
}

function withoutFence(text: string): string {
  return text.replace(/^```(?:json)?\s*/i, '').replace(/\s*```$/, '');
}
