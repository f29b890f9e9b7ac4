const PLACEHOLDER = /\[(?:secret|personal):[a-z0-9-]{1,60}-[0-9]{1,9}\]/g;

/**
 * A secret of several lines, such as a private key, becomes a placeholder in one. Lines are counted in the
 * source, so what is missing is put back behind the placeholder as empty lines.
 */
export function keepLines(original: string, cleaned: string): string {
  if (countLines(original) === countLines(cleaned)) return cleaned;
  let at = 0;
  let from = 0;
  const parts: string[] = [];
  for (const match of cleaned.matchAll(PLACEHOLDER)) {
    const before = cleaned.slice(from, match.index);
    const next = cleaned.slice(match.index + match[0].length);
    at += before.length;
    // What follows it is as it was up to the next placeholder; its first line is enough to find it by.
    const [literal = ''] = next.split(PLACEHOLDER, 1);
    const end = literal === '' ? at : original.indexOf(literal.slice(0, 200), at);
    const hidden = end < 0 ? '' : original.slice(at, end);
    parts.push(before, match[0], '\n'.repeat(countLines(hidden) - 1));
    at = end < 0 ? at : end;
    from = match.index + match[0].length;
  }
  parts.push(cleaned.slice(from));
  return parts.join('');
}

function countLines(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}
