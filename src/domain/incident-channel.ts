/** Whether a channel is for incidents by its name; `*` in a pattern stands for anything. */
export function isIncidentChannel(name: string, patterns: readonly string[]): boolean {
  const wanted = name.replace(/^#/, '').toLowerCase();
  return patterns.some((pattern) => matches(wanted, pattern.replace(/^#/, '').toLowerCase()));
}

function matches(name: string, pattern: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return name === first;
  if (!name.startsWith(first)) return false;
  let from = first.length;
  for (const piece of rest) {
    const at = name.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return name.length - last.length >= from && name.endsWith(last);
}
