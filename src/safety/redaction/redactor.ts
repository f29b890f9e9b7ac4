import { createDetector, type DetectOptions } from './detect.ts';
import type { Finding } from './finding.ts';

export type Redaction = {
  /** The text with a placeholder in place of everything that must not leave. */
  text: string;
  /** Puts back what this redaction took out, in this text or in one made from it. */
  restore(text: string): string;
  /** How many of which kind, most first. */
  found: { kind: string; count: number }[];
};

/**
 * One session: equal values get equal placeholders over all its texts, so that their meaning survives.
 * It holds the secrets in memory and nowhere else: make one for each piece of work and let it go.
 */
export type Redactor = {
  redact(text: string): Redaction;
  /** Puts back whatever this session took out. Only for what is shown where all its texts came from. */
  restore(text: string): string;
};

const PLACEHOLDER = /\[(?:secret|personal):[a-z0-9-]{1,60}-[0-9]{1,9}\]/g;
/** Stands for placeholders while detectors look, as long as they are: no detector knows this character. */
const OPAQUE = '\ue000';
/** Placeholders change what stands beside them, which can show one more; three rounds were never needed. */
const MOST_ROUNDS = 5;
const SHORTEST_REMEMBERED = 8;

export function createRedactor(options: DetectOptions = {}): Redactor {
  const detect = createDetector(options);
  const byValue = new Map<string, string>();
  const byPlaceholder = new Map<string, string>();
  const numbers = new Map<string, number>();
  const foreign = new Set<string>();

  function placeholderFor(value: string, finding: Finding): string {
    const known = byValue.get(value);
    if (known) return known;
    const name = `${finding.personal ? 'personal' : 'secret'}:${finding.kind}`;
    let number = numbers.get(name) ?? 0;
    let placeholder: string;
    // A number that a text already shows would be restored where nothing was taken out.
    do placeholder = `[${name}-${++number}]`;
    while (foreign.has(placeholder));
    numbers.set(name, number);
    byValue.set(value, placeholder);
    byPlaceholder.set(placeholder, value);
    return placeholder;
  }

  function restoreFrom(values: ReadonlyMap<string, string>, text: string): string {
    return text.replace(PLACEHOLDER, (placeholder) => values.get(placeholder) ?? placeholder);
  }

  function redact(original: string): Redaction {
    for (const [placeholder] of original.matchAll(PLACEHOLDER)) {
      if (!byPlaceholder.has(placeholder)) foreign.add(placeholder);
    }
    const used = new Map<string, string>();
    const counts = new Map<string, number>();
    let text = original;
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const opaque = text.replace(PLACEHOLDER, (it) => OPAQUE.repeat(it.length));
      const findings = [...detect(opaque), ...seenBefore(opaque, byValue)];
      const replaced = replace(text, opaque, findings, (value, finding) => {
        const placeholder = placeholderFor(value, finding);
        used.set(placeholder, value);
        const kind = placeholder.slice(1, placeholder.lastIndexOf('-')).replace(/^\w+:/, '');
        counts.set(kind, (counts.get(kind) ?? 0) + 1);
        return placeholder;
      });
      if (replaced === text) break;
      text = replaced;
    }
    const found = [...counts]
      .map(([kind, count]) => ({ kind, count }))
      .sort((a, b) => b.count - a.count || a.kind.localeCompare(b.kind));
    return { text, restore: (other) => restoreFrom(used, other), found };
  }

  return { redact, restore: (text) => restoreFrom(byPlaceholder, text) };
}

const WORD = /[^\s"'`<>()[\]{}|,;:=&\ue000]{8,512}/g;

/** A secret that was recognised by its surroundings is one without them too. */
function seenBefore(text: string, byValue: ReadonlyMap<string, string>): Finding[] {
  if (byValue.size === 0) return [];
  const found: Finding[] = [];
  for (const match of text.matchAll(WORD)) {
    const bare = match[0].replace(/[.!?]+$/, '');
    const word = byValue.has(match[0]) ? match[0] : bare;
    if (!byValue.has(word) || word.length < SHORTEST_REMEMBERED || !/[0-9]/.test(word)) continue;
    found.push({ start: match.index, end: match.index + word.length, kind: 'seen' });
  }
  return found;
}

/** Replaces what was found, leaving placeholders that stand inside as they are. */
function replace(
  text: string,
  opaque: string,
  findings: readonly Finding[],
  placeholder: (value: string, finding: Finding) => string,
): string {
  const sorted = [...findings].sort((a, b) => a.start - b.start);
  const parts: string[] = [];
  let at = 0;
  for (const finding of sorted) {
    if (finding.start < at) continue;
    parts.push(text.slice(at, finding.start));
    at = finding.start;
    const hidden = opaque.slice(finding.start, finding.end);
    for (const piece of hidden.matchAll(/\ue000+|[^\ue000]+/g)) {
      const end = at + piece[0].length;
      const value = text.slice(at, end);
      const worthHiding = !piece[0].startsWith(OPAQUE) && /[\p{L}\p{N}]{2}/u.test(value);
      parts.push(worthHiding ? placeholder(value, finding) : value);
      at = end;
    }
  }
  parts.push(text.slice(at));
  return parts.join('');
}
