import type { KnownDocument } from '../../src/ports/document-store.ts';

/** What a unit of text is to its document. */
export const BODY = 0;
export const TITLE = 1;
export const NAME = 2;
export const HEADING = 3;
export const LABELS = 4;
export const LEAD = 5;

/** How much a word there counts against one in the body, and how much the length of the unit takes off it. */
export const FIELDS: readonly { weight: number; flatness: number }[] = [
  { weight: 1, flatness: 0.75 },
  { weight: 4, flatness: 0.5 },
  { weight: 2, flatness: 0.5 },
  { weight: 1.5, flatness: 0.5 },
  { weight: 1, flatness: 0.5 },
  { weight: 1, flatness: 0.5 },
];

/** The file's name without its ending, with its folders: both often say what it is about. */
export function nameOf(source: string): string {
  return source.replace(/\.[a-z0-9]{1,8}$/i, '');
}

export function labelsOf(document: KnownDocument): string {
  return [document.service, document.category, ...document.tags].filter(Boolean).join('\n');
}

const LEAD_LENGTH = 400;

/** What a document says first it says about the whole. */
export function leadOf(text: string): string {
  return text.slice(0, LEAD_LENGTH);
}
