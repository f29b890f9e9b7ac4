import { normalise } from '../safety/index.ts';

/** One word of a text, as features see it. */
export type Token = {
  /** Lower-case, stemmed; numbers and identifiers by their class. */
  stem: string;
  /** As it stands in the text, for explanations. */
  surface: string;
};

/** Longer texts are read from both ends: reports begin with the point, logs end with it. */
const MOST_CHARACTERS = 12_000;
const MOST_TOKENS = 600;

const WORD = /\p{L}[\p{L}\p{M}]*|\p{N}+/gu;

export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of normalise(text, { mostCharacters: MOST_CHARACTERS }).matchAll(WORD)) {
    const surface = match[0];
    for (const part of splitCamelCase(surface)) {
      tokens.push({ stem: stem(part.toLowerCase()), surface: part });
    }
  }
  if (tokens.length <= MOST_TOKENS) return tokens;
  const half = MOST_TOKENS / 2;
  return [...tokens.slice(0, half), ...tokens.slice(-half)];
}

/** `KubeAPIDown` reads as kube, api, down. */
function splitCamelCase(word: string): string[] {
  return word
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .split(' ');
}

function stem(word: string): string {
  if (/^\p{N}/u.test(word)) return word.length <= 3 ? `#${word}` : '#long';
  if (word.length > 40) return word.slice(0, 40);
  if (word.length <= 4) return word.length === 4 && /[^s]s$/.test(word) ? word.slice(0, 3) : word;
  return word
    .replace(/(?:ies)$/, 'y')
    .replace(/(?:sses)$/, 'ss')
    .replace(/([^s])s$/, '$1')
    .replace(/(?:ing|ed)$/, '')
    .replace(/e$/, '');
}
