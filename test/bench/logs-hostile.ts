import fc from 'fast-check';

const fragment = fc.constantFrom(
  ...['2024-01-01T00:00:00Z', 'Jan  1 00:00:00', '[', ']', '"', "'", '=', ':', '<*>', '{"msg":"'],
  ...['\0', '\ufeff', '\ud800', '\t', 'ERROR', '<34>1', '1700000000', '...', '/', '\\', '|', '-'],
  ...['}', '%s', '\u0001', '__proto__'],
);

/** Lines of what has broken parsers before, and of anything else. */
export const hostileLine = fc
  .array(fc.oneof(fragment, fc.string({ unit: 'binary', maxLength: 12 })), { maxLength: 30 })
  .map((parts) => parts.join(' ').replaceAll('\n', ' '));
