import type { RichTextBlockElement, RichTextElement } from '@slack/types';
import type { CardElement } from '../../../src/domain/card.ts';
import { LONGEST_CODE, LONGEST_QUOTE } from '../limits.ts';
import { shorten } from './literal.ts';
import { bold, elementsOf, emoji, link, preformatted, section, words } from './rich-text.ts';

type Sources = Extract<CardElement, { kind: 'sources' }>;
type Steps = Extract<CardElement, { kind: 'steps' }>;

export function drawSources({ title, sources }: Sources): RichTextBlockElement[] {
  const items = sources.flatMap((source) => {
    const quote = source.quote?.trim() ?? '';
    return section([
      ...(source.href === undefined ? words(source.title) : link(source.title, source.href)),
      ...(quote === ''
        ? []
        : words(`\n${shorten(quote.replace(/\s+/g, ' '), LONGEST_QUOTE)}`, { italic: true })),
    ]);
  });
  return [
    ...section(bold(title)),
    ...(items.length === 0
      ? []
      : [{ type: 'rich_text_list', style: 'ordered', elements: items } as const]),
  ];
}

/** Numbered by hand: a list of Slack cannot hold the command that belongs to its item. */
export function drawSteps({ title, steps }: Steps): RichTextBlockElement[] {
  return [
    ...section(bold(title)),
    ...steps.flatMap((step, at): RichTextBlockElement[] => [
      ...section([
        ...bold(`${at + 1}. `),
        ...elementsOf(step.text),
        ...(step.dangerous
          ? [...words('\n'), emoji('warning'), ...bold(' Dangerous: check before you run it.')]
          : []),
      ]),
      ...preformatted(shorten(step.command?.trim() ?? '', LONGEST_CODE)),
      ...section(remarks(step)),
    ]),
  ];
}

function remarks(step: Steps['steps'][number]): RichTextElement[] {
  const said: [string, string | undefined][] = [
    ['Worked if', step.check],
    ['Risk', step.risk],
    ['Undo', step.rollback],
  ];
  return said
    .filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1].trim() !== '')
    .flatMap(([name, text], at) => [
      ...words(at === 0 ? '' : '\n'),
      ...words(`${name}: `, { italic: true }),
      ...words(text.trim()),
    ]);
}
