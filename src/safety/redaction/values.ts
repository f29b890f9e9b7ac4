import { matchAt } from './finding.ts';
import type { NameMeaning } from './names.ts';
import { isUuid, looksLikePassword, looksRandom } from './randomness.ts';

export type Value = {
  start: number;
  end: number;
  quoted: boolean;
  /** Only its beginning was read, which is enough to judge it; `wholeOf` reads on. */
  cut?: boolean;
};

const LONGEST_QUOTED = 2_048;
const LONGEST_READ = 256;
const OPENING_QUOTE = /(\\{0,7})(["'`“‘«])/y;
const CLOSING: Record<string, string> = { '“': '”', '‘': '’', '«': '»' };
const UNQUOTED = /[^\s"'`<>“”‘’«»\ue000]{1,256}/y;
const UNQUOTED_REST = /[^\s"'`<>“”‘’«»\ue000]{0,16000}/y;
/** `a=1&b=2`, `A=1;B=2`, `a=1, b=2`: what follows the sign belongs to the next pair. */
const NEXT_PAIR = /[&;,]\s{0,2}\\{0,3}["']?[A-Za-z_][\w .-]{0,40}\\{0,3}["']?\s?[=:]/;

/** The value that begins here. */
export function valueAt(text: string, at: number): Value | undefined {
  const quote = matchAt(OPENING_QUOTE, text, at);
  if (quote) return quotedValue(text, at + quote[0].length, quote[1] ?? '', quote[2] ?? '');
  const match = matchAt(UNQUOTED, text, at);
  if (!match) return undefined;
  let word = match[0];
  // A quote may begin inside: `password=\"abc\"` in a log of a log.
  const next = word.search(NEXT_PAIR);
  if (next >= 0) word = word.slice(0, next);
  word = word.replace(/\\+(?:[nrt].*)?$/s, '');
  while (/[,;.)\]}]$/.test(word) && !isClosed(word)) word = word.slice(0, -1);
  if (word === '') return undefined;
  const cut = word.length === LONGEST_READ;
  return { start: at, end: at + word.length, quoted: false, cut };
}

/** Reading all of every candidate before judging it would make many of them quadratic. */
export function wholeOf(text: string, value: Value): Value {
  if (!value.cut) return value;
  return { ...value, end: value.end + (matchAt(UNQUOTED_REST, text, value.end)?.[0].length ?? 0) };
}

/** A bracket at the end belongs to the value when it was opened there. */
function isClosed(word: string): boolean {
  const last = word.at(-1);
  if (last === ')') return word.includes('(');
  if (last === ']') return word.includes('[');
  if (last === '}') return word.includes('{');
  return false;
}

function quotedValue(
  text: string,
  from: number,
  slashes: string,
  quote: string,
): Value | undefined {
  const close = slashes + (CLOSING[quote] ?? quote);
  // Searching the whole text for a quote that never comes would make many of them quadratic.
  const reach = text.slice(from, from + LONGEST_QUOTED);
  let length = reach.indexOf(close);
  while (length >= 0 && isEscaped(text, from + length, slashes.length)) {
    length = reach.indexOf(close, length + close.length);
  }
  // Never closed: the text was cut off, so that all of the line belongs to it.
  if (length < 0) length = reach.search(/\n|$/);
  const end = from + length;
  return end > from ? { start: from, end, quoted: true } : undefined;
}

/** More backslashes before the closing quote than before the opening one make it part of the value. */
function isEscaped(text: string, end: number, depth: number): boolean {
  if (depth > 0) return text[end - 1] === '\\' && text[end - 2] === '\\' && depth === 1;
  let slashes = 0;
  while (text[end - 1 - slashes] === '\\' && slashes < 8) slashes++;
  return slashes % 2 === 1;
}

const NOT_A_VALUE =
  /^(?:null|none|nil|undefined|true|false|yes|no|on|off|ok|empty|unset|set|redacted|hidden|masked|filtered|removed|omitted|sensitive|optional|n\/?a|unknown|string|str|text|bool|boolean|int|integer|number|object|bytes|any|required|invalid|valid|incorrect|correct|wrong|missing|expired|failed|failure|error|denied|rejected|mismatch|changed|rotated|reset|revoked|leaked|exposed|compromised|accepted|provided|given|present|absent|found|created|deleted|updated|generated|the|a|an|and|or|is|was|are|were|has|had|not|for|of|to|from|with|in|at|by|on|it|this|that|my|your|our|must|should|can|cannot|will|does|did|please|user|auth|authentication|authorization|token|secret|password|key|bearer|basic|admin is|enabled|disabled|default|self|new|old|len|length|type)$/i;
/** Masks and references: `****`, `${VAR}`, `{{ x }}`, `<password>`, `%s`, `$(cmd)`, `[FILTERED]`, `...`. */
const MASK_OR_REFERENCE =
  /^(?:[*•●xX#._-]{2,}|\$\{.*|\$\(.*|\$[A-Z_][A-Z0-9_]*|\{\{.*|\{[\w.]*\}?|%[sdvq@r]|%\(?\w+\)?s?%?|<.*|\[.*|\(.*|@[\w.]+|!\w+.*|&\w+|\*\w+|\.\.\.|…)$/s;
const CODE =
  /^(?:process\.env|os\.(?:environ|getenv)|env[.([]|getenv|config[.([]|settings\.|secrets?[.(/]|var\.|local\.|data\.|module\.|self\.|this\.|vault:|ref\+|op:\/\/|arn:|file:|(?:https?|grpcs?):\/\/|unix:\/|[a-z][a-z0-9]*_[a-z0-9_]+\.[\w-]+\.[a-z_]+$|valueFrom|secretKeyRef|func|new\s|await\s|\w+\()/i;
const PATH_SHAPE =
  /^(?:~|\.{1,2})?\/?(?:[\w.@-]{1,64}\/){1,20}[\w.@-]{0,64}$|^\/[\w.-]{1,64}$|^[A-Za-z]:\\/;
/** `android.os.BinderProxy@2bd79ce`, `Token{a64f992`, `org.apache.Foo`. */
const OBJECT = /^[A-Za-z_$][\w$.]*(?:[{[(@]|$)/;
const DOTTED_NAME = /^[a-z][\w$]*(?:\.[A-Za-z_$][\w$]*){2,}/;
/** `API_KEY_HEADER=X-Api-Key`, `secretKey: DATABASE_PASSWORD`: where the secret is, not what it is. */
const NAME_OF_ONE = /^(?:[Xx](?:-[A-Za-z]+)+|[A-Z]{2,}(?:_[A-Z]{2,})+)$/;
/** ``check the secret: `kubectl get secret -n …` ``. */
const COMMAND = /^[a-z][\w.-]*\s.*\s(?:--?[A-Za-z]|\|)/;
const ADDRESS = /^(?:0x[0-9a-fA-F]+|[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?::[0-9]+)?)$/;

function isPath(value: string): boolean {
  return PATH_SHAPE.test(value) && (/^[~./]/.test(value) || !value.split('/').some(looksRandom));
}

/** Whether a value under a name of this meaning is worth hiding. */
export function isSecretValue(value: string, meaning: NameMeaning, context: ValueContext): boolean {
  if (value.length < 3 || !/[\p{L}\p{N}]/u.test(value)) return false;
  if (NOT_A_VALUE.test(value) || MASK_OR_REFERENCE.test(value) || CODE.test(value)) return false;
  if (ADDRESS.test(value)) return false;
  if (meaning.kind !== 'password' && (NAME_OF_ONE.test(value) || COMMAND.test(value))) return false;
  switch (meaning.strength) {
    case 'password':
      return context.sure || context.quoted
        ? !(/^[~./]/.test(value) && isPath(value))
        : looksLikePassword(value) && !isPath(value) && !OBJECT_AT.test(value);
    case 'key':
      if (value.length < 6 || isPath(value)) return false;
      return context.sure ? !DOTTED_NAME.test(value) : isTokenLike(value);
    case 'token':
      if (meaning.kind === 'password') return looksLikePassword(value) && !isPath(value);
      if (context.sure && meaning.kind !== 'token' && isWordWithNumber(value)) return true;
      return isTokenLike(value) && (context.sure || value.length >= 8);
    case 'session':
      return value.length >= 16 && !isUuid(value) && looksRandom(value.replace(/^s(?::|%3A)/i, ''));
  }
}

const OBJECT_AT = /^[A-Za-z_$][\w$.]*[@{][0-9a-f]+/;

export type ValueContext = {
  quoted: boolean;
  /** An assignment, a field or an option, where the name can mean nothing else; not a sentence. */
  sure: boolean;
};

/** `hunter2` is somebody's secret; as a parser's token it is a name. */
function isWordWithNumber(value: string): boolean {
  return value.length >= 6 && /^[A-Za-z]+[0-9]+\W?$/.test(value);
}

function isTokenLike(value: string): boolean {
  if (value.length < 6 || isPath(value) || OBJECT_AT.test(value) || DOTTED_NAME.test(value))
    return false;
  if (isUuid(value)) return true;
  if (!/[0-9]/.test(value)) return looksMixed(value) || (value.length >= 20 && !isWords(value));
  if (!/[A-Za-z]/.test(value)) return false;
  return !STRUCTURED_ID.test(value.replace(DIGIT_WORD, 'word'));
}

function looksMixed(value: string): boolean {
  if (OBJECT.test(value) && /^[A-Z]?[a-z]+(?:[A-Z][a-z]+)*$/.test(value)) return false;
  return /[a-z]/.test(value) && /[A-Z]/.test(value) && value.length >= 12 && !isWords(value);
}

/** `my-tls-secret`, `AppWindowToken`, `kube_system`. */
function isWords(value: string): boolean {
  return /^[A-Za-z]+(?:[-_. /:][A-Za-z]*)*$/.test(value) && !looksShuffled(value);
}

function looksShuffled(value: string): boolean {
  const switches = value.match(/[a-z](?=[A-Z])|[A-Z](?=[a-z])/g)?.length ?? 0;
  return switches / value.length > 0.4;
}

/** Words of the trade that have a digit inside. */
const DIGIT_WORD =
  /(?<![A-Za-z0-9])(?:k8s|k3s|k0s|oauth2|s3|ec2|http2|log4j|e2e|b2b|b2c|p2p|i18n|l10n|x86|amd64|arm64|utf8|sha256|neo4j|web3)(?![A-Za-z0-9])/gi;
/** `job_1445144423722_0020`, `web-7f9c8d-x2x4l`, `v1.2.3`. */
const STRUCTURED_ID =
  /^[A-Za-z]+(?:[-_.#:/][A-Za-z]*[0-9]{0,20}){1,6}$|^v?[0-9]+(?:\.[0-9]+)+\w*(?:[-+.][a-z]{0,12}[0-9]{0,8}){0,6}$|^[A-Za-z]{1,12}[0-9]{1,3}$|^[0-9]+(?:ms|s|m|h|d|kb|mb|gb|b)$/i;
