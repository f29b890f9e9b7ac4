import type { Detector, Finding } from './finding.ts';
import { looksLikePassword } from './randomness.ts';

/** `creds: admin/…`, `log in as root:…`, `credentials are admin and …`. */
const PAIR =
  /\b(?:creds?|credentials?|log(?:ged|ging)?[ -]?in|sign(?:ed|ing)?[ -]?in|logins?|ssh(?:ed)?(?:[ -]in)?|connect(?:ed)?|accounts?|user(?:name)?(?: and |\/)pass(?:word)?)(?:[ \t]+(?:are|is|as|with|using|to \S{1,60} as|for \S{1,60}(?: are| is)?)|[ \t]?[:=]){1,2}[ \t]*["'`]?[A-Za-z][\w.@-]{1,40}["'`]?(?:[ \t]?[/:|,][ \t]?|[ \t]and[ \t]|[ \t]with[ \t])["'`]?([^\s"'`]{6,100})/gi;
/** `the password leaked, it was …`. */
const LATER =
  /\b(?:passwords?|passwd|passwort|pwd|pw|passphrase|creds?|credentials?)\b[^\n]{1,60}?[ \t](?:is|was|it's|=|:)[ \t]+["'`]?([^\s"'`]{6,100})/gi;
/** `tried … as the password`, `… is the token`. */
const BEFORE_WORD =
  /(?<![^\s"'`(])([^\s"'`(]{6,200})["'`]?[ \t]+(?:as|is|was|for)[ \t]+(?:(?:the|a|an|my|our|your|his|her|their|its)[ \t]+)?(?:\w{1,20}[ \t]+){0,2}?(?:password|passphrase|passcode|passwd|pwd|pw|secret|token|api[ _-]?key)\b/gi;
/** `echo … | docker login --password-stdin`. */
const PIPED =
  /\b(?:echo|printf)[ \t]+(?:-\w[ \t]+)?["']?([^\s"'|]{4,200})["']?[ \t]*\|[^|\n]{0,120}?(?:--password-stdin|--with-token|--stdin|sudo -S|cryptsetup|kinit|smbpasswd|gh auth login)/g;

/** A user's name and the password beside it, and secrets that are named only afterwards. */
export const credentials: Detector = (text) => {
  const found: Finding[] = [];
  for (const pattern of [PAIR, LATER, BEFORE_WORD, PIPED]) {
    for (const match of text.matchAll(pattern)) {
      const word = (match[1] ?? '').replace(/[.,;:)\]]+$/, '');
      if (pattern !== PIPED && !isPassword(word)) continue;
      if (/^[$<{]/.test(word)) continue;
      const from = match.index + (pattern === BEFORE_WORD ? 0 : match[0].lastIndexOf(word));
      found.push({ start: from, end: from + word.length, kind: 'password' });
    }
  }
  return found;
};

/** Not a path, a host with a port, a version, a job's or a request's id. */
function isPassword(word: string): boolean {
  return (
    looksLikePassword(word) &&
    !/[/\\]|:[0-9]+$|^[0-9a-f-]+$|\.[a-z]{2,}|^v?[0-9]+\.|^[A-Za-z]+[-_#][0-9_-]+$|@[\w-]+\.|^[A-Za-z._-]+@|=/.test(
      word,
    )
  );
}
