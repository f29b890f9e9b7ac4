import type { Passage } from '../ports/knowledge.ts';

const LONGEST_QUOTE = 220;

/** A passage as a card cites it: under which headings it stands, where it opens, how it begins. */
export function passageSource({ title, section, text, href }: Passage) {
  const quote = text
    .replace(/^#+ .*$/gm, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return {
    title: [title, ...section.filter((heading) => heading !== title)].join(' › '),
    ...(href === undefined ? {} : { href }),
    quote: quote.length > LONGEST_QUOTE ? `${quote.slice(0, LONGEST_QUOTE - 1)}…` : quote,
  };
}
