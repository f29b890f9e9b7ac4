type Loose = Record<string, unknown>;

/** What a reader sees of Slack's blocks: their texts as they appear, nothing interpreted but what Slack interprets. */
export function readBlocks(blocks: readonly unknown[]): string {
  return blocks.filter(isLoose).map(readBlock).join('\n');
}

function readBlock(block: Loose): string {
  switch (block.type) {
    case 'rich_text':
      return list(block.elements)
        .map((element) => list(element.elements).map(readRichText).join(''))
        .join('\n');
    case 'data_table':
      return [
        String(block.caption),
        ...(block.rows as Loose[][]).flat().map((cell) => String(cell.text)),
      ].join('\n');
    case 'data_visualization':
      return JSON.stringify([block.title, block.chart]);
    default:
      return [
        readText(block.text),
        ...list(block.fields).map(readText),
        ...list(block.elements).map(readText),
      ].join('\n');
  }
}

function readRichText(element: Loose): string {
  if (element.type === 'rich_text_section')
    return list(element.elements).map(readRichText).join('');
  if (element.type === 'link') return String(element.text ?? element.url);
  return typeof element.text === 'string' ? element.text : '';
}

/** Markup is read as Slack would show it, where ours is nothing but bold. */
function readText(value: unknown): string {
  if (!isLoose(value)) return '';
  const text = typeof value.text === 'string' ? value.text : readText(value.text);
  if (value.type !== 'mrkdwn') return text;
  return text.replaceAll('*', '').replaceAll('&lt;', '<').replaceAll('&gt;', '>');
}

function list(value: unknown): Loose[] {
  return Array.isArray(value) ? value.filter(isLoose) : [];
}

function isLoose(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
