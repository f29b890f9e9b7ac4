import { passageSource } from '../src/answers/index.ts';
import { type Card, textCard } from '../src/domain/card.ts';
import { sightAt } from '../src/domain/circle.ts';
import type { CommandEvent } from '../src/domain/event.ts';
import type { Found } from '../src/ports/knowledge.ts';
import { clean } from '../src/safety/index.ts';
import type { Answer, HandlerContext } from './context.ts';

const SHOWN = 5;
/** The person waits for the answer. */
const PATIENCE_MS = 2_000;
const TOO_SLOW = textCard('The library did not answer in time. Please ask again in a moment.');

/** `/triage ask`: the answer is posted for everybody, where it was asked. */
export async function ask(
  context: HandlerContext,
  event: CommandEvent,
  question: string,
): Promise<Answer> {
  await context.enqueue.answer(clean(question), event.where, event);
  return { outcome: 'recorded', card: textCard('Looking it up. The answer comes here.') };
}

/** `/triage search`: what fits, for whoever asked. */
export async function searchKnowledge(
  context: HandlerContext,
  event: CommandEvent,
  words: string,
): Promise<Answer> {
  const found = await context.knowledge
    .search(clean(words), {
      limit: SHOWN,
      sight: sightAt(event.where),
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    .catch(() => undefined);
  return { outcome: 'answered', card: found ? foundCard(words, found) : TOO_SLOW };
}

function foundCard(words: string, { passages, fits, degraded }: Found): Card {
  const nearest = passages[0];
  const summary = fits
    ? `What fits “${words}”`
    : `Nothing fits “${words}”.${nearest ? ` The nearest is ${nearest.title}.` : ''}`;
  return {
    summary,
    elements: [
      ...degraded.map((text) => ({ kind: 'notice' as const, tone: 'info' as const, text })),
      ...(passages.length === 0
        ? [{ kind: 'text' as const, text: summary }]
        : [{ kind: 'sources' as const, title: summary, sources: passages.map(passageSource) }]),
      {
        kind: 'context',
        text: 'If this was meant as a report, say it in other words, without “search” in front.',
      },
    ],
  };
}
