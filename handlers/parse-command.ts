import { COMMANDS, type CommandDefinition, type CommandName } from '../src/domain/commands.ts';
import { nearest } from '../src/domain/nearest.ts';

export type Parsed =
  | { kind: 'command'; name: CommandName; rest: string }
  | { kind: 'report'; text: string }
  /** It begins with what is no command, but nearly one. */
  | { kind: 'unknown'; word: string; nearest: string }
  /** A command that lacks what must follow it. */
  | { kind: 'incomplete'; usage: string };

const NAMES = COMMANDS.map(({ name }) => name);
/** What nobody would report in one word, but may well mistype. */
const ONE_WORD = /^[a-z]{2,12}$/;
const LONG_NAMES = NAMES.filter((name) => name.length >= 6);
const OTHER_WORDS = new Set(['revolve', 'statue', 'stratus']);
const LINES = /\n|```|^\s*[[{]|^\s*\S*\d{1,4}[-/:]\d{2}[-/:]\d{2}/;
const ONE_NAME = /^(off|<?[@!][\w^|.-]+>?)$/i;

export function parseCommand(written: string): Parsed {
  const text = written.trim();
  if (text === '') return { kind: 'command', name: 'help', rest: '' };
  const [first = ''] = text.split(/\s/, 1);
  const word = first.toLowerCase();
  const rest = text.slice(first.length).trim();
  const command = COMMANDS.find(({ name }) => name === word);
  if (!command) {
    const meant = rest === '' ? mistyped(word, NAMES) : mistypedBeforeMore(word);
    return meant === undefined
      ? { kind: 'report', text }
      : { kind: 'unknown', word: first, nearest: meant };
  }
  const needsWords = command.rest === 'words' || command.rest === 'a name';
  if (rest === '' && needsWords) return { kind: 'incomplete', usage: command.usage };
  return fits(command.rest, rest)
    ? { kind: 'command', name: command.name, rest }
    : { kind: 'report', text };
}

function mistyped(word: string, names: readonly string[]): string | undefined {
  return ONE_WORD.test(word) ? nearest(word, names) : undefined;
}

/** With more behind it, one slip is all there may be: "helm" and "postgres" begin reports, "reslove" does not. */
function mistypedBeforeMore(word: string): string | undefined {
  if (OTHER_WORDS.has(word)) return undefined;
  return LONG_NAMES.find((name) => !word.includes(name) && isOneSlip(word, name));
}

/** One letter too many, too few or another one, or two that changed places. */
function isOneSlip(word: string, name: string): boolean {
  const [shorter, longer] = word.length < name.length ? [word, name] : [name, word];
  const at = [...longer].findIndex((letter, index) => letter !== shorter[index]);
  if (at < 0 || longer.length - shorter.length > 1) return false;
  const rest = longer.slice(at + 1);
  if (shorter.length < longer.length) return rest === shorter.slice(at);
  const swapped = longer[at] === shorter[at + 1] && longer[at + 1] === shorter[at];
  return rest === shorter.slice(at + 1) || (swapped && rest.slice(1) === shorter.slice(at + 2));
}

function fits(expected: CommandDefinition['rest'], rest: string): boolean {
  switch (expected) {
    case 'nothing':
      return rest === '';
    case 'words':
    case 'maybe words':
      return true;
    case 'maybe off':
      return rest === '' || rest.toLowerCase() === 'off';
    case 'a name':
      return ONE_NAME.test(rest);
    case 'maybe lines':
      return rest === '' || LINES.test(rest);
  }
}
