import type { Facts } from '../facts.ts';
import { wordsOf } from '../words/names.ts';
import type { Fault } from './fault.ts';
import { isPlain, NAMES_ELSEWHERE, THINGS } from './plain-words.ts';
import type { Sentence } from './sentence.ts';

/** Hyphenated words of everyday English: "user-facing", "20-minute", "knock-on". */
const LAST_PART =
  /(?:ing|ed|term|time|level|wide|party|scale|end|up|down|on|off|out|in|over|back|day|hour|minute|second|week|step|side|free|ready|based|driven|like|related|specific|critical|only|first|class|hand|effect|chain|service|cause)s?$/;
const FIRST_PART =
  /^(?:re|pre|non|un|post|multi|cross|self|well|high|low|long|short|near|over|under|co|mid|semi|inter|anti|counter|end|all|one|two|three|four|five|six|seven|eight|nine|ten|half|full|\d+|first|second|third|root|real|far|follow|knock|step|day|user|customer|client|business|high|fast|slow|cause|and)$/;

/** Names of programs and parts that the analysis does not have. */
export function checkNames(sentence: Sentence, facts: Facts): Fault[] {
  return sentence.tokens.flatMap((token, i) => {
    if (token.mentioned || isKnown(token.text, facts)) return [];
    const said = strangeName(sentence, i, facts);
    if (said === undefined) return [];
    return [{ kind: 'unknown-name' as const, said, why: `The analysis does not name ${said}.` }];
  });
}

function strangeName(sentence: Sentence, i: number, facts: Facts): string | undefined {
  const token = sentence.tokens[i];
  if (token === undefined) return undefined;
  const { text } = token;
  if (/[-_]/.test(text)) return isEveryday(text, facts) ? undefined : text;
  if (/[a-z][A-Z]/.test(text) || (/^[a-z]+\.[a-z.]+$/i.test(text) && !/^[a-z]\.[a-z]$/i.test(text)))
    return text;
  if (/\p{L}/u.test(text) && /\d/.test(text) && !isMeasure(text)) return text;
  if (NAMES_ELSEWHERE.has(text.toLowerCase())) return text;
  if (isPlain(text)) return undefined;
  const thing = thingNamedBy(sentence, i);
  if (thing !== undefined && !isDescription(text)) return `${text} ${thing}`;
  if (!/^\p{Lu}/u.test(text)) return undefined;
  const opens = i === 0 || /[.!?:\n“"•*]\s*$/.test(sentence.text.slice(0, token.start));
  return !opens || startsClaim(sentence, i) ? text : undefined;
}

const POINTS_AT =
  /^(?:the|our|their|its|your|a|an|this|that|of|to|from|in|by|with|for|at|and|or|between|into|reach|restart)$/i;

/** The rest of "billing service" or "fraud scoring service" behind its first word. */
function thingNamedBy({ tokens, text }: Sentence, i: number): string | undefined {
  const [word, next, second] = [tokens[i], tokens[i + 1], tokens[i + 2]];
  if (!word || !next || !/^[ ’']+$/.test(text.slice(word.end, next.start))) return undefined;
  if (isThing(next.text)) return next.text;
  const points = POINTS_AT.test(tokens[i - 1]?.text ?? '');
  const goesOn = second !== undefined && /^ +$/.test(text.slice(next.end, second.start));
  if (!points || !goesOn || !isThing(second.text) || POINTS_AT.test(next.text)) return undefined;
  return /(?:ed|was|were|had|has|is|lost)$/.test(next.text)
    ? undefined
    : `${next.text} ${second.text}`;
}

function isThing(text: string): boolean {
  return wordsOf(text).some((word) => THINGS.has(word.replace(/s$/, '')));
}

function isKnown(text: string, facts: Facts): boolean {
  return facts.knows(text) || wordsOf(text).every((word) => facts.knows(word));
}

function isMeasure(text: string): boolean {
  return (
    /^\d+(?:st|nd|rd|th|h|m|s|ms|am|pm|min|mins|hr|hrs|x|z|utc)$/i.test(text) ||
    /^\d{4}-\d{2}-\d{2}T/.test(text)
  );
}

function isEveryday(text: string, facts: Facts): boolean {
  const parts = text.toLowerCase().split(/[-_]/);
  if (text.includes('_')) return false;
  const last = parts.at(-1) ?? '';
  if (parts.some((part) => THINGS.has(part) && part !== 'service' && part !== 'system'))
    return false;
  if (parts.every((part) => isPlain(part) || facts.knows(part))) return true;
  return FIRST_PART.test(parts[0] ?? '') || (LAST_PART.test(last) && !/service$/.test(last));
}

/** "the failing service", "a slower system": what kind of thing it is, not which. */
function isDescription(text: string): boolean {
  return /^[a-z]+(?:ed|ful|less|ous|able|ible)$/.test(text);
}

/** An unknown capital word at the start that does something: "Helios rejected every token". */
function startsClaim(sentence: Sentence, i: number): boolean {
  const next = sentence.tokens[i + 1]?.text ?? '';
  return (
    /^(?:\w+ed|was|were|is|has|had|could|went|broke|fell|began|lost|ran|sent|stood|hit|led|made|took|kept|gave|stopped|cannot|did|does|then|also|itself)$/.test(
      next,
    ) && !/(?:ly|ing|ed|s)$/.test(sentence.tokens[i]?.text ?? '')
  );
}
