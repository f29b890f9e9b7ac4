import type { DataTableBlock, RawNumberElement, RawTextElement } from '@slack/types';
import type { CardElement } from '../../../src/domain/card.ts';
import { LIMITS } from '../limits.ts';
import { mend, shorten } from './literal.ts';

type Table = Extract<CardElement, { kind: 'table' }>;

/** Slack's own table, when this one fits into it. */
export function nativeTable(table: Table): DataTableBlock | undefined {
  const rows = [
    table.columns.map((column): RawTextElement => cell(column.label)),
    ...table.rows.map((row) =>
      table.columns.map((column, at) =>
        column.align === 'right' ? numberCell(row[at] ?? '') : cell(row[at] ?? ''),
      ),
    ),
  ];
  const characters = rows.flat().reduce((sum, { text }) => sum + text.length, 0);
  const fits =
    table.rows.length > 0 &&
    table.rows.length <= LIMITS.tableRows &&
    table.columns.length <= LIMITS.tableColumns &&
    characters <= LIMITS.tableCharacters;
  if (!fits) return undefined;
  const page_size = Math.min(table.rows.length, LIMITS.tablePage);
  return {
    type: 'data_table',
    caption: shorten(mend(table.caption), LIMITS.section) || 'Table',
    rows,
    page_size,
  };
}

function cell(text: string): RawTextElement {
  return { type: 'raw_text', text: mend(text) || '–' };
}

function numberCell(text: string): RawTextElement | RawNumberElement {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? { type: 'raw_number', value, text } : cell(text);
}

/** What a phone shows of a line in such a font, held sideways. */
const LINE = 60;
const GAP = 2;
/** A narrower column breaks nearly every word. */
const NARROWEST = 12;

/** In columns of equal width, for a font in which all letters are equally wide. What is too long goes on below. */
export function tableLines(table: Table): string {
  const rows = [table.columns.map(({ label }) => label), ...table.rows].map((row) =>
    table.columns.map((_, at) => (row[at] ?? '').replace(/\s*[\r\n]\s*/g, ' ')),
  );
  const widths = fitting(
    table.columns.map((_, at) => Math.max(...rows.map((row) => width(row[at] ?? '')))),
  );
  const lines = rows.map((row) => {
    const cells = row.map((text, at) => wrapped(text, widths[at] ?? 0));
    const height = Math.max(1, ...cells.map((cell) => cell.length));
    return Array.from({ length: height }, (_, number) =>
      cells
        .map((cell, at) => {
          const text = cell[number] ?? '';
          const space = ' '.repeat(Math.max(0, (widths[at] ?? 0) - width(text)));
          return table.columns[at]?.align === 'right' ? space + text : text + space;
        })
        .join(' '.repeat(GAP))
        .trimEnd(),
    ).join('\n');
  });
  const rule = widths.map((each) => '─'.repeat(each)).join(' '.repeat(GAP));
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}

/** The widest column gives way until the line fits, or no column can. */
function fitting(wanted: readonly number[]): number[] {
  const widths = [...wanted];
  let over = widths.reduce((sum, each) => sum + each + GAP, -GAP) - LINE;
  while (over > 0) {
    const widest = Math.max(...widths);
    if (widest <= NARROWEST) break;
    const next = Math.max(NARROWEST, ...widths.filter((each) => each < widest));
    const less = Math.min(over, widest - next);
    widths[widths.indexOf(widest)] = widest - less;
    over -= less;
  }
  return widths;
}

/** Broken at spaces, and inside of what is longer than a line. */
function wrapped(text: string, most: number): string[] {
  if (width(text) <= most) return [text];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    let rest = word;
    if (line !== '' && width(line) + 1 + width(rest) <= most) {
      line += ` ${rest}`;
      continue;
    }
    if (line !== '') lines.push(line);
    while (width(rest) > most) {
      const letters = [...rest];
      lines.push(letters.slice(0, most).join(''));
      rest = letters.slice(most).join('');
    }
    line = rest;
  }
  return line === '' ? lines : [...lines, line];
}

function width(text: string): number {
  return [...text].length;
}
