import { passageSource } from '../src/answers/index.ts';
import { type Card, textCard } from '../src/domain/card.ts';
import type { CommandEvent } from '../src/domain/event.ts';
import type { Found } from '../src/ports/knowledge.ts';
import { clean } from '../src/safety/index.ts';
import type { Answer, HandlerContext } from './context.ts';

const SHOWN = 5;
/** The person waits for the answer. */
const PATIENCE_MS = 2_000;

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
  _event: CommandEvent,
  words: string,
): Promise<Answer> {
  const found = await context.knowledge.search(clean(words), {
    limit: SHOWN,
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  return { outcome: 'answered', card: foundCard(words, found) };
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
