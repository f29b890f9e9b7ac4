import { continuesAnother, isIndented } from '../headers/continuation.ts';
import { LEVEL, type Level, levelOf, levelOfNumber } from '../headers/levels.ts';
import { createHeaderReader } from '../headers/reader.ts';
import { isLogfmt, readLogfmt } from './logfmt.ts';

/** One line as the analysis wants it. Overwritten by the next. */
export type LineRecord = {
  /** The line that holds the message: for JSON lines the message itself. */
  text: string;
  start: number;
  end: number;
  level: Level;
  ms: number;
  /** Belongs to the record before it. */
  continues: boolean;
  /** Has a stamp at its start, but no layout explains the line as a whole. */
  strange: boolean;
};

/** A layout must explain so many of the lines before lines without a header count as wrapped. */
const COVERS = 0.8;

/** Reads lines one by one: header, message, JSON, continuation. */
export function createRecordReader(assumedYear: number) {
  const headers = createHeaderReader(assumedYear);
  const json = createJsonReader();
  const record: LineRecord = {
    text: '',
    start: 0,
    end: 0,
    level: 0,
    ms: Number.NaN,
    continues: false,
    strange: false,
  };
  let wrapping = false;
  let any = false;

  /** A container runtime wraps the program's own line, header and all. */
  function readInner(): void {
    const header = headers.read(record.text);
    if (!header) return;
    record.start = header.message;
    if (header.level !== LEVEL.none) record.level = header.level;
    if (Number.isNaN(record.ms)) record.ms = header.ms;
  }

  function unwrapped(line: string): string {
    return line.charCodeAt(0) === 123 && json(line, record) ? record.text : line;
  }

  return {
    /** Learns how these lines are written; the first of a log also decide whether it has wrapped lines. */
    learn(lines: readonly string[], first: boolean): void {
      headers.learn(lines.map(unwrapped));
      if (!first) return;
      any = false;
      const own = lines.filter(
        (line) => line.trim() !== '' && !isIndented(line) && !continuesAnother(line),
      );
      const explained = own.filter(
        (line) => headers.read(line) !== undefined || line.startsWith('{'),
      );
      wrapping = own.length > 0 && explained.length >= own.length * COVERS;
    },
    read(line: string): LineRecord {
      record.text = line;
      record.end = line.length;
      record.continues = false;
      record.strange = false;
      const header = headers.read(line);
      record.start = header?.message ?? 0;
      record.level = header?.level ?? LEVEL.none;
      record.ms = header?.ms ?? Number.NaN;
      if (line.charCodeAt(record.start) === 123 && json(line, record)) {
        any = true;
        readInner();
      } else if (header && !header.complete) {
        any = true;
        record.strange = true;
      } else if (!header && isLogfmt(line) && readLogfmt(line, record)) any = true;
      else if (header) any = true;
      else if (headers.isStrange(line)) record.strange = true;
      else if (any && line.length > 0) {
        record.continues = continuesAnother(line) || (wrapping && line.trim() !== '');
      } else any = true;
      return record;
    },
    layouts: headers.layouts,
  };
}

const MESSAGE_KEYS = ['message', 'msg', 'log', 'event', 'error', 'text', '@message', 'body'];
const LEVEL_KEYS = ['level', 'severity', 'lvl', 'log.level', 'levelname', '@level', 'loglevel'];
const TIME_KEYS = ['time', 'timestamp', 'ts', '@timestamp', 'datetime', 'date', '@t'];

/** Lines that are JSON objects: the message, level and time by the names that loggers give them. */
function createJsonReader() {
  return function readJson(line: string, record: LineRecord): boolean {
    const text = record.start === 0 ? line : line.slice(record.start);
    if (!text.trimEnd().endsWith('}')) return false;
    let parsed: unknown;
    try {
      parsed = JSON.parse(text);
    } catch {
      return false;
    }
    const fields = parsed as Record<string, unknown>;
    const message = firstOf(fields, MESSAGE_KEYS);
    if (typeof message !== 'string') return false;
    record.text = message.trimEnd();
    record.start = 0;
    record.end = record.text.length;
    const level = firstOf(fields, LEVEL_KEYS);
    if (typeof level === 'string') record.level = levelOf(level);
    else if (typeof level === 'number') record.level = levelOfNumber(level);
    const time = firstOf(fields, TIME_KEYS);
    const ms =
      typeof time === 'number' ? (time < 3e10 ? time * 1000 : time) : Date.parse(String(time));
    if (!Number.isNaN(ms)) record.ms = ms;
    return true;
  };
}

function firstOf(fields: Record<string, unknown>, keys: readonly string[]): unknown {
  for (const key of keys) if (fields[key] !== undefined && fields[key] !== null) return fields[key];
  return undefined;
}
