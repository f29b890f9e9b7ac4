import { isSpace } from '../characters.ts';
import { type Level, levelOf } from '../headers/levels.ts';

type Target = { text: string; start: number; end: number; level: Level; ms: number };

const TIME = new Set(['time', 'ts', 't', 'timestamp']);
const LEVELS = new Set(['level', 'lvl', 'severity']);
const MESSAGE = new Set(['msg', 'message']);

/** `time=… level=info msg="…" key=value`, told by how it begins. */
export function isLogfmt(line: string): boolean {
  const equals = line.indexOf('=');
  if (equals < 1 || equals > 12) return false;
  const key = line.slice(0, equals);
  return TIME.has(key) || LEVELS.has(key) || MESSAGE.has(key);
}

/** The message comes first in the text, the other pairs follow; time and level leave it. */
export function readLogfmt(line: string, target: Target): boolean {
  let message: string | undefined;
  let pairs = '';
  let level: Level = 0;
  let ms = Number.NaN;
  for (let at = 0; at < line.length; ) {
    while (at < line.length && isSpace(line.charCodeAt(at))) at++;
    const equals = line.indexOf('=', at);
    if (equals < 0) {
      pairs += ` ${line.slice(at)}`;
      break;
    }
    const key = line.slice(at, equals);
    const end = valueEnd(line, equals + 1);
    const value = unquoted(line.slice(equals + 1, end));
    if (TIME.has(key) && Number.isNaN(ms)) ms = Date.parse(value);
    else if (LEVELS.has(key) && level === 0) level = levelOf(value);
    else if (MESSAGE.has(key) && message === undefined) message = value;
    else pairs += ` ${line.slice(at, end)}`;
    at = end;
  }
  if (message === undefined && level === 0) return false;
  target.text = `${message ?? ''}${pairs}`.trim();
  target.start = 0;
  target.end = target.text.length;
  target.level = level;
  target.ms = ms;
  return true;
}

function valueEnd(line: string, start: number): number {
  let at = start;
  if (line.charCodeAt(at) === 34) {
    for (at++; at < line.length && line.charCodeAt(at) !== 34; at++) {
      if (line.charCodeAt(at) === 92) at++;
    }
    return Math.min(line.length, at + 1);
  }
  while (at < line.length && !isSpace(line.charCodeAt(at))) at++;
  return at;
}

function unquoted(value: string): string {
  if (!value.startsWith('"')) return value;
  return value.slice(1, value.endsWith('"') ? -1 : undefined).replaceAll('\\"', '"');
}
