import { el } from './dom.js';

const STYLES = { bold: 'strong', italic: 'em', code: 'code' };

/** Spans of a card. A plain string stays what it is: it never becomes a link or a mention. */
export function richText(text) {
  return typeof text === 'string' ? [text] : text.map(span);
}

export function plainText(text) {
  if (typeof text === 'string') return text;
  return text
    .map((s) => (typeof s === 'string' ? s : 'mention' in s ? `@${s.label}` : s.text))
    .join('');
}

function span(part) {
  if (typeof part === 'string') return part;
  if ('mention' in part) return el('span', { class: 'mention' }, `@${part.label}`);
  if ('href' in part) return link(part.href, part.text);
  return el(STYLES[part.style] ?? 'span', {}, part.text);
}

/** Opens elsewhere and hands nothing over; any scheme but the web's stays text. */
export function link(href, text) {
  const url = URL.canParse(href) ? new URL(href) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return text;
  return el(
    'a',
    { href: url.href, target: '_blank', rel: 'noopener noreferrer', title: url.href },
    text,
    el('span', { class: 'unseen' }, ' (opens in a new tab)'),
  );
}

/** Runbooks are Markdown: what stands between backticks in a passage of one is code. */
export function quotedText(text) {
  return text
    .split(/`([^`\n]+)`/)
    .map((part, at) => (at % 2 === 1 ? el('code', {}, part) : part))
    .filter((part) => part !== '');
}

const ADDRESS = /\bhttps?:\/\/[^\s<>"'`]+[^\s<>"'`.,:;!?)\]}]/g;

/** What a person wrote: as written, with the web addresses in it made to click. */
export function writtenText(text) {
  const parts = [];
  let from = 0;
  for (const { 0: address, index } of text.matchAll(ADDRESS)) {
    parts.push(text.slice(from, index), link(address, address));
    from = index + address.length;
  }
  return [...parts, text.slice(from)].filter((part) => part !== '');
}
