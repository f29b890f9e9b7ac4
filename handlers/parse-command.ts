import { COMMANDS, type CommandDefinition, type CommandName } from '../src/domain/commands.ts';
import { nearest } from '../src/domain/nearest.ts';

export type Parsed =
  | { kind: 'command'; name: CommandName; rest: string }
  | { kind: 'report'; text: string }
  /** One word that is no command, but nearly one. */
  | { kind: 'unknown'; word: string; nearest: string }
  /** A command that lacks what must follow it. */
  | { kind: 'incomplete'; usage: string };

const NAMES = COMMANDS.map(({ name }) => name);
/** What nobody would report in one word, but may well mistype. */
const ONE_WORD = /^[a-z]{2,12}$/;
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
    const meant = rest === '' && ONE_WORD.test(word) ? nearest(word, NAMES) : undefined;
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
