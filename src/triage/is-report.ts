import type { Classifier } from '../ports/classifier.ts';
import { alertState } from './alert-state.ts';
import { isFewWords, type Signs, signsOf } from './report-signs.ts';

/** Words that end an incident, whatever else is said about it. */
const OVER = /\b(?:resolved|all clear|back to normal|false alarm|(?:is|was) fixed)\b/i;

/**
 * From which likelihood on a message is answered, chosen from the tables that `npm run eval` prints: the most
 * reports for at most 8 of 100 pieces of hard talk. With a third of the ways of speaking held out, or whole
 * kinds, these hear 95 of 100 short reports and answer 7 or 8 pieces of hard talk. The signs have seen those
 * texts: of 150 and 150 messages judged before anybody mended a sign after them, 91 and 17 of 100.
 */
const LEAST_LIKELIHOOD: Record<Signs, number> = { trouble: 0.2, none: 0.6, talk: 0.97 };
const LEAST_OF_LONG = 0.65;

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
  if (trimmed === '' || OVER.test(trimmed)) return false;
  const least = isFewWords(trimmed) ? LEAST_LIKELIHOOD[signsOf(trimmed)] : LEAST_OF_LONG;
  return classifier.reportLikelihood(trimmed) >= least;
}
