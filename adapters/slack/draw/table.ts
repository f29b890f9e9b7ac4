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

/** In columns of equal width, for a font in which all letters are equally wide. */
export function tableLines(table: Table): string {
  const rows = [table.columns.map(({ label }) => label), ...table.rows].map((row) =>
    table.columns.map((_, at) => (row[at] ?? '').replace(/\s*[\r\n]\s*/g, ' ')),
  );
  const widths = table.columns.map((_, at) => Math.max(...rows.map((row) => width(row[at] ?? ''))));
  const lines = rows.map((row) =>
    row
      .map((text, at) => {
        const space = ' '.repeat((widths[at] ?? 0) - width(text));
        return table.columns[at]?.align === 'right' ? space + text : text + space;
      })
      .join('  ')
      .trimEnd(),
  );
  const rule = widths.map((each) => '─'.repeat(each)).join('  ');
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}

function width(text: string): number {
  return [...text].length;
}
