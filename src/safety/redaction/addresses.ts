import { type Detector, type Finding, matchAt } from './finding.ts';
import { looksRandom } from './randomness.ts';

/** Up to the last `@` before the host: passwords in the wild hold unescaped `@` and `:`. */
const USERINFO =
  /:\/\/([^\s/'"<>`\\@:]{0,128})(?::((?:(?!:\/\/)[^\s'"<>`\\]){0,256}))?@(?=[A-Za-z0-9[{$%*(-])/y;
const USER_ALONE = /:\/\/([^\s/'"<>`\\@:?#]{16,255})@/y;
/** `user:password@tcp(host)` as Go writes it. */
const GO_DSN = /(?:^|[\s"'`=])[A-Za-z0-9_.-]{1,64}:([^\s"']{1,128})$/;
/** `scott/tiger@//host`, `scott/tiger@host:1521`. */
const ORACLE =
  /(?:jdbc:oracle:[a-z]{2,5}:|sqlplus[ \t]+(?:-[A-Za-z]+[ \t]+){0,3})["']?[A-Za-z0-9_$#]{1,30}\/([^\s@'"]{1,128})@/g;
/** `%2B` and `%3D` come with Azure's signatures. */
const QUERY =
  /[?&;](sig|code|X-Amz-Signature|X-Amz-Credential|X-Amz-Security-Token|Signature|X-Goog-Signature|Policy|auth|access_key|sign|hmac|ticket|jwt|sso|state)=([A-Za-z0-9%+/=_.~-]{16,4096})/gi;
const SENTRY_DSN = /:\/\/([0-9a-f]{32})(?::[0-9a-f]{32})?@/y;

/** Passwords, tokens and signatures inside addresses and connection strings. */
export const addressSecrets: Detector = (text) => {
  const found: Finding[] = [];
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
    found.push(...userinfo(text, at));
  }
  for (const host of ['@tcp(', '@tcp6(', '@unix(']) {
    for (let at = text.indexOf(host); at >= 0; at = text.indexOf(host, at + host.length)) {
      const password = GO_DSN.exec(text.slice(Math.max(0, at - 200), at))?.[1];
      if (password) found.push({ start: at - password.length, end: at, kind: 'url-password' });
    }
  }
  for (const match of text.matchAll(ORACLE)) {
    const end = match.index + match[0].length - 1;
    found.push({ start: end - (match[1] ?? '').length, end, kind: 'url-password' });
  }
  for (const match of text.matchAll(QUERY)) {
    const value = match[2] ?? '';
    const signed = /^(?:sig|x-|signature)/i.test(match[1] ?? '');
    if (!signed && !looksRandom(decoded(value))) continue;
    const end = match.index + match[0].length;
    found.push({ start: end - value.length, end, kind: 'url-signature' });
  }
  return found;
};

function userinfo(text: string, at: number): Finding[] {
  const sentry = matchAt(SENTRY_DSN, text, at);
  if (sentry) return [{ start: at + 3, end: at + sentry[0].length - 1, kind: 'sentry-dsn' }];
  const match = matchAt(USERINFO, text, at);
  if (match?.[2]) {
    const password = passwordEnd(match[2]);
    if (/^[*x.]+$|^[<{$%[]/.test(password)) return [];
    const start = at + 3 + (match[1] ?? '').length + 1;
    return [{ start, end: start + password.length, kind: 'url-password' }];
  }
  const alone = matchAt(USER_ALONE, text, at);
  if (alone?.[1] && looksRandom(alone[1])) {
    return [{ start: at + 3, end: at + 3 + alone[1].length, kind: 'url-token' }];
  }
  return [];
}

/**
 * A second address behind the first one (`http://a:1/ http…` cannot occur, but `http://h:80/x@y` can) has
 * a port and a path before its `@`.
 */
function passwordEnd(password: string): string {
  return /^[0-9]{1,5}[/?#]/.test(password) ? '' : password;
}

function decoded(value: string): string {
  return value.replace(/%[0-9A-Fa-f]{2}/g, '+');
}
