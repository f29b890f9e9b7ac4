import { isNews } from './bot-news.ts';

/** What a monitor's message says: its alert goes on, it is over, or nothing that anybody must know of. */
export type AlertState = 'firing' | 'over' | 'no trouble';

/** Marks that tools put before the name of an alert: emoji, brackets, bold. */
const MARKS = /^(?:[\s*_~`"'([|>•-]|:[\w+-]+:|\p{Extended_Pictographic}|\ufe0f)+/u;
const PRIORITY = /^(?:P\d|sev-?\d)\b\W*/i;
/** A state stands at the beginning of one of these. */
const LINES = 3;

const FIRING = /^(?:firing|triggered|re-?triggered|alert(?:ing)?\b|problem|critical|warn|down)/i;
/** Words that say it wherever a line begins with them. */
const OVER = /^(?:resolved|recovered|recovery|auto-?resolved|all clear)\b/i;
/** Words that begin other sentences too: only with a mark behind them. */
const OVER_MARKED =
  /^(?:ok|okay|up|closed|cleared|normal|healthy|ended|inactive|green|back to normal)(?:\s*:\s*\d+)?\s*(?:[\]:|)*!"—–-]|$)/i;
const OVER_SAID = new RegExp(
  [
    '\\b(?:alert|incident|monitor|alarm|check|issue|problem)\\s+(?:#?\\S+\\s+){0,2}(?:was\\s+|is\\s+|has\\s+been\\s+|auto-?)?(?:resolved|recovered|closed|cleared)\\b',
    '\\bclosed\\s+(?:alert|incident)\\b',
    '\\bstatus[*_]*\\s*:?[*_\\s]*(?:resolved|ok|closed|recovered)\\b',
    '\\bis\\s+(?:now\\s+)?(?:back\\s+)?(?:up|ok|healthy|resolved|recovered|back to normal)(?:\\s*[.!:|]|$)',
    '\\bto\\s+(?:state\\s+)?OK\\b',
  ].join('|'),
  'i',
);
export function alertState(text: string): AlertState {
  const [first = '', ...more] = linesOf(text);
  if (FIRING.test(first)) return OVER_SAID.test(first) ? 'over' : 'firing';
  const lines = [first, ...more.slice(0, LINES - 1)];
  if (lines.some((line) => OVER.test(line) || OVER_MARKED.test(line) || OVER_SAID.test(line))) {
    return 'over';
  }
  return isNews(first, text) ? 'no trouble' : 'firing';
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.replace(MARKS, '').replace(PRIORITY, '').replace(MARKS, '').trim())
    .filter((line) => line !== '');
}

/**
 * The same alert firing again: equal but for times, numbers and ids. Used to keep one incident from becoming
 * ten while the first is still open. A number in a name belongs to it: web-1 is not web-2.
 */
export function alertFingerprint(text: string): string {
  return wordsOf(text).join(' ');
}

/**
 * Whether a message that an alert is over, or fires again, is about the alert of another message: it has the
 * same name, and is about the same machines. In doubt it is not, as it would end what goes on.
 */
export function isSameAlert(one: string, other: string): boolean {
  const [first, second] = [nameOf(one), nameOf(other)];
  const isNamed = first.size > 0 && first.size === second.size && isWithin(first, second);
  if (!isNamed) return false;
  const [machines, others] = [numberedOf(one), numberedOf(other)];
  return isWithin(machines, others) || isWithin(others, machines);
}

function isWithin(words: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  return [...words].every((word) => others.has(word));
}

function numberedOf(text: string): Set<string> {
  return new Set(wordsOf(text).filter((word) => /\d/.test(word)));
}

/** The words of the first line that says more than a state. */
function nameOf(text: string): Set<string> {
  for (const line of text.split('\n')) {
    const words = wordsOf(line).filter((word) => !STATE_WORDS.has(word));
    if (words.length > 0) return new Set(words);
  }
  return new Set();
}

const STATE_WORDS = new Set(
  `alert alerts alerting alarm incident monitor notification check problem new firing fired resolved triggered
  retriggered re-triggered recovered recovery ok okay closed cleared opened open down up normal healthy warn
  warning critical error no data auto auto-resolved back to is was has been now by on status state the a an`.split(
    /\s+/,
  ),
);

const ADDRESS = /\(?https?:\/\/[^\s)>|]+\)?/g;
/** A pod of a deployment gets another name with every start. */
const POD = /-[0-9a-f]{8,10}-[a-z0-9]{5}\b/g;
const EMOJI = /:[a-z][\w+-]*:/g;
const ID = /^(?:[0-9a-f]{8,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
const VALUE = /^[#\d][\d.,:#tz+-]*[a-z%]{0,3}$/;

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .replace(ADDRESS, ' ')
    .replace(POD, '')
    .replace(EMOJI, ' ')
    .split(/[^\p{L}\p{N}_.#+-]+/u)
    .map((word) => word.replace(/^[.+_-]+|[.+_-]+$/g, ''))
    .filter((word) => word !== '' && !ID.test(word) && !VALUE.test(word));
}
