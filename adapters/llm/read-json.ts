/** Beyond so many openings the text is no answer with JSON in it. */
const MOST_OPENINGS = 50;

/**
 * The JSON in what a model said, likeliest first: all of it, or what lies between words, code fences and
 * thoughts said aloud.
 */
export function readJson(text: string): unknown[] {
  const said = withoutThoughts(text);
  const whole = parse(said);
  if (whole !== undefined) return [whole];
  const found: unknown[] = [];
  let from = 0;
  for (let openings = 0; openings < MOST_OPENINGS; openings++) {
    const start = nextOpening(said, from);
    if (start < 0) break;
    const end = endOf(said, start);
    const value = end < 0 ? undefined : parse(said.slice(start, end));
    if (value === undefined) from = start + 1;
    else {
      found.push(value);
      from = end;
    }
  }
  return found;
}

/** Some models think aloud before they answer, and servers pass it on between these tags. */
export function withoutThoughts(text: string): string {
  return text.replace(/^\s*<think>[\s\S]*?<\/think>\s*/, '');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function nextOpening(text: string, from: number): number {
  const at = text.slice(from).search(/[{[]/);
  return at < 0 ? -1 : from + at;
}

/** Behind the bracket that closes the one at `start`; -1 when none does. */
function endOf(text: string, start: number): number {
  let depth = 0;
  let quoted = false;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (quoted) {
      if (character === '\\') at += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}
