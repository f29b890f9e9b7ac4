import { plainText } from '../safety/index.ts';

const LONGEST = 100;

/** What was reported, as people recognise it: by its first words. */
export function reportWords(text: string): string {
  const letters = [...plainText(text).replace(/\s+/g, ' ').trim()];
  if (letters.length === 0) return 'an incident without words';
  const isLong = letters.length > LONGEST;
  return `“${letters.slice(0, isLong ? LONGEST - 1 : LONGEST).join('')}${isLong ? '…' : ''}”`;
}
