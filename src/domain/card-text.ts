import type { Card, CardElement, RichText, Span } from './card.ts';

/** The card as plain text: for notifications, screen readers, exports and platforms that draw nothing else. */
export function cardText(card: Card): string {
  return card.elements
    .map(elementText)
    .filter((part) => part !== '')
    .join('\n\n');
}

function richTextToPlain(text: RichText): string {
  return typeof text === 'string' ? text : text.map(spanText).join('');
}

function spanText(span: Span): string {
  if (typeof span === 'string') return span;
  if ('mention' in span) return `@${span.label}`;
  if ('href' in span) return span.text === span.href ? span.href : `${span.text} (${span.href})`;
  return span.text;
}

function elementText(element: CardElement): string {
  switch (element.kind) {
    case 'header':
      return element.text;
    case 'text':
    case 'context':
      return richTextToPlain(element.text);
    case 'code':
      return indent(element.text);
    case 'notice':
      return `${NOTICE_WORDS[element.tone]}: ${richTextToPlain(element.text)}`;
    case 'facts':
      return element.facts
        .map((fact) => `${fact.label}: ${richTextToPlain(fact.value)}`)
        .join('\n');
    case 'confidence':
      return `Confidence: ${element.words} (${percent(element.probability)})${
        element.trackRecord ? `. ${element.trackRecord}` : ''
      }`;
    case 'sources':
      return lines(
        element.title,
        element.sources.map((source, i) => {
          const link = source.href ? ` (${source.href})` : '';
          const quote = source.quote ? `\n${indent(source.quote)}` : '';
          return `${i + 1}. ${source.title}${link}${quote}`;
        }),
      );
    case 'steps':
      return lines(element.title, element.steps.map(stepText));
    case 'table':
      return tableText(element);
    case 'chart':
      return lines(
        element.title,
        element.series.flatMap((series) =>
          series.points.map((point) => `${series.name}, ${point.label}: ${point.value}`),
        ),
      );
    case 'file':
      return `${element.name}:\n${indent(element.text)}`;
    case 'choices':
      return `${element.prompt}: ${element.options.map((option) => option.label).join(', ')}`;
    case 'buttons':
      return `Actions: ${element.buttons.map((button) => button.label).join(', ')}`;
    case 'vote':
      return `Votes: ${element.up} up, ${element.down} down`;
  }
}

const NOTICE_WORDS = { info: 'Note', warning: 'Warning', error: 'Problem' } as const;

type Step = Extract<CardElement, { kind: 'steps' }>['steps'][number];

function stepText(step: Step, index: number): string {
  const parts = [`${index + 1}. ${richTextToPlain(step.text)}`];
  if (step.command)
    parts.push(indent(step.dangerous ? `${step.command}   [dangerous]` : step.command));
  if (step.check) parts.push(`   Worked if: ${step.check}`);
  if (step.risk) parts.push(`   Risk: ${step.risk}`);
  if (step.rollback) parts.push(`   Undo: ${step.rollback}`);
  return parts.join('\n');
}

function tableText(table: Extract<CardElement, { kind: 'table' }>): string {
  const rows = [table.columns.map((column) => column.label), ...table.rows];
  const widths = table.columns.map((_, i) => Math.max(...rows.map((row) => (row[i] ?? '').length)));
  const drawn = rows.map((row) =>
    table.columns
      .map((column, i) => {
        const cell = row[i] ?? '';
        const width = widths[i] ?? 0;
        return column.align === 'right' ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd(),
  );
  return lines(table.caption, drawn);
}

function lines(title: string, rest: string[]): string {
  return [title, ...rest].join('\n');
}

function indent(text: string): string {
  return text.replace(/^/gm, '    ');
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
