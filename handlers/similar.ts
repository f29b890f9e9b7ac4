import { type Card, textCard } from '../src/domain/card.ts';
import { sightAt } from '../src/domain/circle.ts';
import type { ActionEvent, CommandEvent } from '../src/domain/event.ts';
import type { Incident } from '../src/domain/incident.ts';
import type { SimilarIncident } from '../src/ports/knowledge.ts';
import { clean } from '../src/safety/index.ts';
import type { Answer, HandlerContext } from './context.ts';
import { findIncident } from './find-incident.ts';

const SHOWN = 5;

/** `/triage similar`. */
export async function showSimilar(context: HandlerContext, event: CommandEvent): Promise<Answer> {
  const incident = await findIncident(context, event.where);
  if (typeof incident === 'string') return { outcome: 'answered', card: textCard(incident) };
  return onSimilarButton(context, event, incident);
}

/** The Similar button of a card. */
export async function onSimilarButton(
  context: HandlerContext,
  event: ActionEvent | CommandEvent,
  incident: Incident,
): Promise<Answer> {
  const { incidents, degraded } = await context.memory.similar(clean(incident.text), {
    limit: SHOWN,
    sight: sightAt(event.where),
    except: incident.id,
  });
  return { outcome: 'answered', card: similarCard(incidents, degraded) };
}

function similarCard(incidents: readonly SimilarIncident[], degraded: readonly string[]): Card {
  if (incidents.length === 0) {
    return textCard(['I remember no incident like this one.', ...degraded].join(' '));
  }
  const summary = 'Past incidents like this one';
  return {
    summary,
    elements: [
      ...degraded.map((text) => ({ kind: 'notice' as const, tone: 'info' as const, text })),
      {
        kind: 'sources',
        title: summary,
        sources: incidents.map(({ title, href, fix, resolvedAt, recurrence }) => ({
          title: `${resolvedAt.toISOString().slice(0, 10)} ${title}${recurrence ? ' (the same again)' : ''}`,
          ...(href === undefined ? {} : { href }),
          quote: fix === undefined ? 'What fixed it was not said.' : `Fixed by: ${fix}`,
        })),
      },
    ],
  };
}
