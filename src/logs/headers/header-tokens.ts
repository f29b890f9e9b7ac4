import { isDigit, isLetter, isSpace } from '../characters.ts';
import { LEVEL, type Level, levelOf } from './levels.ts';
import type { TimeScanner } from './time.ts';

/** What the start of a line is made of, before the message. */
export const TOKEN = {
  end: 0,
  time: 1,
  level: 2,
  number: 3,
  /** `-`, `|`, `:` standing alone, and the `stdout F` of container runtimes. */
  delimiter: 4,
  /** `[…]` or `(…)`, whatever is in it. */
  bracket: 5,
  /** A word that ends with a colon, or `name[123]:`. */
  tag: 6,
  word: 7,
} as const;

export type HeaderToken = {
  kind: number;
  start: number;
  end: number;
  /** Where the token behind it starts, or the end of the line. */
  next: number;
  /** Distinguishes stamps that are written differently, and delimiters. */
  detail: number;
  level: Level;
  ms: number;
};

/** A bracket that does not close within so many characters is text. */
const LONGEST_BRACKET = 300;
const LONGEST_WORD = 200;

/** From emergency to debug. */
const SYSLOG_LEVELS: readonly Level[] = [6, 6, 6, 5, 4, 3, 2, 1];

/** Scanners keep one token and overwrite it: they run several times a line. */
export function createHeaderTokens(scanTime: TimeScanner) {
  const token: HeaderToken = {
    kind: 0,
    start: 0,
    end: 0,
    next: 0,
    detail: 0,
    level: LEVEL.none,
    ms: 0,
  };

  function finish(line: string, kind: number, end: number): HeaderToken {
    token.kind = kind;
    token.end = end;
    let next = end;
    while (next < line.length && isSpace(line.charCodeAt(next))) next++;
    token.next = next;
    return token;
  }

  function time(line: string, at: number): boolean {
    const found = scanTime(line, at);
    if (!found) return false;
    token.ms = found.ms;
    token.detail = found.kind;
    const code = line.charCodeAt(found.end);
    token.end = code === 44 || code === 58 || code === 59 ? found.end + 1 : found.end;
    return true;
  }

  function bracket(line: string, start: number, close: number): HeaderToken | undefined {
    const open = line.charCodeAt(start);
    const limit = Math.min(line.length, start + LONGEST_BRACKET);
    if (time(line, start + 1) && line.charCodeAt(token.end) === close) {
      return finish(line, TOKEN.time, afterColon(line, token.end + 1));
    }
    let depth = 0;
    for (let at = start; at < limit; at++) {
      const code = line.charCodeAt(at);
      if (code === open) depth++;
      else if (code === close && --depth === 0) {
        const level = levelOf(line.slice(start + 1, at).trim());
        token.detail = open;
        token.level = level;
        const kind = level === LEVEL.none ? TOKEN.bracket : TOKEN.level;
        return finish(line, kind, afterColon(line, at + 1));
      }
    }
    return undefined;
  }

  function afterColon(line: string, at: number): number {
    return line.charCodeAt(at) === 58 && !(line.charCodeAt(at + 1) > 32) ? at + 1 : at;
  }

  function word(line: string, start: number): HeaderToken {
    const limit = Math.min(line.length, start + LONGEST_WORD);
    let at = start;
    let numeric = true;
    for (; at < limit; at++) {
      const code = line.charCodeAt(at);
      if (isSpace(code) || code === 124) break;
      if (code === 58 && at - start <= 13 && isLetter(line.charCodeAt(start))) {
        // `ERROR:root:text` is a level and more; `error: text` too, but `Error:` may be a word of the text.
        const level = levelOf(line.slice(start, at));
        if (level !== LEVEL.none && at - start > 1) {
          token.level = level;
          return finish(line, TOKEN.level, at + 1);
        }
      }
      if (!isDigit(code) && code !== 46) numeric = false;
    }
    if (numeric && at > start && isDigit(line.charCodeAt(start)))
      return finish(line, TOKEN.number, at);
    const last = line.charCodeAt(at - 1);
    const size = at - start;
    if (size <= 2 && !isLetter(line.charCodeAt(start)) && !isDigit(line.charCodeAt(start))) {
      token.detail = line.charCodeAt(start);
      return finish(line, TOKEN.delimiter, at);
    }
    const bare = last === 58 || last === 44 ? at - 1 : at;
    token.level = levelOf(line.slice(start, bare));
    if (token.level !== LEVEL.none) return finish(line, TOKEN.level, at);
    if (last === 58) return finish(line, TOKEN.tag, at);
    // `file.go:123]` closes the header that klog and glog write.
    if (last === 93 && !line.slice(start, at).includes('[')) return finish(line, TOKEN.tag, at);
    return finish(line, TOKEN.word, at);
  }

  /** RFC 5424: `<165>1 stamp host program pid id data text`; the severity is the priority's last three bits. */
  function structuredSyslog(line: string, start: number): boolean {
    const close = line.indexOf('>', start);
    if (close < start + 2 || close > start + 4 || line.charCodeAt(close + 2) !== 32) return false;
    if (!isDigit(line.charCodeAt(close + 1))) return false;
    const found = scanTime(line, close + 3);
    if (!found) return false;
    token.ms = found.ms;
    token.detail = 101;
    let at = found.end;
    for (let field = 0; field < 4; field++) {
      if (line.charCodeAt(at) !== 32) return false;
      at = wordEnd(line, at + 1);
    }
    if (line.charCodeAt(at) !== 32) return false;
    at++;
    if (line.charCodeAt(at) === 91) {
      while (line.charCodeAt(at) === 91) {
        const end = line.indexOf(']', at);
        if (end < 0) return false;
        at = end + 1;
      }
    } else at = wordEnd(line, at);
    token.level = SYSLOG_LEVELS[Number(line.slice(start + 1, close)) % 8] ?? LEVEL.none;
    finish(line, TOKEN.time, at);
    return true;
  }

  /** `I0102 15:04:05.678 …`: a level letter glued to month and day. */
  function glog(line: string, start: number): boolean {
    const level = levelOf(line.charAt(start));
    if (level === LEVEL.none || line.charCodeAt(start + 5) !== 32) return false;
    for (let i = 1; i <= 4; i++) if (!isDigit(line.charCodeAt(start + i))) return false;
    const date = `${line.slice(start + 1, start + 3)}-${line.slice(start + 3, start + 5)}`;
    const rest = line.slice(start + 5, start + 40);
    const found = scanTime(date + rest, 0);
    if (!found) return false;
    token.ms = found.ms;
    token.detail = 100;
    token.level = level;
    finish(line, TOKEN.time, start + found.end);
    return true;
  }

  /** The token at `start`, which is not a space. */
  return function next(line: string, start: number): HeaderToken {
    token.start = start;
    token.detail = 0;
    token.level = LEVEL.none;
    if (start >= line.length) return finish(line, TOKEN.end, line.length);
    const code = line.charCodeAt(start);
    if (code === 124) {
      token.detail = 124;
      return finish(line, TOKEN.delimiter, start + 1);
    }
    if (code === 91 || code === 40 || code === 60) {
      if (code === 60 && structuredSyslog(line, start)) return token;
      const close = code === 91 ? 93 : code === 40 ? 41 : 62;
      const found = bracket(line, start, close);
      if (found) return found;
    } else if (isDigit(code) || isLetter(code)) {
      if (time(line, start)) return finish(line, TOKEN.time, token.end);
      if (code <= 90 && code >= 65 && isDigit(line.charCodeAt(start + 1)) && glog(line, start)) {
        return token;
      }
      if (line.startsWith('std', start)) {
        const end = start + 8;
        const stream = line.slice(start, end);
        if (/^std(out|err) [FP]$/.test(stream)) {
          token.detail = 115;
          return finish(line, TOKEN.delimiter, end);
        }
      }
    }
    return word(line, start);
  };
}

function wordEnd(line: string, start: number): number {
  let at = start;
  while (at < line.length && !isSpace(line.charCodeAt(at))) at++;
  return at;
}

export type HeaderTokens = ReturnType<typeof createHeaderTokens>;
