/** How often the class of characters changes from one to the next: random text does, words do not. */
function changes(token: string): { lower: number; upper: number; digit: number; switches: number } {
  const counts = { lower: 0, upper: 0, digit: 0, switches: 0 };
  let previous = 0;
  for (let at = 0; at < token.length; at++) {
    const code = token.charCodeAt(at);
    let current = 0;
    if (code >= 97 && code <= 122) {
      counts.lower++;
      current = 1;
    } else if (code >= 65 && code <= 90) {
      counts.upper++;
      current = 2;
    } else if (code >= 48 && code <= 57) {
      counts.digit++;
      current = 3;
    } else continue;
    if (previous !== 0 && current !== previous) counts.switches++;
    previous = current;
  }
  return counts;
}

/**
 * Whether a token was drawn by a machine. In random letters and digits the class changes at about six in
 * ten places; in camelCase, class names and paths at two or three.
 */
export function looksRandom(token: string): boolean {
  const { lower, upper, digit, switches } = changes(token);
  const length = lower + upper + digit;
  if (length < 12 || token.length - length > length / 4) return false;
  if (isHex(token)) return token.length >= 16 && digit > 2 && lower + upper > 2;
  if (digit < 1 || lower + upper < 3) return false;
  const share = switches / (length - 1);
  if (lower > 0 && upper > 0) return share >= 0.34;
  // One case and digits: a third of the places change in base 36, few in `web-7f9c`-like names.
  return length >= 16 && digit >= 3 && share >= 0.26;
}

/** Random in all three classes: upper, lower, digits. Names, hashes and ids are not. */
export function looksLikeKey(token: string): boolean {
  const { lower, upper, digit, switches } = changes(token);
  const length = lower + upper + digit;
  return (
    lower >= 4 &&
    upper >= 4 &&
    digit >= 2 &&
    token.length - length <= Math.max(2, length / 6) &&
    switches / (length - 1) >= 0.4
  );
}

/** Capitals and small letters in no order, without the digits that most keys have; names are made of words. */
export function looksShuffled(token: string): boolean {
  const { lower, upper, digit, switches } = changes(token);
  const length = lower + upper + digit;
  if (length < 20 || lower < 4 || upper < 4 || switches / (length - 1) < 0.4) return false;
  const runs = token.match(/[a-z]+/g) ?? [];
  const single = runs.filter((run) => run.length === 1).length;
  return single >= 3 && single / runs.length >= 0.34;
}

/** A password as people and password managers make them: letters with digits or signs among them. */
export function looksLikePassword(word: string): boolean {
  if (word.length < 6 || word.length > 200) return false;
  const letters = /[A-Za-z\u00c0-\uffff]/.test(word);
  const digits = /[0-9]/.test(word);
  const signs = /[!#$%^&*?+~@]/.test(word);
  return letters && (digits || signs);
}

export function isHex(token: string): boolean {
  return /^[0-9a-f]+$|^[0-9A-F]+$/.test(token);
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isUuid(token: string): boolean {
  return UUID.test(token);
}
