/** How loud a line says it is; 0 when it does not say. */
export const LEVEL = {
  none: 0,
  debug: 1,
  info: 2,
  notice: 3,
  warn: 4,
  error: 5,
  fatal: 6,
} as const;
export type Level = (typeof LEVEL)[keyof typeof LEVEL];

export const LEVEL_NAMES = ['none', 'debug', 'info', 'notice', 'warn', 'error', 'fatal'] as const;

const WORDS = new Map<string, Level>([
  ['trace', LEVEL.debug],
  ['finest', LEVEL.debug],
  ['finer', LEVEL.debug],
  ['fine', LEVEL.debug],
  ['verbose', LEVEL.debug],
  ['debug', LEVEL.debug],
  ['dbg', LEVEL.debug],
  ['info', LEVEL.info],
  ['information', LEVEL.info],
  ['informational', LEVEL.info],
  ['inf', LEVEL.info],
  ['log', LEVEL.info],
  ['notice', LEVEL.notice],
  ['warn', LEVEL.warn],
  ['warning', LEVEL.warn],
  ['wrn', LEVEL.warn],
  ['error', LEVEL.error],
  ['err', LEVEL.error],
  ['severe', LEVEL.error],
  ['failure', LEVEL.error],
  ['critical', LEVEL.fatal],
  ['crit', LEVEL.fatal],
  ['fatal', LEVEL.fatal],
  ['alert', LEVEL.fatal],
  ['emerg', LEVEL.fatal],
  ['emergency', LEVEL.fatal],
  ['panic', LEVEL.fatal],
]);

const LETTERS = new Map<string, Level>([
  ['T', LEVEL.debug],
  ['V', LEVEL.debug],
  ['D', LEVEL.debug],
  ['I', LEVEL.info],
  ['N', LEVEL.notice],
  ['W', LEVEL.warn],
  ['E', LEVEL.error],
  ['F', LEVEL.fatal],
  ['C', LEVEL.fatal],
]);

const LONGEST = 13;
const seen = new Map<string, Level>();

/** The level that a word is, or 0. Single letters count as levels too: whoever asks knows the column. */
export function levelOf(word: string): Level {
  if (word.length === 0 || word.length > LONGEST) return LEVEL.none;
  const known = seen.get(word);
  if (known !== undefined) return known;
  const level = word.length === 1 ? LETTERS.get(word) : WORDS.get(word.toLowerCase());
  // Only spellings of real levels are remembered: their number is bounded.
  if (level !== undefined) seen.set(word, level);
  return level ?? LEVEL.none;
}

/** Numbers that bunyan and pino write instead of words. */
export function levelOfNumber(value: number): Level {
  if (value >= 60) return LEVEL.fatal;
  if (value >= 50) return LEVEL.error;
  if (value >= 40) return LEVEL.warn;
  if (value >= 30) return LEVEL.info;
  return value >= 10 ? LEVEL.debug : LEVEL.none;
}
