import { textCard } from '../src/domain/card.ts';
import type { CommandEvent } from '../src/domain/event.ts';
import type { Incident } from '../src/domain/incident.ts';
import { catchUpCard, postmortem } from '../src/triage/index.ts';
import type { Answer, HandlerContext } from './context.ts';
import { findIncident } from './find-incident.ts';

/** `/triage catchup`: what happened so far, for whoever asks. */
export async function catchUp(context: HandlerContext, event: CommandEvent): Promise<Answer> {
  const incident = await findIncident(context, event.where);
  if (typeof incident === 'string') return { outcome: 'answered', card: textCard(incident) };
  const card = catchUpCard(incident, await knownOf(context, incident), context.clock.now());
  return { outcome: 'answered', card };
}

/** `/triage postmortem`: a draft as a file. */
export async function draftPostmortem(
  context: HandlerContext,
  event: CommandEvent,
): Promise<Answer> {
  const incident = await findIncident(context, event.where);
  if (typeof incident === 'string') return { outcome: 'answered', card: textCard(incident) };
  const known = await knownOf(context, incident);
  const summary = 'A postmortem to start from. What only people know is marked.';
  return {
    outcome: 'answered',
    card: {
      summary,
      incidentId: incident.id,
      elements: [
        { kind: 'text', text: summary },
        {
          kind: 'file',
          name: `postmortem-${incident.id}.md`,
          mediaType: 'text/markdown',
          text: postmortem(incident, known, context.clock.now()),
        },
      ],
    },
  };
}

async function knownOf(context: HandlerContext, incident: Incident) {
  const [entries, triages, votes] = await Promise.all([
    context.timeline.ofIncident(incident.id),
    context.triages.history(incident.id),
    context.votes.ofIncident(incident.id),
  ]);
  return { entries, triages, votes };
}
