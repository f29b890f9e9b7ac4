import type { Classifier } from '../src/ports/classifier.ts';

/** Whoever says more than this to the bot means it. */
const MOST_WORDS = 3;
/** Surer ones are reports however short they are: "OOM kills", "prod broken". */
const UNLIKELY = 0.2;
/** A lone word has to say more by itself: "ransomware" does, "digest" does not. */
const UNLIKELY_ALONE = 0.5;
const UNSURE = 0.6;
const COURTESY =
  /^(?:hi|hello|hey|hiya|good (?:morning|evening|afternoon)|morning|thanks?|thank you|thx|ty|cheers|great work|well done|nice|ok|okay)\b(?:[\s,!.:)🙏👍]|there|all|everybody|everyone|team|a lot|so much|you|very much|great work|well done|again|for (?:the|your) help)*$/iu;

/** Nothing that anybody waits for an answer to. */
export function isCourtesy(text: string): boolean {
  return COURTESY.test(text.trim());
}

/** Thanks, a greeting, a lone word: typed to the bot, and yet nothing that anybody should be called for. */
export function isTalk(
  text: string,
  classifier: Pick<Classifier, 'classify' | 'reportLikelihood'>,
): boolean {
  const said = text.trim();
  if (isCourtesy(said)) return true;
  if (said.includes('\n') || /\d/.test(said)) return false;
  const words = said.split(/\s+/).length;
  if (words > MOST_WORDS) return false;
  const least = words === 1 ? UNLIKELY_ALONE : UNLIKELY;
  return classifier.reportLikelihood(said) < least && classifier.classify(said).confidence < UNSURE;
}
