import { isDigit, isLetter } from '../characters.ts';
import { createTimeCursor } from './time-cursor.ts';

/** What the scanner found; one object is reused, because it is asked for every line. */
export type FoundTime = {
  /** One past the last character. */
  end: number;
  ms: number;
  /** Equal for stamps that are written in the same way. */
  kind: number;
};

const MONTHS = 'janfebmaraprmayjunjulaugsepoctnovdec';
const WEEKDAYS = 'sunmontuewedthufrisat';

/** Ways to write a time; `date` alone marks a header, but another stamp behind it is the better clock. */
const KIND = {
  iso: 1,
  date: 2,
  compact: 3,
  sixDigits: 4,
  slashed: 5,
  monthDay: 6,
  clock: 7,
  access: 8,
  syslog: 9,
  weekday: 10,
} as const;

export function createTimeScanner(assumedYear: number) {
  const found: FoundTime = { end: 0, ms: 0, kind: 0 };
  const cursor = createTimeCursor();

  function done(kind: number, year: number, month: number, day: number, time: number): boolean {
    if (month < 1 || month > 12 || day < 1 || day > 31) return false;
    found.kind = kind;
    found.ms = Date.UTC(year, month - 1, day) + time;
    found.end = cursor.at;
    return true;
  }

  function startsWithDigits(): boolean {
    const size = cursor.digits();
    const first = cursor.read;
    const next = cursor.text.charCodeAt(cursor.at);
    if (size === 4 && (next === 45 || next === 47 || next === 46)) {
      cursor.at++;
      const months = cursor.digits();
      const month = cursor.read;
      if (months < 1 || months > 2 || cursor.text.charCodeAt(cursor.at) !== next) return false;
      cursor.at++;
      const days = cursor.digits();
      if (days < 1 || days > 2) return false;
      const day = cursor.read;
      const time = cursor.timeAfterDate();
      return done(
        Number.isNaN(time) ? KIND.date : KIND.iso,
        first,
        month,
        day,
        Number.isNaN(time) ? 0 : time,
      );
    }
    if (size === 8 && first > 19_000_000 && first < 21_000_000) {
      const time = cursor.timeAfterDate();
      if (Number.isNaN(time)) return false;
      return done(
        KIND.compact,
        Math.floor(first / 10_000),
        Math.floor(first / 100) % 100,
        first % 100,
        time,
      );
    }
    if (size === 6 && next === 32) return sixDigits(first);
    if (size < 1 || size > 2) return false;
    if (next === 58) {
      cursor.at -= size;
      const time = cursor.clock();
      return time >= 0 && done(KIND.clock, assumedYear, 1, 1, time + cursor.zone());
    }
    if (next === 32 && isLetter(cursor.text.charCodeAt(cursor.at + 1))) return dayFirst(first);
    if (next !== 47 && next !== 45 && next !== 46) return false;
    cursor.at++;
    return shortDate(first, next);
  }

  /** `01 Jan 2024 00:00:00.123`. */
  function dayFirst(day: number): boolean {
    cursor.at++;
    const index = cursor.name(MONTHS);
    if (index < 0 || !cursor.spaces() || cursor.digits() !== 4) return false;
    const year = cursor.read;
    const time = cursor.timeAfterDate();
    return !Number.isNaN(time) && done(KIND.weekday, year, index + 1, day, time);
  }

  function sixDigits(first: number): boolean {
    cursor.at++;
    if (cursor.digits() !== 6) return false;
    const [hour, minute, second] = [
      Math.floor(cursor.read / 10_000),
      Math.floor(cursor.read / 100) % 100,
      cursor.read % 100,
    ];
    if (hour > 23 || minute > 59 || second > 60) return false;
    return done(
      KIND.sixDigits,
      2000 + Math.floor(first / 10_000),
      Math.floor(first / 100) % 100,
      first % 100,
      ((hour * 60 + minute) * 60 + second) * 1000,
    );
  }

  /** `17/06/09 …`, `03-17 …`, `10.30 …`, `09/06/2017 …`, `10/Oct/2000:…`. */
  function shortDate(first: number, separator: number): boolean {
    if (isLetter(cursor.text.charCodeAt(cursor.at))) {
      const month = cursor.name(MONTHS) + 1;
      if (month < 1 || cursor.text.charCodeAt(cursor.at) !== separator) return false;
      cursor.at++;
      if (cursor.digits() !== 4) return false;
      const year = cursor.read;
      const time = cursor.timeAfterDate();
      return !Number.isNaN(time) && done(KIND.access, year, month, first, time);
    }
    const size = cursor.digits();
    if (size < 1 || size > 2) return false;
    const second = cursor.read;
    if (cursor.text.charCodeAt(cursor.at) !== separator) {
      const time = cursor.timeAfterDate();
      return !Number.isNaN(time) && done(KIND.monthDay, assumedYear, first, second, time);
    }
    cursor.at++;
    const lastSize = cursor.digits();
    const last = cursor.read;
    const time = cursor.timeAfterDate();
    if (Number.isNaN(time)) return false;
    if (lastSize === 4) {
      return first > 12
        ? done(KIND.slashed, last, second, first, time)
        : done(KIND.slashed, last, first, second, time);
    }
    return lastSize === 2 && done(KIND.slashed, 2000 + first, second, last, time);
  }

  /** `Jun 14 15:16:01`, `Jun 14 15:16:01 2005`, `Jun 14 2005 15:16:01`. */
  function month(kind: number): boolean {
    const index = cursor.name(MONTHS);
    if (index < 0 || !cursor.spaces()) return false;
    const days = cursor.digits();
    if (days < 1 || days > 2) return false;
    const day = cursor.read;
    if (cursor.text.charCodeAt(cursor.at) === 44) cursor.at++;
    if (!cursor.spaces()) return false;
    let year = assumedYear;
    const back = cursor.at;
    if (cursor.digits() === 4 && cursor.spaces()) year = cursor.read;
    else cursor.at = back;
    const time = cursor.clock();
    if (time < 0) return false;
    const end = cursor.at;
    if (year === assumedYear && cursor.text.charCodeAt(cursor.at) === 32) {
      cursor.at++;
      if (cursor.digits() === 4 && cursor.read > 1970 && cursor.read < 2100) year = cursor.read;
      else cursor.at = end;
    }
    return done(kind, year, index + 1, day, time + cursor.zone());
  }

  function weekday(): boolean {
    if (cursor.name(WEEKDAYS) < 0) return false;
    if (cursor.text.charCodeAt(cursor.at) === 44) cursor.at++;
    if (!cursor.spaces()) return false;
    if (isLetter(cursor.text.charCodeAt(cursor.at))) return month(KIND.weekday);
    const days = cursor.digits();
    if (days < 1 || days > 2) return false;
    const day = cursor.read;
    if (!cursor.spaces()) return false;
    const index = cursor.name(MONTHS);
    if (index < 0 || !cursor.spaces() || cursor.digits() !== 4) return false;
    const year = cursor.read;
    const time = cursor.timeAfterDate();
    return !Number.isNaN(time) && done(KIND.weekday, year, index + 1, day, time);
  }

  /** The time written at `start`, or nothing. The answer is overwritten by the next call. */
  return function scan(line: string, start: number): FoundTime | undefined {
    cursor.text = line;
    cursor.at = start;
    const code = line.charCodeAt(start);
    let good = false;
    if (code >= 48 && code <= 57) good = startsWithDigits();
    else if (isLetter(code)) {
      good = month(KIND.syslog);
      if (!good) {
        cursor.at = start;
        good = weekday();
      }
    }
    if (!good) return undefined;
    // `10.251.30.6` or `1.2.3-beta` begin like a date and go on.
    const next = line.charCodeAt(found.end);
    return isDigit(next) || isLetter(next) || next === 95 ? undefined : found;
  };
}

export type TimeScanner = ReturnType<typeof createTimeScanner>;
