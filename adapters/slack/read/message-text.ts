import { readMarkup } from './markup.ts';
import type { Attachment, SlackMessage } from './payloads.ts';

type Loose = Record<string, unknown>;

/**
 * All that a message says. What a person typed is in its text. Alerts (Alertmanager, Datadog, Grafana, Opsgenie,
 * PagerDuty, plain webhooks) are in attachments and blocks, often repeated in the text as a fallback.
 */
export function messageText(message: SlackMessage): string {
  const text = isBot(message) ? readFormatted(message.text ?? '') : readMarkup(message.text ?? '');
  const attachments = (message.attachments ?? []).filter(
    (each) => each.from_url === undefined || each.message_blocks !== undefined,
  );
  // The blocks of a person's message are its text in another form.
  const blocks = isBot(message) || text.trim() === '' ? blocksText(message.blocks) : '';
  return distinct([text, blocks, ...attachments.map(attachmentText)]);
}

function isBot({ bot_id }: SlackMessage): boolean {
  return bot_id !== undefined;
}

/** Bold, italic and struck words of a template. What a person typed with such signs may mean them. */
const EMPHASIS = /(^|[\s(>:|•])([*_~])(?=\S)([^*_~`\n]*[^*_~`\s])\2(?=$|[\s).,:;!?|])/gm;

/** As Markdown has it, which some tools send. */
const STRONG = /\*\*(?=\S)([^*\n]*\S)\*\*/g;
/** One word or so; what stands in a fence is log lines. */
const CODE = /(?<!`)`([^`\n]+)`(?!`)/g;

/** What a program wrote in Slack's markup, as people see it. */
function readFormatted(markup: string): string {
  return readMarkup(markup.replace(STRONG, '$1').replace(CODE, '$1').replace(EMPHASIS, '$1$3'));
}

function attachmentText(attachment: Attachment): string {
  const { pretext, title, title_link, text, fields, footer, author_name } = attachment;
  const heading = readMarkup(title ?? '');
  const parts = [
    readFormatted(pretext ?? ''),
    author_name ?? '',
    title_link !== undefined && heading !== '' ? `${heading} (${title_link})` : heading,
    readFormatted(text ?? ''),
    ...(fields ?? []).map((field) => {
      const value = readFormatted(field.value ?? '');
      return field.title && value !== '' ? `${readMarkup(field.title)}: ${value}` : value;
    }),
    blocksText(attachment.blocks),
    readMarkup(footer ?? ''),
  ];
  const said = distinct(parts);
  return said === '' ? readMarkup(attachment.fallback ?? '') : said;
}

/** Without the parts that another part says already. */
function distinct(parts: string[]): string {
  const kept: string[] = [];
  for (const part of parts.map((each) => each.trim())) {
    if (part === '' || kept.some((each) => squeezed(each).includes(squeezed(part)))) continue;
    const longer = kept.findIndex((each) => squeezed(part).includes(squeezed(each)));
    if (longer >= 0) kept.splice(longer, 1, part);
    else kept.push(part);
  }
  return kept.length === 1 && parts.length > 0 ? untrimmed(kept[0] ?? '', parts) : kept.join('\n');
}

/** A single part is kept as it was written, with its own white space. */
function untrimmed(kept: string, parts: string[]): string {
  return parts.find((part) => part.trim() === kept) ?? kept;
}

function squeezed(text: string): string {
  return text.replace(/[\s*_~`]+/g, ' ').toLowerCase();
}

function blocksText(blocks: readonly Loose[] | undefined): string {
  return (blocks ?? [])
    .map(blockText)
    .filter((text) => text.trim() !== '')
    .join('\n');
}

function blockText(block: Loose): string {
  switch (block.type) {
    case 'header':
    case 'section':
    case 'markdown':
    case 'alert':
      return [textOf(block.text), ...list(block.fields).map(textOf)].filter(Boolean).join('\n');
    case 'context':
      return list(block.elements).map(textOf).filter(Boolean).join(' ');
    case 'rich_text':
      return list(block.elements).map(richText).join('\n');
    case 'table':
    case 'data_table':
      return rows(block.rows);
    case 'image':
      return typeof block.alt_text === 'string' ? block.alt_text : '';
    default:
      return '';
  }
}

/** A text object, or the plain string that a Markdown block has. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (!isLoose(value) || typeof value.text !== 'string') return '';
  return value.type === 'mrkdwn' ? readFormatted(value.text) : value.text;
}

function richText(element: Loose): string {
  if (element.type === 'rich_text_list') return list(element.elements).map(richText).join('\n');
  return list(element.elements).map(richTextElement).join('');
}

function richTextElement(element: Loose): string {
  const string = (key: string) => (typeof element[key] === 'string' ? String(element[key]) : '');
  switch (element.type) {
    case 'link':
      return string('text') === '' ? string('url') : `${string('text')} (${string('url')})`;
    case 'user':
      return `@${string('user_id')}`;
    case 'usergroup':
      return `@${string('usergroup_id')}`;
    case 'channel':
      return `#${string('channel_id')}`;
    case 'broadcast':
      return `@${string('range')}`;
    case 'emoji':
      return `:${string('name')}:`;
    default:
      return string('text');
  }
}

function rows(value: unknown): string {
  if (!Array.isArray(value)) return '';
  return value
    .map((row) =>
      list(row)
        .map((cell) => (cell.type === 'rich_text' ? blockText(cell) : textOf(cell.text)))
        .join(' | '),
    )
    .join('\n');
}

function list(value: unknown): Loose[] {
  return Array.isArray(value) ? value.filter(isLoose) : [];
}

function isLoose(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
