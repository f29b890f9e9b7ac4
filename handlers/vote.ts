import { type Card, textCard } from '../src/domain/card.ts';
import type { ActionEvent, Actor, UnvoteEvent, VoteEvent } from '../src/domain/event.ts';
import type { Incident } from '../src/domain/incident.ts';
import { CATEGORIES, categorySchema, severitySchema } from '../src/domain/taxonomy.ts';
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
  await tellOfVote(context, event, incident);
  return {
    outcome: changed ? 'recorded' : 'duplicate',
    card:
      event.value === 'up'
        ? textCard('Noted: this helped.')
        : askWhatWasRight(incident, 'Noted: this was wrong. '),
  };
}

/** The right category, picked from the choices that follow a thumbs-down. */
export async function onCorrection(
  context: HandlerContext,
  event: ActionEvent,
  incident: Incident,
): Promise<Answer> {
  const category = categorySchema.safeParse(event.value ?? event.fields?.category);
  const severity = severitySchema.safeParse(event.fields?.severity);
  const note = event.fields?.note?.trim();
  if (!category.success && !severity.success && !note) {
    return { outcome: 'ignored', card: textCard(`Pick one of ${CATEGORIES.join(', ')}.`) };
  }
  const { changed } = await context.votes.correct({
    ...(await ballot(context, event, incident)),
    ...(category.success ? { correction: category.data } : {}),
    ...(severity.success ? { correctedSeverity: severity.data } : {}),
    ...(note ? { note } : {}),
  });
  await tellOfVote(context, event, incident);
  const right = [category.data, severity.success ? `${severity.data} severity` : undefined];
  const told = right.filter((part) => part !== undefined).join(', ');
  return {
    outcome: changed ? 'recorded' : 'duplicate',
    card: textCard(told === '' ? 'Noted. Thank you.' : `Noted: it is ${told}. Thank you.`),
  };
}

/** A thumb that was taken back. */
export async function onUnvote(
  context: HandlerContext,
  event: UnvoteEvent,
  incident: Incident,
): Promise<Answer> {
  const { changed } = await context.votes.withdraw({
    incidentId: incident.id,
    voterKey: voterKeyOf(event.where.workspace, event.actor),
    value: event.value,
    at: context.clock.now(),
  });
  await tellOfVote(context, event, incident);
  return {
    outcome: changed ? 'recorded' : 'duplicate',
    card: textCard('Your vote is taken back.'),
  };
}

async function tellOfVote(
  { enqueue }: HandlerContext,
  event: VoteEvent | UnvoteEvent | ActionEvent,
  incident: Incident,
): Promise<void> {
  await enqueue.showCard(incident.id, event);
  // What people say of a past incident is part of what is remembered of it.
  if (incident.status === 'resolved') await enqueue.remember(incident.id, event);
}

async function ballot(context: HandlerContext, event: VoteEvent | ActionEvent, incident: Incident) {
  const triage = await context.triages.latest(incident.id);
  return {
    incidentId: incident.id,
    triageVersion: triage?.version ?? 0,
    voterKey: voterKeyOf(event.where.workspace, event.actor),
    voterName: event.actor.name,
    at: context.clock.now(),
  };
}

export function voterKeyOf(workspace: string, actor: Actor): string {
  return [workspace, actor.id].map(encodeURIComponent).join('/');
}

export function askWhatWasRight(incident: Incident, noted = ''): Card {
  const prompt = `${noted}What kind of incident is it?`;
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
