import { type Card, textCard } from '../src/domain/card.ts';
import type { ActionEvent, Actor, VoteEvent } from '../src/domain/event.ts';
import type { Incident } from '../src/domain/incident.ts';
import { CATEGORIES, categorySchema } from '../src/domain/taxonomy.ts';
import type { Answer, HandlerContext } from './context.ts';

/** Stores a vote at the click. A thumbs-down asks its voter alone what would have been right. */
export async function onVote(
  context: HandlerContext,
  event: VoteEvent,
  incident: Incident,
): Promise<Answer> {
  const { changed } = await context.votes.cast({
    ...(await ballot(context, event, incident)),
    value: event.value,
  });
  if (changed) context.metrics.count('sitrep_votes_total', { value: event.value });
  await context.enqueueShowCard(incident.id, event);
  return {
    outcome: changed ? 'recorded' : 'duplicate',
    card: event.value === 'up' ? textCard('Noted: this helped.') : askWhatWasRight(incident),
  };
}

/** The right category, picked from the choices that follow a thumbs-down. */
export async function onCorrection(
  context: HandlerContext,
  event: ActionEvent,
  incident: Incident,
): Promise<Answer> {
  const category = categorySchema.safeParse(event.value);
  if (!category.success) {
    return { outcome: 'ignored', card: textCard(`Pick one of ${CATEGORIES.join(', ')}.`) };
  }
  const { changed } = await context.votes.correct({
    ...(await ballot(context, event, incident)),
    correction: category.data,
  });
  await context.enqueueShowCard(incident.id, event);
  return {
    outcome: changed ? 'recorded' : 'duplicate',
    card: textCard(`Noted: it is ${category.data}. Thank you.`),
  };
}

async function ballot(context: HandlerContext, event: VoteEvent | ActionEvent, incident: Incident) {
  const triage = await context.triages.latest(incident.id);
  return {
    incidentId: incident.id,
    triageVersion: triage?.version ?? 0,
    voterKey: voterKey(event.where.workspace, event.actor),
    voterName: event.actor.name,
    at: context.clock.now(),
  };
}

function voterKey(workspace: string, actor: Actor): string {
  return [workspace, actor.id].map(encodeURIComponent).join('/');
}

function askWhatWasRight(incident: Incident): Card {
  const prompt = 'Noted: this was wrong. What kind of incident is it?';
  return {
    summary: prompt,
    incidentId: incident.id,
    elements: [
      {
        kind: 'choices',
        action: 'correct-category',
        prompt,
        options: CATEGORIES.map((category) => ({ value: category, label: category })),
      },
    ],
  };
}
