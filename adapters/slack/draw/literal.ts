import type { PlainTextElement } from '@slack/types';

/**
 * Text of people, alerts and models is only ever put where Slack interprets nothing: text elements of rich
 * text, plain_text objects and raw table cells. Slack's markup ("mrkdwn") has no escape for `*_~` and backticks.
 */
export function plainText(text: string, limit: number): PlainTextElement {
  return { type: 'plain_text', text: shorten(mend(text), limit) || '–', emoji: false };
}

/** Without NUL, which Slack refuses, and without halves of surrogate pairs, which are not text. */
export function mend(text: string): string {
  return text.replaceAll('\u0000', '').replace(/\p{Surrogate}/gu, '\ufffd');
}

export function shorten(text: string, limit: number): string {
  return text.length <= limit ? text : `${cut(text, limit - 1)}…`;
}

/** At most `limit` units, never half a surrogate pair. */
export function cut(text: string, limit: number): string {
  const piece = text.slice(0, Math.max(0, limit));
  return /[\ud800-\udbff]$/.test(piece) ? piece.slice(0, -1) : piece;
}

/** Pieces of at most `limit`, cut at line ends or spaces where there are some in the last half. */
export function pieces(text: string, limit: number): string[] {
  const result: string[] = [];
  let rest = text;
  while (rest.length > limit) {
    const piece = cut(rest, limit);
    const end = Math.max(piece.lastIndexOf('\n'), piece.lastIndexOf(' ')) + 1;
    const taken = end > limit / 2 ? piece.slice(0, end) : piece;
    result.push(taken);
    rest = rest.slice(taken.length);
  }
  if (rest !== '') result.push(rest);
  return result;
}

/** The fallback for notifications and screen readers is markup: without these three nothing in it can be any. */
export function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
