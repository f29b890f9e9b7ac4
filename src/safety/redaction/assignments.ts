import { type Detector, type Finding, matchAt } from './finding.ts';
import { meaningOf, type NameMeaning } from './names.ts';
import { looksLikePassword } from './randomness.ts';
import { isSecretValue, type Value, valueAt, wholeOf } from './values.ts';

/** Every name of a secret holds one of these; what the whole name means is asked afterwards. */
export const SECRET_WORD =
  /pass|pwd|pswd|pw(?![A-Za-z0-9])|\bpsw\b|secret|token|key|cred|auth|cookie|sess|\bsid|\.sid|psk|jwt|bearer|\bpat\b|\botp|mnemonic|\bseed|signature|hmac|htpasswd|kubeconfig|dockerc|kennwort|contrase|senha|wachtwoord|mdp|mot de passe|пароль|密码|密碼|パスワード|비밀번호/gi;

const NAME_CHARACTER = /[\p{L}\p{N}_.\-$]/u;
const LONGEST_NAME = 80;
/** `api key`, `client secret`, `access token`: the word before says what the key opens. */
const WORD_BEFORE =
  /(?:api|app|access|secret|private|encryption|signing|account|license|master|auth|storage|deploy|client|webhook|session|bearer|refresh|admin|service|integration|subscription|shared|routing|connect(?:ion)?|user|root|db|database)[ \t]$/i;

/** Finds secrets by the name in front of them, in whatever way the two are joined. */
export const assignments: Detector = (text) => {
  const found: Finding[] = [];
  const words = new RegExp(SECRET_WORD);
  for (let word = words.exec(text); word; word = words.exec(text)) {
    const name = nameAround(text, word.index, word.index + word[0].length);
    words.lastIndex = Math.max(name.end, word.index + 1);
    const meaning = meaningOf(text.slice(name.start, name.end));
    if (!meaning) continue;
    const finding = valueAfter(text, name, meaning);
    if (!finding) continue;
    found.push({ ...finding, kind: meaning.kind });
    words.lastIndex = Math.max(words.lastIndex, finding.end);
  }
  return found;
};

type Name = { start: number; end: number };

function nameAround(text: string, from: number, to: number): Name {
  let start = from;
  while (start > 0 && from - start < LONGEST_NAME && isNameCharacter(text, start - 1)) start--;
  // In `\npassword` the n belongs to the escape.
  if (start > 0 && text[start - 1] === '\\' && start < from && 'nrt'.includes(text[start] ?? ''))
    start++;
  let end = to;
  while (end < text.length && end - to < LONGEST_NAME && isNameCharacter(text, end)) end++;
  while (end > to && /[.\-$]/.test(text[end - 1] ?? '')) end--;
  const before = WORD_BEFORE.exec(text.slice(Math.max(0, start - 16), start));
  if (before && start === from) start -= before[0].length;
  return { start, end };
}

function isNameCharacter(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 128) {
    return (
      (code >= 97 && code <= 122) ||
      (code >= 65 && code <= 90) ||
      (code >= 48 && code <= 57) ||
      code === 95 ||
      code === 45 ||
      code === 46 ||
      code === 36
    );
  }
  return NAME_CHARACTER.test(text[at] ?? '');
}

/** `name=`, `"name": `, `name => `, `name := `, `['name'] = `, `name (prod): `, `name](`. */
const SIGN =
  /\\{0,7}["'`”’]?[\])}]{0,2}\\{0,7}["'`]?[ \t]{0,8}(?:\([^()\n]{1,40}\)[ \t]?)?(?:={1,3}>?|:=|=>|->|:{1,2}(?!\/\/)|\|)[ \t]{0,40}/y;
/** `"name": "DB_PASSWORD", "value": "…"`, `key="ApiKey" value="…"`, and the same as YAML on two lines. */
const VALUE_FIELD =
  /\\{0,7}["'`]?[ \t]{0,4},?\s{0,40}\\{0,7}["'`]?value\\{0,7}["'`]?[ \t]{0,4}[:=][ \t]{0,8}/iy;
/** `<password>…</password>`. */
const ELEMENT = /(?:[ \t][^<>\n]{0,80})?>\s{0,20}([^<\n]{1,512})/y;
/** `<property name="password">…</property>`. */
const QUOTED_ELEMENT = /["']\s{0,4}>([^<\s][^<\n]{0,511})(?=<)/y;
/** `setPassword("…")`. */
const CALL = /\(\s{0,4}(?=\\{0,7}["'`])/y;
const OPTION = /[ \t=]{1,4}/y;
/** `password for the db is`, `token was changed to`, `пароль это`. */
const SENTENCE =
  /(?:[ \t]{1,4}(?:for|of|to|on|in|at)(?:[ \t]{1,4}[\w.@/'-]{1,40}){1,5}?)?[ \t]{0,4}(?:(?:[ \t,]|\bnow\b|\bwhich\b|\bthat\b|\bstill\b){0,4}(?:\b(?:is|was|are|be|becomes|equals|changed to|set to|reset to|ist|lautet|es|est|to|becomes)\b)|:|=)[ \t]*(?:now|still|set to|just|temporarily|currently|changed to)?[ \t:=]{0,4}/iy;
const SPACE = /[ \t]{1,4}\(?/y;
/** A form: the label on one line, what was filled in on the next. */
const NEXT_LINE =
  /[ \t]{0,4}[:*?]{0,3}[ \t]{0,4}\r?\n[ \t]{0,8}(?=[^\s:=]{6,100}[ \t]*(?:\r?\n|$))/y;
const BLOCK_SCALAR = /[|>][+-]?[ \t]*\r?\n[ \t]{1,40}/y;
/** What nginx passes requests to; `PROXY_PASS=…` is somebody's password all the same. */
const PASSES_REQUESTS = /^(?:proxy|fastcgi|uwsgi|scgi|grpc|memcached)_pass$/;
const SCHEME = /(?:bearer|basic|token|apikey|api-key|digest|bot|negotiate)[ \t:]+/iy;

function valueAfter(text: string, name: Name, said: NameMeaning): Value | undefined {
  const isOption = text[name.start] === '-' || text[name.start - 1] === '-';
  // `--token` is nothing of a parser's.
  const meaning: NameMeaning =
    isOption && said.strength === 'token' ? { ...said, strength: 'key' } : said;
  if (text[name.start - 1] === '<' || text[name.start - 1] === ':') {
    const element = matchAt(ELEMENT, text, name.end);
    if (element?.[1]) {
      const end = name.end + element[0].trimEnd().length;
      const start = name.end + element[0].length - element[1].length;
      return judged(text, { start, end, quoted: true }, meaning, true);
    }
  }
  const content = matchAt(QUOTED_ELEMENT, text, name.end);
  if (content?.[1]) {
    const end = name.end + content[0].length;
    return judged(text, { start: end - content[1].length, end, quoted: true }, meaning, true);
  }
  const field = matchAt(VALUE_FIELD, text, name.end);
  if (field) return judged(text, valueAt(text, name.end + field[0].length), meaning, true);

  const sign = matchAt(SIGN, text, name.end);
  if (sign) return afterSign(text, name, name.end + sign[0].length, meaning, sign[0]);

  const call = matchAt(CALL, text, name.end);
  if (call) return judged(text, valueAt(text, name.end + call[0].length), meaning, true);

  const option = isOption ? matchAt(OPTION, text, name.end) : null;
  if (option && text[name.end + option[0].length] !== '-') {
    return judged(text, valueAt(text, name.end + option[0].length), meaning, true);
  }
  if (PASSES_REQUESTS.test(text.slice(name.start, name.end))) return undefined;
  const sentence =
    matchAt(SENTENCE, text, name.end) ??
    matchAt(NEXT_LINE, text, name.end) ??
    matchAt(SPACE, text, name.end);
  if (!sentence) return undefined;
  const value = valueAt(text, name.end + sentence[0].length);
  return judged(text, value, meaning, value !== undefined && isSetting(text, name, value));
}

/** `requirepass …`: a line of its own in a file of settings, not a sentence. */
function isSetting(text: string, name: Name, value: Value): boolean {
  const begins = /(?:^|\n)[ \t]*(?:[A-Z]+[ \t])?$/.test(
    text.slice(Math.max(0, name.start - 24), name.start),
  );
  const ends = /^[ \t]*(?:$|\r?\n)/.test(text.slice(value.end, value.end + 8));
  return begins && ends && /[0-9]/.test(text.slice(value.start, value.end));
}

function afterSign(
  text: string,
  name: Name,
  from: number,
  meaning: NameMeaning,
  sign: string,
): Value | undefined {
  const block = matchAt(BLOCK_SCALAR, text, from);
  const scheme = matchAt(SCHEME, text, from);
  const at = from + (block?.[0].length ?? scheme?.[0].length ?? 0);
  const value = valueAt(text, at);
  if (!value) return undefined;
  // `'proxy_pass|keepalive'` looks for either word; a table has spaces, or a password behind its bar.
  if (sign === '|' && !looksLikePassword(firstChoice(text, value))) return undefined;
  const colon = sign.includes(':') && !sign.includes('=') && !/["'`]/.test(sign);
  // `Password: authentication failed` is a sentence; a field has its line, or its comma, to itself.
  const sure =
    !colon ||
    value.quoted ||
    (standsAlone(text, name, value) && !(meaning.kind !== 'password' && isProse(text, value)));
  return judged(text, value, meaning, sure);
}

/** `module.signing_key: Refreshing state…`. */
function isProse(text: string, value: Value): boolean {
  const word = text.slice(value.start, value.end);
  return /^[A-Z]?[a-z]+$/.test(word) && /^ [a-z]/.test(text.slice(value.end, value.end + 2));
}

function firstChoice(text: string, value: Value): string {
  return text.slice(value.start, value.end).split('|', 1)[0] ?? '';
}

function standsAlone(text: string, name: Name, value: Value): boolean {
  const rest = text.slice(value.end, value.end + 12);
  if (/^[,;)\]}.]?[ \t]*(?:$|\r?\n|\\n|#|\/\/|<\/)/.test(rest)) return true;
  return /^[,;] ?/.test(rest) || name.start - 1 < 0;
}

function judged(
  text: string,
  value: Value | undefined,
  meaning: NameMeaning,
  sure: boolean,
): Value | undefined {
  if (!value) return undefined;
  const whole = text.slice(value.start, value.end);
  if (!sure && /^(?:\w+=|--?[A-Za-z])/.test(whole)) return undefined;
  // What ends a sentence says nothing about the word before it.
  const word = sure || value.quoted ? whole : whole.replace(/[.,;:!?]+$/, '');
  const isSecret = isSecretValue(word, meaning, { quoted: value.quoted, sure });
  return isSecret ? wholeOf(text, value) : undefined;
}
