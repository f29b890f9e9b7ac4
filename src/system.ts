import { randomBytes } from 'node:crypto';
import type { Clock } from './ports/clock.ts';
import type { Ids } from './ports/ids.ts';

export const systemClock: Clock = { now: () => new Date() };

/** Crockford's alphabet: no letters that read like digits. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** 48 bits of time, then 80 of chance, so ids sort by when they were made and never meet. */
export function createIds(clock: Clock, bytes: (size: number) => Buffer = randomBytes): Ids {
  return {
    next(prefix) {
      let id = '';
      let time = clock.now().getTime();
      for (let i = 0; i < 10; i++) {
        id = ALPHABET[time % 32] + id;
        time = Math.floor(time / 32);
      }
      for (const byte of bytes(16)) id += ALPHABET[byte % 32];
      return `${prefix}_${id}`;
    },
  };
}
