import type { Facts } from '../facts.ts';
import { wordsOf } from '../words/names.ts';
import type { Fault } from './fault.ts';
import { isNumberWord } from './figures/amounts.ts';
import { type Role, rolesOf } from './lexicon.ts';
import {
  DESCRIBES,
  isPlain,
  MADE_OF_VERBS,
  NAMED_THINGS,
  NAMES_ELSEWHERE,
  THINGS,
} from './plain-words.ts';
import type { Sentence } from './sentence.ts';

/** Hyphenated words of everyday English: "user-facing", "20-minute", "knock-on". */
const LAST_PART =
  /(?:ing|ed|term|time|level|wide|party|scale|end|up|down|on|off|out|in|over|back|day|hour|minute|second|week|step|side|free|ready|based|driven|like|related|specific|critical|only|first|class|hand|effect|chain|service|cause)s?$/;
const FIRST_PART =
  /^(?:re|pre|non|un|post|multi|cross|self|well|high|low|long|short|near|over|under|co|mid|semi|inter|anti|counter|end|all|one|two|three|four|five|six|seven|eight|nine|ten|half|full|\d+|first|second|third|root|real|far|follow|knock|step|day|user|customer|client|business|high|fast|slow|cause|and)$/;
/** Places, as clouds number them: "eu-west-1". */
const REGION = /^(?:us|eu|ap|sa|ca|af|me|asia|europe)-\w+-?\w*\d/i;

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
  if (isNumberWord(text) || sentence.isQuoted(token.start)) return undefined;
  if (/[-_]/.test(text)) return isEveryday(text, facts) ? undefined : text;
  if (/[a-z][A-Z]/.test(text) || (/^[a-z]+\.[a-z.]+$/i.test(text) && !/^[a-z]\.[a-z]$/i.test(text)))
    return text;
  if (/\p{L}/u.test(text) && /\d/.test(text) && !isMeasure(text)) return text;
  if (NAMES_ELSEWHERE.has(text.toLowerCase())) return text;
  const thing = thingNamedBy(sentence, i, facts);
  if (thing !== undefined) return `${text} ${thing}`;
  if (isPlain(text)) return undefined;
  if (isDoer(text) && isPointedAt(sentence, i)) return text;
  if (!/^\p{Lu}/u.test(text)) return undefined;
  const opens = i === 0 || /[.!?:\n“"•*|]\s*(?:\*\*)?$/.test(sentence.text.slice(0, token.start));
  return !opens || opensWithName(sentence, i) ? text : undefined;
}

const POINTS_AT =
  /^(?:the|our|their|its|your|a|an|this|that|of|to|from|in|by|with|for|at|and|or|between|into|reach|restart)$/i;

/** The rest of "billing service" or "fraud scoring service" behind its first word. */
function thingNamedBy(sentence: Sentence, i: number, facts: Facts): string | undefined {
  const { tokens, text } = sentence;
  const [word, next, second] = [tokens[i], tokens[i + 1], tokens[i + 2]];
  if (!word || !next || next.mentioned || !/^[ ’']+$/.test(text.slice(word.end, next.start)))
    return undefined;
  if (isThing(next.text) && !isKnown(next.text, facts))
    return namesThing(word.text, next.text) ? next.text : undefined;
  if (isThing(next.text))
    return isPlain(word.text) || isDescription(word.text) ? undefined : next.text;
  const points = POINTS_AT.test(tokens[i - 1]?.text ?? '');
  const goesOn = second !== undefined && /^ +$/.test(text.slice(next.end, second.start));
  if (!points || !goesOn || second.mentioned || !isThing(second.text) || POINTS_AT.test(next.text))
    return undefined;
  if (isPlain(word.text) || isDescription(word.text)) return undefined;
  return /(?:ed|was|were|had|has|is|lost)$/.test(next.text)
    ? undefined
    : `${next.text} ${second.text}`;
}

/** What a word may mean elsewhere and still stand before a thing as its name: "recommendation cluster". */
const NOUNS: ReadonlySet<Role> = new Set(['advise', 'people', 'call', 'trouble', 'result']);

/** Whether a word in front of a thing says which one it is: "mail gateway", and not "failing gateway". */
function namesThing(word: string, thing: string): boolean {
  if (isDescription(word) || POINTS_AT.test(word)) return false;
  if (!isPlain(word)) return true;
  const bare = word.toLowerCase();
  const isNamed = wordsOf(thing).some((part) => NAMED_THINGS.has(part.replace(/s$/, '')));
  return (
    isNamed &&
    rolesOf(bare).every((role) => NOUNS.has(role)) &&
    !DESCRIBES.has(bare) &&
    !/(?:ed|ing|ly|al|ive|ful|ous|ent|ant)$/.test(bare)
  );
}

function isThing(text: string): boolean {
  return wordsOf(text).some((word) => {
    const bare = word.replace(/s$/, '');
    return THINGS.has(bare) || NAMED_THINGS.has(bare);
  });
}

const ARTICLE = /^(?:the|our|their|its|your|a|an)$/i;

function isPointedAt({ tokens, text }: Sentence, i: number): boolean {
  const [word, before, second] = [tokens[i], tokens[i - 1], tokens[i - 2]];
  if (word === undefined || before === undefined) return false;
  if (ARTICLE.test(before.text)) return true;
  // "The image resizer".
  const isNoun =
    !before.mentioned &&
    !isDescription(before.text) &&
    /^ $/.test(text.slice(before.end, word.start));
  return isNoun && second !== undefined && ARTICLE.test(second.text);
}

/** "Resizer", "transcoder": what programs are called by what they do. */
function isDoer(text: string): boolean {
  return /^\p{Ll}{3,}(?:er|or)s?$/u.test(text) && !MADE_OF_VERBS.has(text.replace(/s$/, ''));
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
  if (text.includes('_') || REGION.test(text)) return false;
  const last = parts.at(-1) ?? '';
  if (
    isNumberWord(text) ||
    (parts.length > 1 && /^\d+$/.test(last) && !/^\d+$/.test(parts[0] ?? ''))
  )
    return isNumberWord(text);
  if (
    parts.some(
      (part) =>
        (THINGS.has(part) || NAMED_THINGS.has(part)) && part !== 'service' && part !== 'system',
    )
  )
    return false;
  if (parts.every((part) => isPlain(part) || facts.knows(part))) return true;
  return FIRST_PART.test(parts[0] ?? '') || (LAST_PART.test(last) && !/service$/.test(last));
}

/** "The failing service", "a slower system": what kind of thing it is, not which. */
function isDescription(text: string): boolean {
  return /^[a-z]+(?:ed|ful|less|ous|able|ible|ing)$/.test(text);
}

const DOES =
  /^(?:\w+ed|was|were|is|has|had|could|went|broke|fell|began|lost|ran|sent|stood|hit|led|made|took|kept|gave|cannot|did|does|then|also|itself)$/;

/** An unknown capital word that opens a sentence is a name, unless it is made like an adverb or a quality. */
function opensWithName(sentence: Sentence, i: number): boolean {
  const text = sentence.tokens[i]?.text ?? '';
  const next = sentence.tokens[i + 1]?.text ?? '';
  if (
    /(?:ly|ing|ed|tion|ness|ment|ity|ance|ence|ism|ward|wards|wise)s?$/.test(text) ||
    text.length < 3
  )
    return false;
  const { end = 0 } = sentence.tokens[i] ?? {};
  // What does something, or stands in a list: "Helios rejected every token", "Zephyr, …".
  return DOES.test(next) || /^[`*]*(?:,|\s+and\b|\W*$)/.test(sentence.text.slice(end));
}
