/** A stretch of text that must not leave. */
export type Finding = {
  start: number;
  end: number;
  /** Kebab-case; becomes part of the placeholder, so that a reader still knows what stood there. */
  kind: string;
  personal?: boolean;
};

/** Looks for one family of things. Takes the text as a reader sees it, in linear time. */
export type Detector = (text: string) => Finding[];

function isAlphanumeric(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
}

/**
 * Whether a token may begin here. The letter before it may belong to an escape of JSON (`\n`), of a URL
 * (`%3D`) or of a terminal (`ESC[31m`).
 */
export function beginsToken(text: string, at: number): boolean {
  if (at === 0 || !isAlphanumeric(text.charCodeAt(at - 1))) return true;
  const before = text[at - 1] ?? '';
  if (text[at - 2] === '\\' && 'nrtbf'.includes(before)) return true;
  if (text[at - 3] === '%' && /^[0-9A-Fa-f]{2}$/.test(text.slice(at - 2, at))) return true;
  return (
    before === 'm' && /[^\P{Cc}\n\t]\[[0-9;]{0,10}m$/u.test(text.slice(Math.max(0, at - 14), at))
  );
}

/** Runs a sticky pattern at one place. */
export function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
