import type { Detector, Finding } from './finding.ts';
import { looksLikePassword, looksRandom } from './randomness.ts';

/** With the ways in which a header's name and value are joined in code, JSON, maps and logs. */
const AUTHORIZATION =
  /(?:proxy-)?authorization\\{0,3}["']?\]?[ \t]{0,4}(?:[:=]>?|,)[ \t]{0,4}[[({]?\\{0,3}["']?(?:(bearer|basic|token|digest|negotiate|apikey|api-key|bot|hmac|splunk|snowflake|genie(?:key)?|aws4-hmac-sha256|sharedaccesssignature|sso-key|pve\w+|[a-z][a-z0-9-]{1,20}(?= [A-Za-z0-9+/=_.:-]{16}))[ \t]+)?([^\s"'\\,;)\]}]{4,4096})([^"'\\\n\]})]{0,2000})/gi;
const SCHEME =
  /(?<![A-Za-z0-9_-])(bearer|basic|genie(?:key)?)(?:[ \t]+|%20|\+|: ?)([A-Za-z0-9._~+/=:-]{8,4096})/gi;
/** `X-JFrog-Art-Api: …`: a header of somebody's API, whose value is no id of a request. */
const API_HEADER =
  /(?<![\w-])x-[a-z0-9-]{0,40}(?:api|auth)\\{0,3}["']?[ \t]{0,4}:[ \t]{0,4}\\{0,3}["']?([A-Za-z0-9+/=_.-]{16,512})/gi;
const COOKIES =
  /(?<![A-Za-z])(?:set-)?cookie2?\\{0,3}["']?[ \t]{0,4}[:=][ \t]{0,4}\\{0,3}["']?([^"'\r\n]{4,4096})/gi;
const CURL_COOKIE = /(?<![\w-])(?:-b|--cookie)[ =]["']?([^"'\r\n]{4,4096})/g;
const COOKIE = /(?<![\w.\-%])([\w.\-%]{1,80})=([^\s;,"']{6,4096})/g;
const COOKIE_ATTRIBUTE =
  /^(?:path|domain|expires|max-age|samesite|version|secure|httponly|priority|lang|locale|theme|consent|tz|timezone)$/i;

/** Credentials in HTTP headers, wherever headers get printed. */
export const headerSecrets: Detector = (text) => [
  ...authorization(text),
  ...schemes(text),
  ...apiHeaders(text),
  ...cookies(text, COOKIES),
  ...(text.includes('curl') ? cookies(text, CURL_COOKIE) : []),
];

function authorization(text: string): Finding[] {
  const found: Finding[] = [];
  for (const match of text.matchAll(AUTHORIZATION)) {
    const [whole, scheme, credential = '', rest = ''] = match;
    if (!scheme && !isCredential(credential)) continue;
    if (scheme && !/[0-9=._-]/.test(credential) && credential.length < 20) continue;
    const manyParts = /^(?:aws4|digest|hmac|pve|sharedaccess)/i.test(scheme ?? '');
    const end = match.index + whole.length - (manyParts ? 0 : rest.length);
    const start = match.index + whole.length - rest.length - credential.length;
    found.push({ start, end: Math.max(end, start), kind: kindOf(scheme) });
  }
  return found;
}

function schemes(text: string): Finding[] {
  const found: Finding[] = [];
  for (const match of text.matchAll(SCHEME)) {
    const [whole, scheme = '', raw = ''] = match;
    const credential = raw.replace(/[.:-]+$/, '');
    const isBasic = scheme.toLowerCase() === 'basic';
    if (isBasic ? !decodesToPair(credential) : !isBearer(credential)) continue;
    const start = match.index + whole.length - raw.length;
    found.push({ start, end: start + credential.length, kind: kindOf(scheme) });
  }
  return found;
}

function apiHeaders(text: string): Finding[] {
  return [...text.matchAll(API_HEADER)].flatMap((match) => {
    const value = match[1] ?? '';
    const end = match.index + match[0].length;
    return looksRandom(value) ? [{ start: end - value.length, end, kind: 'api-key' }] : [];
  });
}

function kindOf(scheme: string | undefined): string {
  const word = (scheme ?? '').toLowerCase();
  if (word === 'basic') return 'basic-auth';
  return word === 'bearer' ? 'bearer-token' : 'authorization';
}

function isCredential(word: string): boolean {
  return /[0-9]/.test(word) && /[A-Za-z]/.test(word) && word.length >= 8;
}

/** Not `bearer token`, `bearer authentication-required`. */
function isBearer(word: string): boolean {
  return /[0-9]/.test(word) && /[A-Za-z]/.test(word) ? true : /^[A-Za-z]{24,}$/.test(word);
}

function decodesToPair(word: string): boolean {
  if (!/^[A-Za-z0-9+/_-]{6,}={0,2}$/.test(word)) return false;
  return /^[\x20-\x7e]{1,200}:[\x20-\x7e]*$/.test(Buffer.from(word, 'base64').toString('latin1'));
}

function cookies(text: string, header: RegExp): Finding[] {
  const found: Finding[] = [];
  for (const match of text.matchAll(header)) {
    const line = match[1] ?? '';
    const from = match.index + match[0].length - line.length;
    for (const cookie of line.matchAll(COOKIE)) {
      const [pair, name = '', value = ''] = cookie;
      if (COOKIE_ATTRIBUTE.test(name) || !(looksLikePassword(value) || value.length >= 16))
        continue;
      const end = from + cookie.index + pair.length;
      found.push({ start: end - value.length, end, kind: 'cookie' });
    }
  }
  return found;
}
