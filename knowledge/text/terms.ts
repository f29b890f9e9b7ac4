import { partsOfCompound } from './compounds.ts';
import { stem } from './stem.ts';
import { NEGATIONS, STOP_WORDS } from './stop-words.ts';

/** A term of a text, as indexes count it. */
export type Term = {
  /** Stemmed and in lower case; a name of several parts as a whole begins with `=`. */
  term: string;
  /** The word before stemming, in lower case; a whole name without its separators. */
  word: string;
  /** Where it stood among the words: neighbours differ by one, a whole name has the place of its first part. */
  at: number;
};

/** What redaction left in place of a value says nothing. */
const PLACEHOLDER = /\[(?:secret|personal):[a-z0-9-]{1,60}\]/g;
const ADDRESS = /\bhttps?:\/\/\S+/g;
/** Kubernetes and others make names unique with such endings: -7d9f8b6c5-x2x4z, -0a1b2c3d. */
const RANDOM_ENDING = /-[a-z0-9]*\d[a-z0-9]*-[a-z0-9]{5}\b|-[0-9a-f]{8,}\b/g;
const UNIQUE_ID = /\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/gi;
/** Of the moment, as counts and shares are: 2026-05-04T03:00:00Z, 18,000, 99.5 %. */
const MOMENT =
  /\b\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?|(?<![\w.])\d{1,3}(?:,\d{3})+\b|(?<![\w.])\d+(?:\.\d+)?\s?%/g;
/** What every alert is wrapped in, whichever system sends it. */
const ENVELOPE =
  /"(?:alerts|labels|annotations|alertname|status|state|severity|priority|receiver|startsAt|endsAt|generatorURL|fingerprint|groupKey|groupLabels|commonLabels|commonAnnotations|externalURL|truncatedAlerts|version|summary|description|message|title|runbook_url|dashboardURL|panelURL|silenceURL|orgId|ruleId|ruleName|AlarmName|AlarmDescription|NewStateValue|NewStateReason|StateChangeTime|Trigger|event_type|payload|incident|details)"\s*:|\b(?:alertname|severity|priority)\s*=|\[(?:FIRING|RESOLVED)(?::\d+)?\]/g;
const APOSTROPHE = /[’ʼ']/g;
/** Parts held together by the signs that names are made with. */
const RUN = /[\p{L}\p{N}]+(?:[_\-./:@][\p{L}\p{N}]+)*/gu;
const ASCII = /^[\p{ASCII}]*$/u;
const PART = /[\p{L}\p{N}]+/gu;
const LONGEST_TERM = 48;
/** More parts than this are a path or a sentence with its spaces gone, which nobody writes twice. */
const MOST_PARTS = 8;

export function termsOf(text: string): Term[] {
  const terms: Term[] = [];
  let at = 0;
  for (const run of readable(text).match(RUN) ?? []) {
    let read = known.get(run);
    if (!read) {
      read = readRun(run);
      if (known.size >= MOST_KNOWN) known.clear();
      known.set(run, read);
    }
    for (const { term, word } of read.words) terms.push({ term, word, at: at++ });
    if (read.whole) {
      const { term, word } = read.whole;
      terms.push({ term, word, at: at - read.words.length });
    }
  }
  return terms;
}

/** Neighbours, with a space between. */
export function pairsOf(terms: readonly Term[]): string[] {
  const words = terms.filter(({ term }) => !term.startsWith('='));
  return words.slice(1).map(({ term }, i) => `${words[i]?.term} ${term}`);
}

type Read = { term: string; word: string };
type ReadRun = { words: Read[]; whole?: Read };

/** Few runs make up most of a text: reading each once makes it six times as fast. */
const known = new Map<string, ReadRun>();
const MOST_KNOWN = 50_000;

function readRun(run: string): ReadRun {
  const words: Read[] = [];
  const parts: string[] = [];
  for (const piece of run.match(PART) ?? []) {
    for (const part of splitCamelCase(piece)) {
      const word = part.toLowerCase();
      parts.push(word);
      const term = termOf(word);
      if (term !== undefined) words.push({ term, word });
      for (const inside of partsOfCompound(word)) {
        const termInside = termOf(inside);
        if (termInside !== undefined) words.push({ term: termInside, word: inside });
      }
    }
  }
  const whole = parts.join('');
  const named = parts.length > 1 && parts.length <= MOST_PARTS && isName(run, whole);
  return named ? { words, whole: { term: `=${whole}`, word: whole } } : { words };
}

function readable(text: string): string {
  const plain = (ASCII.test(text) ? text : text.normalize('NFKC')).replace(APOSTROPHE, '');
  const linked = plain.includes('://')
    ? plain.replace(ADDRESS, (address) => ` ${wordsOfAddress(address)} `)
    : plain;
  return linked
    .replace(PLACEHOLDER, ' ')
    .replace(MOMENT, ' ')
    .replace(ENVELOPE, ' ')
    .replace(UNIQUE_ID, ' ')
    .replace(RANDOM_ENDING, ' ');
}

/** A link's last part often is the name of what it leads to; host and query say nothing of it. */
function wordsOfAddress(address: string): string {
  return /\/([^/?#\s]{3,60})[/)>.,]*(?:[?#]\S*)?$/.exec(address.slice(8))?.[1] ?? '';
}

/** `KubeAPIDown` reads as kube, api, down; `IPv6`, `p99` and `s3` stay as they are. */
function splitCamelCase(word: string): string[] {
  if (!/\p{Ll}\p{Lu}|\p{Lu}{2}\p{Ll}|\p{N}\p{Lu}\p{Ll}/u.test(word)) return [word];
  return word
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll}{2})/gu, '$1 $2')
    .replace(/(\p{N})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .split(' ');
}

function termOf(word: string): string | undefined {
  if (STOP_WORDS.has(word)) return NEGATIONS.has(word) ? 'not' : undefined;
  if (NEGATIONS.has(word)) return 'not';
  if (word.length > LONGEST_TERM) return undefined;
  if (/^\p{N}/u.test(word)) return numberTerm(word);
  if (word.length === 1) return undefined;
  return stem(word);
}

/** Codes and ports are kept; counts, times and sizes belong to the moment, not to what it is about. */
function numberTerm(word: string): string | undefined {
  if (/^\d{3,5}$/.test(word)) return word;
  if (/^\d+$/.test(word)) return undefined;
  if (
    /^\d+(?:ms|s|sec|secs|m|min|mins|h|hr|hrs|d|w|k|kb|mb|gb|tb|kib|mib|gib|tib|g|th|st|nd|rd|x)$/.test(
      word,
    )
  ) {
    return undefined;
  }
  // Half digits, half hexadecimal letters and long: drawn by lot.
  if (word.length >= 8 && /^[0-9a-f]+$/.test(word)) return undefined;
  return word;
}

function isName(run: string, whole: string): boolean {
  return (
    whole.length >= 4 &&
    whole.length <= LONGEST_TERM &&
    /\p{L}/u.test(whole) &&
    !run.includes('/') &&
    !/^\d/.test(run)
  );
}
