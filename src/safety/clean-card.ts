import type { Card, CardElement, CleanCard, Span } from '../domain/card.ts';
import { createRedactor } from './redaction/redactor.ts';

/** What our own code reads back or decides by: never shown, never written by a person. */
const OURS = new Set([
  'kind',
  'mediaType',
  'action',
  'style',
  'tone',
  'type',
  'align',
  'mention',
  'href',
]);

/**
 * Takes secrets and personal data out of everything that a card shows: it is seen by more people than the place
 * where they were pasted. Equal values keep equal placeholders over the whole card.
 */
export function cleanCard(card: Card): CleanCard {
  const redactor = createRedactor();
  const redact = (text: string) => redactor.redact(text).text;
  const { incidentId, summary, elements } = card;
  return {
    summary: redact(summary),
    ...(incidentId === undefined ? {} : { incidentId }),
    elements: elements.map((element) => cleanedElement(element, redact)),
  } as CleanCard;
}

function cleaned(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((item) => cleaned(item, redact));
  if (value === null || typeof value !== 'object') return value;
  if ('href' in value && typeof value.href === 'string' && redact(value.href) !== value.href) {
    // An address with a secret in it cannot be opened without it, so what is left is text.
    const { href, ...rest } = value;
    return isSpan(rest) ? redact(rest.text) : cleaned(rest, redact);
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      OURS.has(key) && typeof item === 'string' ? item : cleaned(item, redact),
    ]),
  );
}

function isSpan(value: object): value is Extract<Span, { text: string }> {
  return 'text' in value && typeof value.text === 'string' && Object.keys(value).length === 1;
}

/** Buttons and choices come back with a value of ours beside the label that is shown. */
function cleanedElement(element: CardElement, redact: (text: string) => string): CardElement {
  switch (element.kind) {
    case 'buttons':
      return {
        ...element,
        buttons: element.buttons.map((button) => ({ ...button, label: redact(button.label) })),
      };
    case 'choices':
      return {
        ...element,
        prompt: redact(element.prompt),
        options: element.options.map(({ value, label }) => ({ value, label: redact(label) })),
      };
    default:
      return cleaned(element, redact) as CardElement;
  }
}
