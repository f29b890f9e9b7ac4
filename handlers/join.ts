import { type Card, textCard } from '../src/domain/card.ts';
import { type CommandEvent, eventKey, type MessageEvent } from '../src/domain/event.ts';
import type { Incident } from '../src/domain/incident.ts';
import { isSameMatter } from '../src/triage/index.ts';
import type { Answer, HandlerContext } from './context.ts';
import { addEvidence } from './evidence.ts';
import { newestIncidents } from './newest-incidents.ts';

/** What is reported later than this is looked at anew. */
const TOGETHER_MS = 30 * 60_000;

/**
 * When everybody reports the same, the first report is the incident and the others say that they see it too. Who
 * says the same again means it: that is a new one.
 */
export async function joinOpen(
  context: HandlerContext,
  event: CommandEvent | MessageEvent,
): Promise<(Answer & { incident: Incident }) | undefined> {
  const incident = await openOfSameMatter(context, event);
  if (!incident) return undefined;
  const key = eventKey(event);
  const isNoted = await context.inbox.has(key);
  if (!isNoted) {
    await addEvidence(context, event, incident);
    await context.enqueue.showCard(incident.id, event, { anyway: true });
    // Its repeat may come when the incident is over, and must not open another one.
    await context.inbox.note(key, context.clock.now());
  }
  return {
    outcome: isNoted ? 'duplicate' : 'recorded',
    card: openCard(context, incident),
    incident,
  };
}

async function openOfSameMatter(
  context: HandlerContext,
  event: CommandEvent | MessageEvent,
): Promise<Incident | undefined> {
  const open = await newestIncidents(context, event.where, 'open');
  const key = eventKey(event);
  if (open.some((incident) => incident.eventKey === key)) return undefined;
  const since = context.clock.now().getTime() - TOGETHER_MS;
  // The first of them, so that a chain of reports ends in one place.
  return open.findLast(
    ({ createdAt, reporter, text }) =>
      reporter.id !== event.actor.id &&
      createdAt.getTime() >= since &&
      isSameMatter(text, event.text),
  );
}

function openCard(context: HandlerContext, { where, reporter }: Incident): Card {
  const sentence = `${reporter.name} reported this already. I noted that you see it too.`;
  const href = context.linkTo(where);
  if (href === undefined) return textCard(sentence);
  const way = [`${sentence} `, { text: 'It is open here', href }, '.'];
  return { summary: sentence, elements: [{ kind: 'text', text: way }] };
}
