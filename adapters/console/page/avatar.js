import { el } from './dom.js';

/** Hues that keep white letters readable, by person. */
const HUES = 8;

export function avatar(author) {
  if (author.isBot) {
    return el('img', {
      class: 'avatar',
      src: '/console/assets/icon.svg',
      alt: '',
      width: 32,
      height: 32,
    });
  }
  let sum = 0;
  for (const letter of author.id) sum = (sum * 31 + letter.codePointAt(0)) % 9_973;
  return el(
    'span',
    { class: `avatar hue-${sum % HUES}`, 'aria-hidden': 'true' },
    initials(author.name),
  );
}

function initials(name) {
  const words = name.trim().split(/\s+/);
  const first = [...(words[0] ?? '')][0] ?? '?';
  const last = words.length > 1 ? ([...(words.at(-1) ?? '')][0] ?? '') : '';
  return (first + last).toLocaleUpperCase();
}
