import { type Card, textCard } from '../src/domain/card.ts';
import {
  type ActionEvent,
  type Event,
  eventKey,
  type UnvoteEvent,
  type VoteEvent,
} from '../src/domain/event.ts';
import type { Incident } from '../src/domain/incident.ts';
import type { Receive } from '../src/ports/chat-platform.ts';
import { RATE_EXPLANATION } from '../src/rca/index.ts';
import { cleanCard } from '../src/safety/index.ts';
import { onCommand } from './command.ts';
import type { Answer, HandlerContext, Outcome } from './context.ts';
import { onEscalateButton } from './escalate.ts';
import { onExplainButton } from './explain.ts';
import { homeCard } from './home.ts';
import { onMessage } from './incident-message.ts';
import { onDeleted, onEdited } from './message-changed.ts';
import { rateExplanation } from './rate-explanation.ts';
import { onStatusButton } from './resolve.ts';
import { onSimilarButton } from './similar.ts';
import { askWhatWasRight, onCorrection, onUnvote, onVote } from './vote.ts';

type Result = { outcome: Outcome; card?: Card };

/** The one entry for everything that happens on a platform: resolved means recorded and queued. */
export function createReceive(context: HandlerContext): Receive {
  return async (event) => {
    const started = context.clock.now().getTime();
    const labels = { platform: event.where.platform, kind: event.kind };
    let outcome: Outcome | 'failed' = 'failed';
    try {
      const result = await handle(context, event);
      outcome = result.outcome;
      return result.card && { card: cleanCard(result.card) };
    } finally {
      const seconds = (context.clock.now().getTime() - started) / 1000;
      context.metrics.observe('sitrep_acknowledge_seconds', labels, seconds);
      context.metrics.count('sitrep_events_total', { ...labels, outcome });
    }
  };
}

async function handle(context: HandlerContext, event: Event): Promise<Result> {
  switch (event.kind) {
    case 'command':
      return onCommand(context, event);
    case 'message':
      return onMessage(context, event);
    case 'edited':
      return { outcome: await onEdited(context, event) };
    case 'deleted':
      return { outcome: await onDeleted(context, event) };
    case 'home':
      return { outcome: 'answered', card: await homeCard(context, event) };
    case 'vote':
      return onceAboutIncident(context, event, (incident) => onVote(context, event, incident));
    case 'unvote':
      return onceAboutIncident(context, event, (incident) => onUnvote(context, event, incident));
    case 'action':
      return event.action === RATE_EXPLANATION
        ? once(context, event, () => rateExplanation(context, event))
        : onceAboutIncident(context, event, (incident) => onAction(context, event, incident));
  }
}

async function onAction(
  context: HandlerContext,
  event: ActionEvent,
  incident: Incident,
): Promise<Answer> {
  switch (event.action) {
    case 'resolve':
    case 'reopen':
      return onStatusButton(context, event, incident);
    case 'correct-category':
      return onCorrection(context, event, incident);
    case 'escalate':
      return onEscalateButton(context, event, incident);
    case 'explain':
      return onExplainButton(context, event, incident);
    case 'similar':
      return onSimilarButton(context, event, incident);
    case 'wrong-category':
      return { outcome: 'answered', card: askWhatWasRight(incident) };
    default:
      return { outcome: 'ignored', card: textCard('This button is no longer in use.') };
  }
}

/**
 * A click changes something that a later click may change back, so its late retry must not act again.
 * Noted last: a crash before that repeats the whole click, which by then has the same effect.
 */
async function once(
  context: HandlerContext,
  event: VoteEvent | UnvoteEvent | ActionEvent,
  act: () => Promise<Answer>,
): Promise<Answer> {
  const key = eventKey(event);
  if (await context.inbox.has(key)) {
    return { outcome: 'duplicate', card: textCard('Noted already.') };
  }
  const answer = await act();
  await context.inbox.note(key, context.clock.now());
  return answer;
}

function onceAboutIncident(
  context: HandlerContext,
  event: VoteEvent | UnvoteEvent | ActionEvent,
  act: (incident: Incident) => Promise<Answer>,
): Promise<Answer> {
  return once(context, event, () => withIncident(context, event, act));
}

/** Cards name their incident, but what comes back is a client's word: it must exist and live right here. */
async function withIncident(
  context: HandlerContext,
  event: VoteEvent | UnvoteEvent | ActionEvent,
  act: (incident: Incident) => Promise<Answer>,
): Promise<Answer> {
  const incident = await context.incidents.byId(event.incidentId);
  if (
    incident?.where.platform !== event.where.platform ||
    incident.where.workspace !== event.where.workspace ||
    incident.where.channel !== event.where.channel
  ) {
    return { outcome: 'ignored', card: textCard('I do not know this incident.') };
  }
  return act(incident);
}
