import { isSpace } from '../characters.ts';
import { type HeaderTokens, TOKEN } from './header-tokens.ts';
import type { Level } from './levels.ts';

/** One step through a header: a token of this kind stands here. */
export type Step = {
  kind: number;
  /** The kind may be anything: the column only lies before one that must be there. */
  loose: boolean;
  /** A line without it is not written in this layout; elsewhere the message just starts earlier. */
  must: boolean;
  /** Seconds or milliseconds since 1970, written as a number. */
  epoch: boolean;
  /** Which stamp or delimiter, where that tells layouts apart; 0 for any. */
  detail: number;
  /** Stands within the next few tokens rather than right here. */
  until: boolean;
};

export type Layout = {
  steps: readonly Step[];
  lines: number;
  /** No other layout starts the same way: the first that fits is the right one. */
  alone: boolean;
};

/** Where a line's message starts, and what its header said. Overwritten by the next line. */
export type Header = {
  message: number;
  level: Level;
  ms: number;
  /** The whole layout was there; else the message may start too early. */
  complete: boolean;
};

/** Tags of more words than one: `Microsoft Word[123]:`, `launchd[1] (com.example.agent):`. */
const TAG_WORDS = 4;

const STAMP_DATE = 2;

/** Follows the steps; false when the line is not written in this layout. */
export function applyLayout(
  layout: Layout,
  line: string,
  start: number,
  tokens: HeaderTokens,
  header: Header,
): boolean {
  let at = start;
  header.level = 0;
  header.ms = Number.NaN;
  header.complete = true;
  for (const step of layout.steps) {
    if (step.kind === TOKEN.tag || step.until) {
      const end = step.until
        ? delimiterEnd(line, at, step.detail, tokens)
        : tagEnd(line, at, tokens);
      if (end < 0) {
        header.complete = false;
        break;
      }
      at = end;
      continue;
    }
    const token = tokens(line, at);
    const fits =
      token.kind !== TOKEN.end &&
      (step.loose || token.kind === step.kind) &&
      (step.detail === 0 || token.detail === step.detail);
    if (!fits) {
      if (step.must) return false;
      header.complete = false;
      break;
    }
    if (token.kind === TOKEN.time && (token.detail !== STAMP_DATE || Number.isNaN(header.ms))) {
      header.ms = token.ms;
    }
    if (step.epoch) {
      const ms = epochMs(line, token.start, token.end);
      if (Number.isNaN(ms)) return false;
      if (Number.isNaN(header.ms)) header.ms = ms;
    }
    if (token.level !== 0 && (step.kind === TOKEN.level || step.kind === TOKEN.time)) {
      header.level = token.level;
    }
    at = token.next;
  }
  header.message = at;
  return true;
}

function tagEnd(line: string, start: number, tokens: HeaderTokens): number {
  let at = start;
  for (let i = 0; i < TAG_WORDS; i++) {
    const token = tokens(line, at);
    if (token.kind === TOKEN.end) return -1;
    if (token.kind === TOKEN.tag || line.charCodeAt(token.end - 1) === 58) return token.next;
    at = token.next;
  }
  return -1;
}

function delimiterEnd(line: string, start: number, detail: number, tokens: HeaderTokens): number {
  let at = start;
  for (let i = 0; i < TAG_WORDS; i++) {
    const token = tokens(line, at);
    if (token.kind === TOKEN.end) return -1;
    if (token.kind === TOKEN.delimiter && token.detail === detail) return token.next;
    at = token.next;
  }
  return -1;
}

/** Seconds, seconds with a fraction, or milliseconds, between 1995 and 2065; else NaN. */
export function epochMs(line: string, start: number, end: number): number {
  const size = end - start;
  if (size < 9 || size > 20) return Number.NaN;
  const value = Number(line.slice(start, end));
  if (value > 8e8 && value < 3e9) return value * 1000;
  return value > 8e11 && value < 3e12 ? value : Number.NaN;
}

export function skipSpaces(line: string, start: number): number {
  let at = start;
  while (at < line.length && isSpace(line.charCodeAt(at))) at++;
  return at;
}
