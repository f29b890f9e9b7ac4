import type { Block, Page } from './page.ts';

const block = (kind: Block['kind'], text: string, line: number, heading = ''): Block => ({
  kind,
  text,
  line,
  level: kind === 'heading' ? 1 : 0,
  heading,
});

/** Text without structure: paragraphs are what blank lines part. */
export function readPlainText(text: string): Page {
  return { title: '', labels: { tags: [] }, blocks: paragraphs(text, 1), notes: [] };
}

/** A PDF's pages: each is a section of its own, and its number stands for the line. */
export function readPdfPages(pages: readonly string[], title: string): Page {
  const blocks = pages.flatMap((text, i) => {
    const page = i + 1;
    const found = paragraphs(text, 1).map((it) => ({ ...it, line: page }));
    return found.length === 0 ? [] : [block('heading', '', page, `Page ${page}`), ...found];
  });
  return { title, labels: { tags: [] }, blocks, notes: [] };
}

function paragraphs(text: string, firstLine: number): Block[] {
  const blocks: Block[] = [];
  let kept: string[] = [];
  let from = 0;
  const lines = text.split('\n');
  for (const [i, line] of [...lines, ''].entries()) {
    if (line.trim() !== '') {
      if (kept.length === 0) from = i;
      kept.push(line.trimEnd());
    } else if (kept.length > 0) {
      blocks.push(block('text', kept.join('\n'), firstLine + from));
      kept = [];
    }
  }
  return blocks;
}
