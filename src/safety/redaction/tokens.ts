import { SECRET_WORD } from './assignments.ts';
import type { Detector, Finding } from './finding.ts';
import { isHex, isUuid, looksLikeKey, looksRandom, looksShuffled } from './randomness.ts';

/** These introduce secrets too, but only what looks random behind them is one. */
const NEAR_WORD = new RegExp(
  `${SECRET_WORD.source}|login|licen[cs]e|encrypt|signing|community|unseal|unlock`,
  'gi',
);
const TOKEN = /[A-Za-z0-9_+/=~.%!#$^&*@-]{8,}/g;
/** Further from the word than this, a token belongs to something else. */
const NEAR = 60;
const SHORTEST_KEY = 32;
/** Longer ones are files: pictures, certificates, bundles. */
const LONGEST_KEY = 512;
/** What these introduce is public, or only names something. */
const PUBLIC =
  /(?:sha(?:1|224|256|384|512)[-:=$ ]|ssh-(?:rsa|ed25519|dss) |ecdsa-sha2-\S{1,20} |fingerprint\W{1,4}|etag\W{1,4}|digest\W{1,4}|integrity\W{1,4}|checksum\W{1,4}|md5\W{1,4}|(?:request|trace|span|correlation|transaction|message|event|invocation|operation|upload|lease|version|cluster|session|instance|job|run|build|commit|image|x-amz-id-2|x-amz-request|x-amz-cf|cf-ray|amz)[-_ ]?(?:id|2|root)?["']?\W{1,4}|nonce\W{1,4}|cursor\W{1,4}|(?:page|next|starting|continuation|pagination|resume|sync)[-_]?(?:page)?[-_]?token\W{1,4}|base64,|\bh1:|arn:aws[a-z-]{0,12}:[\w:/.*-]{0,100}|certificate\W{1,24}|cert\W{1,4}|public[-_ ]?key\W{1,4})$/i;
/** Spring and the JVM make these at run time. */
const GENERATED_CLASS = /\$\$(?:EnhancerBy|FastClassBy|Lambda|SpringCGLIB)/;
const PUBLIC_TOKEN =
  /^(?:sha(?:1|256|384|512)-|SHA256:|AAAA[BCE]3Nza|AAAAE2VjZHNh|MII|LS0tLS1CRUdJTiBDRVJU|LS0tLS1CRUdJTiBQVUJM|iVBORw0KGgo|\/9j\/|R0lGOD|H4sI)/;

/** Tokens of unknown shape: near a word that says secret, or so random that they can be little else. */
export const unknownTokens: Detector = (text) => {
  const found: Finding[] = [];
  const wordEnds = [...text.matchAll(NEAR_WORD)].map((match) => match.index + match[0].length);
  let next = 0;
  let nearest = -1;
  let accessKeyAt = -1000;
  for (const match of text.matchAll(TOKEN)) {
    const start = match.index;
    if (match[0].length > LONGEST_KEY) continue;
    if (/A[KS]IA[A-Z0-9]{12}/.test(match[0])) accessKeyAt = start;
    for (const piece of pieces(match[0])) {
      const at = start + piece.at;
      while ((wordEnds[next] ?? Infinity) <= at) nearest = wordEnds[next++] ?? -1;
      const near = nearest >= 0 && at - nearest <= NEAR && !text.slice(nearest, at).includes('\n');
      const paired = at - accessKeyAt < 250 && isAwsSecret(piece.token);
      const hidden = paired || (near && isLikely(piece.token)) || isCertain(piece.token);
      if (hidden && !isKnownPublic(text, piece.token, at)) {
        found.push({
          start: at,
          end: at + piece.token.length,
          kind: paired ? 'aws-secret-key' : 'unknown-token',
        });
      }
    }
  }
  return found;
};

/** A name and its sign in front of the token, a full stop behind it: `key=abc`, `it is abc.` */
function pieces(word: string): { token: string; at: number }[] {
  const found: { token: string; at: number }[] = [];
  let at = 0;
  for (const part of word.split(/(?<=[A-Za-z0-9_.-])=(?=[^=])|[&?]|%(?:3[dD]|26|20|22|0[aA])/)) {
    const from = word.indexOf(part, at);
    at = from + part.length;
    const token = part.replace(/^[^A-Za-z0-9]+|[.,!?%]+$/g, '');
    if (token.length >= 8) found.push({ token, at: from + part.indexOf(token) });
  }
  return found;
}

function isKnownPublic(text: string, token: string, at: number): boolean {
  return (
    isUuid(token) ||
    isHex(token) ||
    GENERATED_CLASS.test(token) ||
    PUBLIC_TOKEN.test(token) ||
    PUBLIC.test(text.slice(Math.max(0, at - 120), at))
  );
}

/** Near a word that says secret: random letters, or a password's mixture of letters, digits and signs. */
function isLikely(token: string): boolean {
  if (isPathOrName(token)) return false;
  if (token.length >= 16 && looksRandom(token)) return true;
  // The digits and letters of `%3A` are nobody's.
  const plain = token.replace(/%[0-9A-F]{2}/g, '-');
  return (
    token.length <= 40 &&
    /[a-z]/.test(plain) &&
    /[A-Z]/.test(plain) &&
    /[0-9]/.test(plain) &&
    /[!#$%^&*+~]/.test(plain)
  );
}

function isCertain(token: string): boolean {
  return (
    token.length >= SHORTEST_KEY &&
    !isPathOrName(token) &&
    (looksLikeKey(token) || token.split(/[-_.]/).some(isLongKey)) &&
    !isEncodedText(token)
  );
}

/** What follows a vendor's prefix: `acme_live_…`. */
function isLongKey(part: string): boolean {
  return part.length >= 24 && (looksLikeKey(part) || looksShuffled(part));
}

/** Forty characters of base64, as Amazon's secret keys have it, are a secret next to a key id. */
function isAwsSecret(token: string): boolean {
  return token.length === 40 && /^[A-Za-z0-9/+]+$/.test(token) && looksLikeKey(token);
}

/** Parts that are words, numbers or short: paths, hosts, class names, names of pods and images. */
function isPathOrName(token: string): boolean {
  const parts = token.split(/[/._:@-]/).filter((part) => part !== '');
  // Base64 has a slash now and then; a path has one every few letters, and words between them.
  if (!/[._:@-]/.test(token) && parts.length <= token.length / 8 && looksLikeKey(token))
    return false;
  return parts.every((part) => part.length < 16 || !isDrawn(part)) && parts.length > 1;
}

function isDrawn(part: string): boolean {
  return looksRandom(part) || looksShuffled(part);
}

/** Base64 of readable text hides nothing but that text, which has its own look. */
function isEncodedText(token: string): boolean {
  const text = decodedText(token);
  return text !== undefined;
}

export function decodedText(token: string): string | undefined {
  if (token.length < 16 || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(token)) return undefined;
  const text = Buffer.from(token, 'base64').toString('utf8');
  return /^[\t\n\r\x20-\x7e\u00a0-\ufffc]{8,}$/.test(text) ? text : undefined;
}
