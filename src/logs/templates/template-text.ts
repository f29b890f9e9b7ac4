import { HOLE } from './shape.ts';

const WILDCARD = '<*>';

const LONGEST_TEMPLATE = 400;
const NO_SPACE_BEFORE = new Set([',', ';', ':', ')', ']', '}', '>', '=']);
const NO_SPACE_AFTER = new Set(['(', '[', '{', '<', '=']);

/** The parts as a line of text, spaced as people write. */
export function templateText(parts: readonly string[]): string {
  let text = '';
  let open = '';
  let glue = true;
  for (const part of parts) {
    const word = part === HOLE ? WILDCARD : part;
    const quote = word === '"' || word === "'";
    const closes = quote && open === word;
    if (!glue && !closes && !NO_SPACE_BEFORE.has(word)) text += ' ';
    text += word;
    if (quote) open = closes ? '' : word;
    glue = NO_SPACE_AFTER.has(word) || (quote && !closes);
  }
  return text.length > LONGEST_TEMPLATE ? `${text.slice(0, LONGEST_TEMPLATE)}…` : text;
}

/** Names a template by what it says: the same in every log, on every machine. */
export function templateId(parts: readonly string[]): string {
  let first = 0x811c9dc5 | 0;
  let second = 0x2545f491;
  for (const part of parts) {
    const word = part === HOLE ? WILDCARD : part;
    for (let i = 0; i < word.length; i++) {
      const code = word.charCodeAt(i);
      first = Math.imul(first ^ code, 16777619);
      second = Math.imul(second + code, 0x5bd1e995);
      second ^= second >>> 15;
    }
    first = Math.imul(first ^ 1, 16777619);
    second = Math.imul(second + 1, 0x5bd1e995);
  }
  const hex = (value: number, size: number) =>
    (value >>> 0).toString(16).padStart(8, '0').slice(-size);
  return `t${hex(first, 8)}${hex(second, 4)}`;
}

/** What a variable is called: the key before its `=` or `:`, else the word before it. */
export function variableName(parts: readonly string[], at: number): string {
  let before = at - 1;
  while (before >= 0 && /^[=:("'[{<]$/.test(parts[before] ?? '')) before--;
  const word = parts[before] ?? '';
  return /\p{L}/u.test(word) ? word : 'value';
}
