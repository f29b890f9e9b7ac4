import type { KnownBlock, RichTextBlockElement, SectionBlock, TextObject } from '@slack/types';
import type { CardElement, RichText } from '../../../src/domain/card.ts';
import { LIMITS } from '../limits.ts';
import { escapeMarkup, mend, plainText } from './literal.ts';
import { bold, elementsOf, richTextBlocks, section, words } from './rich-text.ts';

type Facts = Extract<CardElement, { kind: 'facts' }>;
type Fact = Facts['facts'][number];

/** Labels of letters and a few signs mean nothing in markup once they are escaped, so they may be bold. */
const HARMLESS = /^[\p{L}\p{N} ().,/'<>[\]|@-]+$/u;

/** Two columns: names and values. A value that is long or more than plain text gets lines of its own. */
export function drawFacts({ facts }: Facts): KnownBlock[] {
  const short = facts.filter(isShort);
  const long = facts.filter((fact) => !isShort(fact));
  const perSection = LIMITS.fields / 2;
  const sections: SectionBlock[] = [];
  for (let at = 0; at < short.length; at += perSection) {
    const fields = short.slice(at, at + perSection).flatMap(fieldsOf);
    sections.push({ type: 'section', fields });
  }
  const lines: RichTextBlockElement[] = long.flatMap(({ label, value }) =>
    section([...bold(label), ...words('\n'), ...elementsOf(value)]),
  );
  return [...sections, ...richTextBlocks(lines)];
}

function isShort(fact: Fact): fact is Fact & { value: string } {
  return isPlain(fact.value) && fact.value.length <= LIMITS.field / 4;
}

function isPlain(value: RichText): value is string {
  return typeof value === 'string';
}

function fieldsOf({ label, value }: { label: string; value: string }): TextObject[] {
  const name: TextObject = HARMLESS.test(label)
    ? { type: 'mrkdwn', text: `*${escapeMarkup(label.slice(0, LIMITS.field / 4))}*` }
    : plainText(label, LIMITS.field);
  return [name, plainText(mend(value).trim(), LIMITS.field)];
}
