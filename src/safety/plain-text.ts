import { foldLookalikes, INVISIBLE } from './characters.ts';

/** Far above any report that people write; what is longer is a log, which has its own reader. */
const MOST_CHARACTERS = 200_000;
/** A run of one character says nothing more after this many: rulers of `=` and `-` stay as they are. */
const LONGEST_RUN = 120;

const LONE_SURROGATE = /\p{Cs}/gu;
const LINE_BREAK = /\r\n?|[\u0085\u2028\u2029]/g;
/** What follows ESC, which is the control character in front: colours, cursor moves, window titles. */
const TERMINAL_CODE =
  /[^\P{Cc}\n\t](?:\[[0-9;?]{0,32}[ -/]{0,4}[@-~]|\](?:\P{Cc}){0,256}(?:[^\P{Cc}\n\t]\\?))/gu;
const CONTROL = /[^\P{Cc}\n\t]/gu;
const RUN = new RegExp(`([^\\n])\\1{${LONGEST_RUN},}`, 'gu');
/** Letters of real languages carry up to three or four marks; piles of them slow normalisation down. */
const PILED_MARKS = /(\p{M}{8})\p{M}+/gu;

export type PlainTextOptions = { mostCharacters?: number };

/**
 * Text from anywhere as valid, visible characters: no lone surrogates, control, terminal or invisible
 * characters. Line breaks and tabs stay. For display and for prompts.
 */
export function plainText(text: string, options: PlainTextOptions = {}): string {
  const clean = cut(text, options.mostCharacters ?? MOST_CHARACTERS)
    .replace(LONE_SURROGATE, '\ufffd')
    .replace(LINE_BREAK, '\n')
    .replace(TERMINAL_CODE, '')
    .replace(CONTROL, '')
    .replace(INVISIBLE, '')
    .replace(PILED_MARKS, '$1');
  return clean;
}

/**
 * Text for matching, never for display: plain, compatibility forms folded, look-alike letters in mixed
 * words as Latin ones, long runs of one character shortened, spaces made single. Case stays, because
 * `KubeAPIDown` is read by its capitals.
 */
export function normalise(text: string, options: PlainTextOptions = {}): string {
  const most = options.mostCharacters ?? MOST_CHARACTERS;
  const plain = plainText(text, { mostCharacters: most }).replace(RUN, (run, first: string) =>
    run.slice(0, first.length * LONGEST_RUN),
  );
  // One character can become eighteen (U+FDFA), and some become invisible ones.
  const composed = cut(plain.normalize('NFKC'), most).replace(INVISIBLE, '');
  return foldLookalikes(composed)
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Both ends stay: reports begin with the point, logs end with it. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const half = Math.floor(most / 2);
  return `${text.slice(0, half)}\n${text.slice(-half)}`;
}
