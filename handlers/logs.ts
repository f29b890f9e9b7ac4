import { type Card, textCard } from '../src/domain/card.ts';
import { type CommandEvent, eventKey } from '../src/domain/event.ts';
import { analyseText, logCard } from '../src/logs/index.ts';
import type { Answer, HandlerContext } from './context.ts';
import { findIncident } from './find-incident.ts';

/** Fewer lines than this are read faster than a table about them. */
const FEWEST_LINES = 3;

/** `/triage logs`: of pasted lines, which become evidence of the incident at hand, or of the lines in its thread. */
export async function analyseLogs(
  context: HandlerContext,
  event: CommandEvent,
  pasted: string,
): Promise<Answer> {
  const incident = await findIncident(context, event.where);
  if (pasted !== '') {
    const lines = withoutFence(pasted);
    const card = await cardOf(context, lines);
    if (typeof incident === 'string') return { outcome: 'answered', card };
    await context.timeline.add({
      incidentId: incident.id,
      eventKey: eventKey(event),
      author: event.actor,
      text: lines,
      at: context.clock.now(),
    });
    await context.enqueue.triage(incident.id, event);
    return { outcome: 'recorded', card };
  }
  const hint = 'Paste log lines after /triage logs, or share a log file in the thread.';
  if (typeof incident === 'string') {
    return { outcome: 'answered', card: textCard(hint) };
  }
  const entries = await context.timeline.ofIncident(incident.id);
  const said = entries.map(({ text }) => withoutFence(text)).filter((text) => text.includes('\n'));
  if (said.join('\n').split('\n').length < FEWEST_LINES) {
    return { outcome: 'answered', card: textCard(`There are no log lines here yet. ${hint}`) };
  }
  return { outcome: 'answered', card: await cardOf(context, said.join('\n')) };
}

async function cardOf(context: HandlerContext, lines: string): Promise<Card> {
  const result = await context.adviseOnLogs(await analyseText(lines, context.clock.now()));
  const card = logCard(result);
  const text = `${JSON.stringify(result, null, 2)}\n`;
  return {
    ...card,
    elements: [
      ...card.elements,
      { kind: 'file', name: 'log-analysis.json', mediaType: 'application/json', text },
    ],
  };
}

function withoutFence(text: string): string {
  return text.replace(/^\s*```[a-z]*\n?/i, '').replace(/\n?```\s*$/, '');
}
