import { type Detector, type Finding, matchAt } from './finding.ts';

const BEGIN = /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----/y;
const END = /-----END (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----/y;
/**
 * What stands between the lines of a key: breaks, real or escaped, with the quotes, `+`, pipes and indents
 * that JSON, source code and log prefixes add.
 */
const GLUE = /(?:\\+[nrt]|[\s"'|>+,\\])*/y;
const BASE64_LINE = /[A-Za-z0-9+/=]+/y;
const PEM_HEADER = /(?:Proc-Type|DEK-Info|Version|Comment|Hash|Charset): ?[^\n\\]{0,120}/y;
/** Shorter words may be prose after a key that was cut off. */
const SHORTEST_LINE = 16;

/** Private keys in PEM, OpenSSH, PGP and PuTTY form, whole or with their end or beginning cut off. */
export const privateKeys: Detector = (text) => [
  ...fromBegin(text),
  ...toEnd(text),
  ...withoutFrame(text),
  ...putty(text),
  ...jsonWebKeys(text),
];

function fromBegin(text: string): Finding[] {
  const found: Finding[] = [];
  for (let at = text.indexOf('-----BEGIN'); at >= 0; at = text.indexOf('-----BEGIN', at)) {
    const begin = matchAt(BEGIN, text, at);
    if (!begin) {
      at += 10;
      continue;
    }
    const end = keyBody(text, at + begin[0].length);
    const closing = matchAt(END, text, end.next);
    const stop = closing ? end.next + closing[0].length : end.last;
    found.push({ start: at, end: stop, kind: 'private-key' });
    at = stop;
  }
  return found;
}

/** Walks over the lines of a key; `last` is the end of the last line, `next` what follows the glue. */
function keyBody(text: string, from: number): { last: number; next: number } {
  let last = from;
  let next = from;
  for (;;) {
    next = last + (matchAt(GLUE, text, last)?.[0].length ?? 0);
    const header = matchAt(PEM_HEADER, text, next);
    const line = header ?? matchAt(BASE64_LINE, text, next);
    if (!line) return { last, next };
    const isShortLast = line[0].length < SHORTEST_LINE && !header;
    if (isShortLast && !endsKey(text, next, line[0], next - last > 0 && last > from)) {
      return { last, next };
    }
    last = next + line[0].length;
  }
}

/** The last line of a key, whole or cut off, and not the first word of what follows. */
function endsKey(text: string, at: number, line: string, afterLine: boolean): boolean {
  const end = at + line.length;
  if (line.endsWith('=')) return true;
  if (text.startsWith('-----END', end + (matchAt(GLUE, text, end)?.[0].length ?? 0))) return true;
  return (
    afterLine && /[0-9+/]|[a-z][A-Z]/.test(line) && /^\s*(?:$|\n)/.test(text.slice(end, end + 4))
  );
}

/** The end of a key whose beginning was cut off. */
function toEnd(text: string): Finding[] {
  const found: Finding[] = [];
  let floor = 0;
  for (let at = text.indexOf('-----END'); at >= 0; at = text.indexOf('-----END', at + 8)) {
    const end = matchAt(END, text, at);
    if (!end) continue;
    const from = walkBack(text, at, floor);
    floor = at + end[0].length;
    if (from < at) found.push({ start: from, end: floor, kind: 'private-key' });
  }
  return found;
}

function walkBack(text: string, at: number, floor: number): number {
  let start = at;
  let glue = at;
  for (;;) {
    while (glue > floor && /[\s"'|>+,\\]/.test(text[glue - 1] ?? '')) glue--;
    if (text[glue - 2] === '\\' && /[nrt]/.test(text[glue - 1] ?? '')) {
      glue -= 2;
      continue;
    }
    let line = glue;
    while (line > floor && /[A-Za-z0-9+/=]/.test(text[line - 1] ?? '')) {
      // In `…abc\nMIIE…` the n belongs to the break, not to the key.
      if (text[line - 2] === '\\' && /[nrt]/.test(text[line - 1] ?? '')) break;
      line--;
    }
    const length = glue - line;
    if (length === 0) return start;
    // The first line may be the rest of one that was cut in the middle: it has its line to itself.
    if (length < SHORTEST_LINE && start !== at) {
      return line === 0 || text[line - 1] === '\n' ? line : start;
    }
    start = line;
    glue = line;
  }
}

/** What DER and OpenSSH keys begin with in base64, when the frame around them is missing. */
const BARE_KEY =
  /(?<![A-Za-z0-9+/=])(?:MII[A-Za-z0-9+/]{2}(?:IBAAK|gIBAAK|IBADAN|wIBADAN|AIBADAN)|MI(?:GHAgEAMB|GkAgEBBD)|MHcCAQEE|MC4CAQAw|b3BlbnNzaC1rZXktdjE)/g;

function withoutFrame(text: string): Finding[] {
  const found: Finding[] = [];
  for (const match of text.matchAll(BARE_KEY)) {
    if (match.index < (found.at(-1)?.end ?? 0)) continue;
    const { last } = keyBody(text, match.index);
    if (last - match.index >= 40)
      found.push({ start: match.index, end: last, kind: 'private-key' });
  }
  return found;
}

const PUTTY = /Private-Lines: ?[0-9]{1,3}/g;

function putty(text: string): Finding[] {
  return [...text.matchAll(PUTTY)].flatMap((match) => {
    const start = match.index + match[0].length;
    const { last } = keyBody(text, start);
    return last > start ? [{ start, end: last, kind: 'private-key' }] : [];
  });
}

/** The private members of a JSON Web Key; `n`, `e`, `x` and `y` are public. */
const JWK_MEMBER =
  /\\{0,3}"(?:d|p|q|dp|dq|qi|k)\\{0,3}"\s{0,4}:\s{0,4}\\{0,3}"([A-Za-z0-9_-]{40,1400})/g;

function jsonWebKeys(text: string): Finding[] {
  if (!text.includes('kty')) return [];
  return [...text.matchAll(JWK_MEMBER)].map((match) => {
    const end = match.index + match[0].length;
    return { start: end - (match[1] ?? '').length, end, kind: 'private-key' };
  });
}
