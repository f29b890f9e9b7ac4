import { textCard } from '../src/domain/card.ts';
import { AppError } from '../src/domain/errors.ts';
import { type ActionEvent, voteValueSchema } from '../src/domain/event.ts';
import type { Answer, HandlerContext } from './context.ts';
import { voterKeyOf } from './vote.ts';

/**
 * A vote on how a root cause was told. An explanation belongs to no place: equal analyses of several channels
 * share one. Its id cannot be guessed, and the vote tells nothing of it.
 */
export async function rateExplanation(
  context: HandlerContext,
  event: ActionEvent,
): Promise<Answer> {
  const value = voteValueSchema.safeParse(event.value);
  if (!value.success) {
    return { outcome: 'ignored', card: textCard('This button is no longer in use.') };
  }
  try {
    const { changed } = await context.explanations.vote({
      explanationId: event.incidentId,
      voterKey: voterKeyOf(event.where.workspace, event.actor),
      voterName: event.actor.name,
      value: value.data,
      at: context.clock.now(),
    });
    return {
      outcome: changed ? 'recorded' : 'duplicate',
      card: textCard(
        value.data === 'up' ? 'Noted: this was well told.' : 'Noted: this was not well told.',
      ),
    };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'not_found') throw error;
    return { outcome: 'ignored', card: textCard('I do not know this explanation any more.') };
  }
}
