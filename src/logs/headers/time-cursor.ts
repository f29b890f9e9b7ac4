import { isDigit, isLetter } from '../characters.ts';

const DAY_MS = 86_400_000;

/** Reads the pieces of a written time, one after the other, from a place in a line. */
export function createTimeCursor() {
  /** `read` is the number that was read last. */
  const cursor = { text: '', at: 0, read: 0 };

  /** Reads a run of digits at `at`; answers how many. */
  function digits(): number {
    const from = cursor.at;
    cursor.read = 0;
    for (;;) {
      const digit = cursor.text.charCodeAt(cursor.at) - 48;
      if (!(digit >= 0 && digit <= 9) || cursor.at - from > 18) return cursor.at - from;
      cursor.read = cursor.read * 10 + digit;
      cursor.at++;
    }
  }

  function name(table: string): number {
    if (!isLetter(cursor.text.charCodeAt(cursor.at + 2))) return -1;
    const index = table.indexOf(cursor.text.slice(cursor.at, cursor.at + 3).toLowerCase());
    if (index < 0 || index % 3 !== 0) return -1;
    cursor.at += 3;
    return index / 3;
  }

  /** `hh:mm:ss` with fraction, or dots for colons; answers the milliseconds of the day, or -1. */
  function clock(): number {
    if (digits() > 2 || cursor.read > 24) return -1;
    const hour = cursor.read;
    const separator = cursor.text.charCodeAt(cursor.at);
    if (separator !== 58 && separator !== 46) return -1;
    cursor.at++;
    const minuteDigits = digits();
    if (minuteDigits < 1 || minuteDigits > 2 || cursor.read > 59) return -1;
    const minute = cursor.read;
    if (cursor.text.charCodeAt(cursor.at) !== separator) return -1;
    cursor.at++;
    const secondDigits = digits();
    if (secondDigits < 1 || secondDigits > 2 || cursor.read > 60) return -1;
    let ms = ((hour * 60 + minute) * 60 + cursor.read) * 1000;
    const point = cursor.text.charCodeAt(cursor.at);
    if (
      (point === 46 || point === 44 || point === 58) &&
      isDigit(cursor.text.charCodeAt(cursor.at + 1))
    ) {
      cursor.at++;
      const from = cursor.at;
      const size = digits();
      ms += Math.floor(Number(cursor.text.slice(from, from + Math.min(size, 3)).padEnd(3, '0')));
    }
    return ms + halfDay(hour);
  }

  function halfDay(hour: number): number {
    const start = cursor.text.charCodeAt(cursor.at) === 32 ? cursor.at + 1 : cursor.at;
    const letter = cursor.text.charCodeAt(start) | 32;
    if ((letter !== 97 && letter !== 112) || (cursor.text.charCodeAt(start + 1) | 32) !== 109)
      return 0;
    if (isLetter(cursor.text.charCodeAt(start + 2))) return 0;
    cursor.at = start + 2;
    if (letter === 112) return hour < 12 ? DAY_MS / 2 : 0;
    return hour === 12 ? -DAY_MS / 2 : 0;
  }

  /** `Z`, `+02:00`, ` +0000`, ` UTC`; answers what to add to come to UTC. */
  function zone(): number {
    let start = cursor.at;
    if (cursor.text.charCodeAt(start) === 32) start++;
    const code = cursor.text.charCodeAt(start);
    if (code === 90 && start === cursor.at) {
      cursor.at++;
      return 0;
    }
    if (cursor.text.startsWith('UTC', start) || cursor.text.startsWith('GMT', start)) {
      cursor.at = start + 3;
      return 0;
    }
    if (code !== 43 && code !== 45) return 0;
    const back = cursor.at;
    cursor.at = start + 1;
    const size = digits();
    let minutes: number;
    if (size === 4) minutes = Math.floor(cursor.read / 100) * 60 + (cursor.read % 100);
    else if (size === 2 && cursor.text.charCodeAt(cursor.at) === 58) {
      const hours = cursor.read;
      cursor.at++;
      if (digits() !== 2) return fail(back);
      minutes = hours * 60 + cursor.read;
    } else return fail(back);
    return (code === 43 ? -1 : 1) * minutes * 60_000;
  }

  function fail(back: number): number {
    cursor.at = back;
    return 0;
  }

  /** A time behind a date, after one of ` T-:_`, in UTC and so maybe of the day before; NaN without one. */
  function timeAfterDate(): number {
    const joint = cursor.text.charCodeAt(cursor.at);
    if (joint !== 32 && joint !== 84 && joint !== 45 && joint !== 58 && joint !== 95)
      return Number.NaN;
    const back = cursor.at;
    cursor.at++;
    const time = isDigit(cursor.text.charCodeAt(cursor.at)) ? clock() : -1;
    if (time < 0) {
      cursor.at = back;
      return Number.NaN;
    }
    return time + zone();
  }

  function spaces(): boolean {
    const from = cursor.at;
    while (cursor.text.charCodeAt(cursor.at) === 32) cursor.at++;
    return cursor.at > from;
  }

  return Object.assign(cursor, { digits, name, clock, zone, timeAfterDate, spaces });
}
