export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

export function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

/** Control characters, NUL among them, separate words as a space does. */
export function isSpace(code: number): boolean {
  return code <= 32 || code === 127 || code === 160;
}
