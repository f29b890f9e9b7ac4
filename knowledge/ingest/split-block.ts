import type { Block } from './page.ts';
import { estimateTokens } from './token-estimate.ts';

type Part = Block & { tokens: number };

/** A table or a fence of code stays whole up to here; beyond, no model would take it in one piece. */
const WHOLE_FACTOR = 2;
const SENTENCE_END = /(?<=[.!?:;])\s+|\n/;
const LIST_ITEM = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)/;
/** Letters that can hardly be more than so many tokens, for text without any place to cut. */
const LETTERS_A_TOKEN = 2;

/** Cuts a piece that is too large where it hurts least: between items, rows, lines, sentences. */
export function cutBlock(block: Block, most: number): Part[] {
  const lines = block.text.split('\n');
  switch (block.kind) {
    case 'code':
      return cutCode(block, lines, most);
    case 'table':
      return cutTable(block, lines, most);
    case 'list':
      return pack(block, items(lines), most, (texts) => texts.join('\n'));
    default:
      return pack(block, sentences(lines), most, (texts) => texts.join(' '));
  }
}

type Bit = { text: string; offset: number };

function cutCode(block: Block, lines: readonly string[], most: number): Part[] {
  if (estimateTokens(block.text) <= most * WHOLE_FACTOR) return [whole(block)];
  const opening = lines[0] ?? '```';
  const fence = /`{3,}|~{3,}/.exec(opening)?.[0] ?? '```';
  const closed = lines.length > 1 && (lines.at(-1) ?? '').trim().startsWith(fence);
  const inner = closed ? lines.slice(1, -1) : lines.slice(1);
  const bits = inner.map((text, i) => ({ text, offset: i + 1 }));
  return pack(block, bits, most, (texts) => [opening, ...texts, fence].join('\n'));
}

function cutTable(block: Block, lines: readonly string[], most: number): Part[] {
  if (estimateTokens(block.text) <= most * WHOLE_FACTOR) return [whole(block)];
  const head = lines.slice(0, 2);
  const bits = lines.slice(2).map((text, i) => ({ text, offset: i + 2 }));
  return pack(block, bits, most, (texts) => [...head, ...texts].join('\n'));
}

function items(lines: readonly string[]): Bit[] {
  const found: Bit[] = [];
  for (const [offset, line] of lines.entries()) {
    const last = found.at(-1);
    if (last === undefined || LIST_ITEM.test(line)) found.push({ text: line, offset });
    else last.text += `\n${line}`;
  }
  return found;
}

function sentences(lines: readonly string[]): Bit[] {
  return lines.flatMap((line, offset) =>
    line
      .split(SENTENCE_END)
      .filter((text) => text.trim() !== '')
      .map((text) => ({ text, offset })),
  );
}

/** As many bits together as fit; one that is too large by itself is cut by length. */
function pack(
  block: Block,
  bits: readonly Bit[],
  most: number,
  join: (texts: string[]) => string,
): Part[] {
  const parts: Part[] = [];
  let texts: string[] = [];
  let size = 0;
  let offset = 0;
  const close = () => {
    if (texts.length === 0) return;
    const text = join(texts);
    parts.push({ ...block, text, line: block.line + offset, tokens: estimateTokens(text) });
    texts = [];
    size = 0;
  };
  for (const bit of bits) {
    for (const text of byLength(bit.text, most)) {
      const tokens = estimateTokens(text);
      if (size + tokens > most) close();
      if (texts.length === 0) offset = bit.offset;
      texts.push(text);
      size += tokens;
    }
  }
  close();
  return parts.length === 0 ? [whole(block)] : parts;
}

function byLength(text: string, most: number): string[] {
  if (text.length <= most * LETTERS_A_TOKEN || estimateTokens(text) <= most) return [text];
  const parts: string[] = [];
  const length = most * LETTERS_A_TOKEN;
  for (let at = 0; at < text.length; ) {
    const blank = text.lastIndexOf(' ', at + length);
    const to = at + length >= text.length || blank <= at ? at + length : blank;
    parts.push(text.slice(at, to).trim());
    at = to;
  }
  return parts.filter((part) => part !== '');
}

function whole(block: Block): Part {
  return { ...block, tokens: estimateTokens(block.text) };
}
