import type {
  RichTextBlock,
  RichTextBlockElement,
  RichTextElement,
  RichTextPreformatted,
  RichTextSection,
} from '@slack/types';
import type { RichText, Span } from '../../../src/domain/card.ts';
import { LIMITS } from '../limits.ts';
import { cut, mend, pieces } from './literal.ts';

type Style = { bold?: boolean; italic?: boolean; code?: boolean };

/** Literal text; nothing when there is none, because Slack refuses empty elements. */
export function words(text: string, style?: Style): RichTextElement[] {
  const mended = mend(text);
  if (mended === '') return [];
  return [{ type: 'text', text: mended, ...(style === undefined ? {} : { style }) }];
}

export const bold = (text: string): RichTextElement[] => words(text, { bold: true });

export const emoji = (name: string): RichTextElement => ({ type: 'emoji', name });

export function section(elements: RichTextElement[]): RichTextSection[] {
  return elements.length === 0 ? [] : [{ type: 'rich_text_section', elements }];
}

export function preformatted(text: string): RichTextPreformatted[] {
  const mended = mend(text).replace(/\n+$/, '');
  if (mended === '') return [];
  return [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: mended }] }];
}

export function elementsOf(text: RichText): RichTextElement[] {
  return typeof text === 'string' ? words(text) : text.flatMap(spanElements);
}

function spanElements(span: Span): RichTextElement[] {
  if (typeof span === 'string') return words(span);
  if ('mention' in span) return mention(span.mention, span.label);
  if ('href' in span) return link(span.text, span.href);
  return words(span.text, { [span.style]: true });
}

const USER = /\b[UW][A-Z0-9]{2,}\b/;
const GROUP = /\bS[A-Z0-9]{2,}\b/;

/** Persons and groups by their ids; there is no mention of a whole channel, so nothing can become one. */
function mention(id: string, label: string): RichTextElement[] {
  const user = USER.exec(id)?.[0];
  if (user !== undefined) return [{ type: 'user', user_id: user }];
  const group = GROUP.exec(id)?.[0];
  if (group !== undefined) return [{ type: 'usergroup', usergroup_id: group }];
  return words(`@${label}`);
}

const ADDRESS = /(?:[a-z0-9-]+\.)+[a-z]{2,}/gi;

/** A title that names another host than the one it leads to is shown beside the link instead of on it. */
export function link(text: string, href: string): RichTextElement[] {
  const title = mend(text).trim();
  if (href.length > LIMITS.section) return words(title || href);
  const host = new URL(href).host.toLowerCase();
  const named: string[] = title.toLowerCase().match(ADDRESS) ?? [];
  const honest = named.every((name) => host === name || host.endsWith(`.${name}`));
  if (title === '' || title === href) return [{ type: 'link', url: href }];
  if (honest) return [{ type: 'link', url: href, text: title }];
  return [...words(`${title} (`), { type: 'link', url: href, text: host }, ...words(')')];
}

/** Rich text in blocks that are not too long; what is longer than one block alone is cut into several. */
export function richTextBlocks(elements: RichTextBlockElement[]): RichTextBlock[] {
  const blocks: RichTextBlock[] = [];
  let open: RichTextBlockElement[] = [];
  let size = 0;
  const close = () => {
    if (open.length > 0) blocks.push({ type: 'rich_text', elements: open });
    open = [];
    size = 0;
  };
  for (const element of elements.flatMap(splitElement)) {
    const length = lengthOf(element);
    if (size + length > LIMITS.section) close();
    open.push(element);
    size += length;
  }
  close();
  return blocks;
}

function splitElement(element: RichTextBlockElement): RichTextBlockElement[] {
  if (lengthOf(element) <= LIMITS.section) return [element];
  if (element.type === 'rich_text_list') return splitList(element);
  const parts: RichTextElement[][] = [[]];
  let size = 0;
  const inners: readonly RichTextElement[] = element.elements;
  for (const inner of inners.flatMap((each) => splitInner(each))) {
    const length = lengthOf(inner);
    if (size + length > LIMITS.section) {
      parts.push([]);
      size = 0;
    }
    parts.at(-1)?.push(inner);
    size += length;
  }
  return parts.map((elements) => ({ ...element, elements }) as RichTextBlockElement);
}

function splitList(
  list: Extract<RichTextBlockElement, { type: 'rich_text_list' }>,
): RichTextBlockElement[] {
  const items = list.elements.map((item) =>
    lengthOf(item) <= LIMITS.section ? item : { ...item, elements: shortened(item.elements) },
  );
  const lists: RichTextSection[][] = [[]];
  for (const item of items) {
    const open = lists.at(-1) ?? [];
    if (lengthOf(open) + lengthOf(item) > LIMITS.section) lists.push([item]);
    else open.push(item);
  }
  return lists.filter(({ length }) => length > 0).map((elements) => ({ ...list, elements }));
}

/** List items cannot go on in another block, so the last text of a too long one is cut. */
function shortened(elements: RichTextElement[]): RichTextElement[] {
  let left: number = LIMITS.section - 1;
  return elements.flatMap((element): RichTextElement[] => {
    if (element.type !== 'text') return [element];
    const text = cut(element.text, left);
    left -= text.length;
    if (text === element.text) return [element];
    return text === '' ? [] : [{ ...element, text: `${text}…` }];
  });
}

function splitInner(element: RichTextElement): RichTextElement[] {
  if (element.type !== 'text' || element.text.length <= LIMITS.section) return [element];
  return pieces(element.text, LIMITS.section).map(
    (text): RichTextElement => ({ ...element, text }),
  );
}

/** How many characters of text a drawing holds, wherever they are in it. */
export function lengthOf(drawn: unknown): number {
  if (Array.isArray(drawn)) return drawn.reduce<number>((sum, item) => sum + lengthOf(item), 0);
  if (drawn === null || typeof drawn !== 'object') return 0;
  return Object.entries(drawn).reduce((sum, [key, value]) => {
    if (typeof value === 'string') return sum + (SHOWN.has(key) ? value.length : 0);
    return sum + lengthOf(value);
  }, 0);
}

const SHOWN = new Set(['text', 'url', 'title', 'caption', 'label', 'name']);
