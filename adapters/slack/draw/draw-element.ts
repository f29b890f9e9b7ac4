import type { KnownBlock, RichTextElement } from '@slack/types';
import type { CardElement } from '../../../src/domain/card.ts';
import { CODE_BEGINNING, LIMITS, LONGEST_CODE } from '../limits.ts';
import type { DrawnFile, SlackBlock } from './blocks.ts';
import { chartLines, nativeChart } from './chart.ts';
import type { Control } from './controls.ts';
import { drawFacts } from './facts.ts';
import { drawSources, drawSteps } from './lists.ts';
import { cut, mend, plainText } from './literal.ts';
import {
  bold,
  elementsOf,
  emoji,
  preformatted,
  richTextBlocks,
  section,
  words,
} from './rich-text.ts';
import { nativeTable, tableLines } from './table.ts';

/** What drawing one card has come to so far. */
export type Pen = { newer: boolean; files: DrawnFile[]; charts: number; tables: number };

const TONES = {
  info: { emoji: 'information_source', word: 'Note: ' },
  warning: { emoji: 'warning', word: 'Warning: ' },
  error: { emoji: 'rotating_light', word: 'Problem: ' },
} as const;

export function drawElement(element: Exclude<CardElement, Control>, pen: Pen): SlackBlock[] {
  switch (element.kind) {
    case 'header':
      return drawHeader(element.text);
    case 'text':
      return richTextBlocks(section(elementsOf(element.text)));
    case 'code':
      return drawCode(element.text, pen);
    case 'notice': {
      const tone = TONES[element.tone];
      const elements = [emoji(tone.emoji), ...bold(` ${tone.word}`), ...elementsOf(element.text)];
      return richTextBlocks([{ type: 'rich_text_quote', elements }]);
    }
    case 'facts':
      return drawFacts(element);
    case 'confidence':
      return richTextBlocks(section(confidence(element)));
    case 'sources':
      return richTextBlocks(drawSources(element));
    case 'steps':
      return richTextBlocks(drawSteps(element));
    case 'table': {
      const native = pen.newer && pen.tables < LIMITS.tables ? nativeTable(element) : undefined;
      if (native === undefined)
        return drawLines(element.caption, tableLines(element), 'table', pen);
      pen.tables += 1;
      return [native];
    }
    case 'chart': {
      const native = pen.newer && pen.charts < LIMITS.charts ? nativeChart(element) : undefined;
      if (native === undefined) return drawLines(element.title, chartLines(element), 'chart', pen);
      pen.charts += 1;
      return [native];
    }
    case 'file':
      pen.files.push({ name: element.name, text: element.text });
      return richTextBlocks(
        section([emoji('page_facing_up'), ...words(' '), ...bold(element.name)]),
      );
    case 'context':
      return drawContext(element.text);
  }
}

function drawHeader(text: string): KnownBlock[] {
  const mended = mend(text).trim();
  if (mended === '') return [];
  if (mended.length > LIMITS.header) return richTextBlocks(section(bold(mended)));
  return [{ type: 'header', text: plainText(mended, LIMITS.header) }];
}

/** Never split: half a trace or half a script misleads. What is long is a file, with its beginning here. */
function drawCode(text: string, pen: Pen): KnownBlock[] {
  if (text.length <= LONGEST_CODE) return richTextBlocks(preformatted(text));
  const name = `code-${pen.files.length + 1}.txt`;
  pen.files.push({ name, text });
  const beginning = cut(text, CODE_BEGINNING);
  const end = beginning.lastIndexOf('\n');
  return richTextBlocks([
    ...preformatted(`${end > 0 ? beginning.slice(0, end) : beginning}\n…`),
    ...section([...words('The whole of it is in the file '), ...bold(name), ...words('.')]),
  ]);
}

function drawLines(title: string, lines: string, kind: string, pen: Pen): KnownBlock[] {
  const heading = richTextBlocks(section(bold(title)));
  if (lines.length > LONGEST_CODE) return [...heading, ...drawCode(lines, pen)];
  const [first] = heading;
  const drawn = preformatted(lines);
  if (first?.type === 'rich_text' && heading.length === 1) {
    return richTextBlocks([...first.elements, ...drawn]);
  }
  return [...heading, ...richTextBlocks(drawn.length > 0 ? drawn : section(words(`No ${kind}.`)))];
}

const BAR = 10;

function confidence(element: Extract<CardElement, { kind: 'confidence' }>): RichTextElement[] {
  const full = Math.round(element.probability * BAR);
  return [
    ...bold('Confidence: '),
    ...words(`${element.words} (${Math.round(element.probability * 100)} %) `),
    ...words('▰'.repeat(full) + '▱'.repeat(BAR - full)),
    ...(element.trackRecord ? words(`\n${element.trackRecord}`, { italic: true }) : []),
  ];
}

/** Small print knows only plain text or markup; with links in it, it becomes a line of rich text. */
function drawContext(text: Extract<CardElement, { kind: 'context' }>['text']): KnownBlock[] {
  if (typeof text !== 'string') return richTextBlocks(section(elementsOf(text)));
  const mended = mend(text).trim();
  if (mended === '') return [];
  if (mended.length > LIMITS.contextText) return richTextBlocks(section(words(mended)));
  return [{ type: 'context', elements: [plainText(mended, LIMITS.contextText)] }];
}
