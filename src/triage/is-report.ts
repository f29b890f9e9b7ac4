import type { Classifier } from '../ports/classifier.ts';
import { alertState } from './alert-state.ts';

/** Words that end an incident, whatever else is said about it. */
const OVER = /\b(?:resolved|all clear|back to normal|false alarm|(?:is|was) fixed)\b/i;

/** `npm run eval` prints what each threshold hears and what talk it answers. */
const LEAST_LIKELIHOOD = 0.65;

/**
 * Whether a new message in an incident channel reports trouble. In doubt it does not: a person who wants an
 * answer can mention the bot, a person who is interrupted mutes it. Monitors post nothing but alerts and
 * their ends, so bots are judged by the second alone.
 */
export function isReport(
  text: string,
  fromBot: boolean,
  classifier: Pick<Classifier, 'reportLikelihood'>,
): boolean {
  const trimmed = text.trim();
  if (fromBot) return trimmed !== '' && alertState(trimmed) === 'firing';
  return !OVER.test(trimmed) && classifier.reportLikelihood(trimmed) >= LEAST_LIKELIHOOD;
}
