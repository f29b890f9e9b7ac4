import type { CleanText } from '../domain/clean-text.ts';
import { createRedactor, type Redactor } from './redaction/redactor.ts';

/**
 * Takes secrets and personal data out of a text that is about to leave. The only place where `CleanText` is
 * made; texts that belong together share a redactor, so that equal values keep equal placeholders.
 */
export function clean(text: string, redactor: Redactor = createRedactor()): CleanText {
  return redactor.redact(text).text as CleanText;
}
