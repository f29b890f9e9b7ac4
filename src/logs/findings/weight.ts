import { LEVEL } from '../headers/levels.ts';
import type { Kind } from './counts.ts';

/** How bad a kind of line is in itself, whatever its number: 0 is a detail, 4 the end of a process. */
export const WEIGHT = {
  detail: 0.5,
  info: 1,
  warning: 2,
  mutedError: 2.5,
  error: 3,
  fatal: 4,
} as const;

/** Words that tell of a failure where no level does, by their beginnings. */
const FATAL = ['panic', 'fatal', 'segfault', 'oom', 'outofmemory', 'emergency'];
const ERROR = [
  'error',
  'exception',
  'fail',
  'refus',
  'abort',
  'crash',
  'corrupt',
  'unreachable',
  'unavailable',
  'exhaust',
  'deadlock',
  'timeout',
  'denied',
  'broken',
  'killed',
  'traceback',
  'overflow',
  'exceeded',
  'cannot',
  'unable',
  'expired',
];

/** From what its writers said, else from the words of the text. */
export function weightOf(kind: Kind): number {
  const { levels } = kind;
  let lines = 0;
  let loudest = 0;
  for (let level = 0; level < levels.length; level++) {
    const count = levels[level] ?? 0;
    lines += count;
    if (count > 0 && level > loudest) loudest = level;
  }
  const often = (levels[loudest] ?? 0) * 2 >= lines;
  const said = often ? loudest : LEVEL.none;
  if (said === LEVEL.fatal) return WEIGHT.fatal;
  if (said === LEVEL.error) return WEIGHT.error;
  const words = weightOfWords(kind.parts);
  // A failure that its writer only meant for debugging.
  if (said === LEVEL.debug) return Math.min(words, WEIGHT.mutedError);
  if (said === LEVEL.warn) return Math.max(words, WEIGHT.warning);
  return words;
}

function weightOfWords(parts: readonly string[]): number {
  let weight: number = WEIGHT.info;
  for (const part of parts) {
    for (const word of part.toLowerCase().split(/[^a-z]+/)) {
      if (word.length < 3) continue;
      if (FATAL.some((start) => word.startsWith(start))) return WEIGHT.fatal;
      if (ERROR.some((start) => word.startsWith(start) || word.endsWith(start))) {
        weight = WEIGHT.error;
      }
    }
  }
  return weight;
}

export function isErrorWeight(weight: number): boolean {
  return weight >= WEIGHT.mutedError;
}
