import { readFrontMatter } from './front-matter.ts';
import type { Block, Page } from './page.ts';

const ATX = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$/;
const SETEXT = /^ {0,3}(=+|-+)[ \t]*$/;
const FENCE = /^( {0,3})(`{3,}|~{3,})(.*)$/;
const LIST_ITEM = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)/;
const TABLE_RULE = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;
const RULER = /^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/;
const BLANK = /^\s*$/;
const INDENTED = /^(?: {2,}|\t)/;
const LONGEST_TITLE = 200;
/** Longer lines are no headings, rulers or table rules, and would cost these expressions too much time. */
const LONGEST_MARK = 1_000;

/** Markdown as pieces that stay together, each with the line it starts at. */
export function readMarkdown(text: string): Page {
  const { labels, body, skipped, notes } = readFrontMatter(text);
  const blocks = readBlocks(withoutComments(body).split('\n'), skipped + 1);
  const title = labels.title ?? blocks.find(({ kind }) => kind === 'heading')?.heading ?? '';
  return { title: title.slice(0, LONGEST_TITLE), labels, blocks, notes };
}

/** What a reader of the page does not see is no knowledge. Lines stay where they are, to be opened. */
function withoutComments(text: string): string {
  const parts: string[] = [];
  let at = 0;
  for (;;) {
    const from = text.indexOf('<!--', at);
    const to = from < 0 ? -1 : text.indexOf('-->', from);
    if (to < 0) return parts.concat(text.slice(at)).join('');
    parts.push(text.slice(at, from), text.slice(from, to).replace(/[^\n]/g, ''));
    at = to + 3;
  }
}

function readBlocks(lines: readonly string[], firstLine: number): Block[] {
  const blocks: Block[] = [];
  let at = 0;
  const peek = (offset = 0) => lines[at + offset] ?? '';
  const isBlank = (line: string) => line.trim() === '';
  const isTableRule = (line: string) => line.length <= LONGEST_MARK && TABLE_RULE.test(line);
  const add = (kind: Block['kind'], from: number, level = 0, heading = '') => {
    const text = lines.slice(from, at).join('\n').trimEnd();
    if (text !== '') blocks.push({ kind, text, line: firstLine + from, level, heading });
  };

  /** To the end of a fence; one that nobody closes goes on to the end. */
  function skipFence(opening: RegExpExecArray): void {
    const closing = new RegExp(
      `^ {0,}${opening[2]?.charAt(0)}{${opening[2]?.length ?? 3},}[ \\t]*$`,
    );
    at++;
    while (at < lines.length && !closing.test(peek())) at++;
    at++;
  }

  /** A list goes on over blank lines as long as what follows is an item or belongs to one. */
  function skipList(): void {
    while (at < lines.length) {
      const fence = FENCE.exec(peek().trimStart());
      if (fence && INDENTED.test(peek())) {
        skipFence(fence);
        continue;
      }
      if (isBlank(peek())) {
        let ahead = 1;
        while (at + ahead < lines.length && isBlank(peek(ahead))) ahead++;
        const next = peek(ahead);
        if (!LIST_ITEM.test(next) && !INDENTED.test(next)) return;
        at += ahead;
        continue;
      }
      if (ATX.test(peek()) || (FENCE.test(peek()) && !INDENTED.test(peek()))) return;
      at++;
    }
  }

  while (at < lines.length) {
    const from = at;
    const line = peek().slice(0, LONGEST_MARK);
    const atx = ATX.exec(line);
    const fence = FENCE.exec(line);
    if (isBlank(line) || RULER.test(line)) {
      at++;
    } else if (atx) {
      at++;
      add('heading', from, atx[1]?.length ?? 1, plain(atx[2] ?? ''));
    } else if (fence) {
      skipFence(fence);
      add('code', from);
    } else if (line.includes('|') && isTableRule(peek(1))) {
      while (at < lines.length && peek().includes('|') && !isBlank(peek())) at++;
      add('table', from);
    } else if (LIST_ITEM.test(line)) {
      skipList();
      add('list', from);
    } else {
      at++;
      while (at < lines.length && goesOn(peek())) at++;
      const setext = SETEXT.exec(peek());
      if (setext && !isBlank(peek(-1))) {
        at++;
        const heading = plain(lines.slice(from, at - 1).join(' '));
        add('heading', from, setext[1]?.startsWith('=') ? 1 : 2, heading);
      } else add('text', from);
    }
  }
  return blocks;

  function goesOn(line: string): boolean {
    if (line.length > LONGEST_MARK) return true;
    return ![BLANK, ATX, FENCE, SETEXT, RULER, LIST_ITEM].some((mark) => mark.test(line));
  }
}

/** A heading as words: without emphasis, code marks, links and anchors. */
function plain(heading: string): string {
  return heading
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\s*\{[#.][^}]*\}\s*$/, '')
    .replace(/(\*\*|__|`)/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
