import { sentencesOf } from './sentences.ts';
import { type Words, wordsOf } from './words.ts';

/** The share of a sentence's words that its sources must have; the rest is how people join words. */
const LEAST_SHARE = 0.6;

/**
 * Whether the sources say what the sentence says: every number, name and command of it stands in them, most of
 * its words do, and it does not deny what the nearest sentence there asserts.
 */
export function isSupported(sentence: string, sources: readonly string[]): boolean {
  const claim = wordsOf(sentence);
  if (claim.soft.size + claim.hard.size === 0) return false;
  const whole = wordsOf(sources.join('\n'));
  const text = sources.join('\n').toLowerCase();
  for (const word of claim.hard) if (!whole.hard.has(word) && !text.includes(word)) return false;
  if (shareOf(claim, whole) < LEAST_SHARE) return false;
  const nearest = sources
    .flatMap(sentencesOf)
    .map((said) => wordsOf(said))
    .toSorted((a, b) => shareOf(claim, b) - shareOf(claim, a))[0];
  return nearest !== undefined && nearest.negated === claim.negated;
}

/** How much of `asked` stands in `text`. */
export function shareOf(asked: Words, text: Words): number {
  const all = asked.soft.size + asked.hard.size;
  if (all === 0) return 0;
  let found = 0;
  for (const word of asked.soft) if (text.soft.has(word)) found += 1;
  for (const word of asked.hard) if (text.hard.has(word)) found += 1;
  return found / all;
}
