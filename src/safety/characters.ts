/**
 * Characters that a reader does not see: soft hyphen, zero-width, direction marks, fillers, variation
 * selectors, and the tag characters that can smuggle a whole hidden sentence.
 */
const INVISIBLE_CLASS =
  '\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f\\u202a-\\u202e' +
  '\\u2060-\\u206f\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff9-\\ufffb\\u{e0000}-\\u{e0fff}';

export const INVISIBLE = new RegExp(`[${INVISIBLE_CLASS}]`, 'gu');
const HAS_INVISIBLE = new RegExp(`[${INVISIBLE_CLASS}]`, 'u');

/** Greek and Cyrillic letters that look like Latin ones. Each is one code unit, so positions stay. */
const LOOKALIKES = new Map(
  Object.entries({
    А: 'A',
    В: 'B',
    Е: 'E',
    Ѕ: 'S',
    І: 'I',
    Ј: 'J',
    К: 'K',
    М: 'M',
    Н: 'H',
    О: 'O',
    Р: 'P',
    С: 'C',
    Т: 'T',
    У: 'Y',
    Х: 'X',
    а: 'a',
    е: 'e',
    ѕ: 's',
    і: 'i',
    ј: 'j',
    к: 'k',
    м: 'm',
    о: 'o',
    р: 'p',
    с: 'c',
    т: 't',
    у: 'y',
    х: 'x',
    һ: 'h',
    ԁ: 'd',
    ԛ: 'q',
    ԝ: 'w',
    г: 'r',
    Α: 'A',
    Β: 'B',
    Ε: 'E',
    Ζ: 'Z',
    Η: 'H',
    Ι: 'I',
    Κ: 'K',
    Μ: 'M',
    Ν: 'N',
    Ο: 'O',
    Ρ: 'P',
    Τ: 'T',
    Υ: 'Y',
    Χ: 'X',
    α: 'a',
    ε: 'e',
    ι: 'i',
    κ: 'k',
    ν: 'v',
    ο: 'o',
    ρ: 'p',
    τ: 't',
    υ: 'u',
    χ: 'x',
    ɡ: 'g',
    ı: 'i',
    ɑ: 'a',
    ո: 'n',
    օ: 'o',
    ѵ: 'v',
    ӏ: 'l',
  }),
);

const WORD_WITH_FOREIGN = /[A-Za-z0-9_\u0131\u0250-\u02af\u0370-\u058f]+/g;
const LATIN = /[A-Za-z]/;
const FOREIGN = /[\u0131\u0250-\u058f]/;
const EVERY_FOREIGN = /[\u0131\u0250-\u058f]/g;

/**
 * Folds look-alikes to Latin in words that mix alphabets: nobody writes such a word by accident, while a
 * word wholly in Cyrillic or Greek is that language. Keeps every position.
 */
export function foldLookalikes(text: string): string {
  if (!FOREIGN.test(text)) return text;
  return text.replace(WORD_WITH_FOREIGN, (word) =>
    LATIN.test(word) && FOREIGN.test(word)
      ? word.replace(EVERY_FOREIGN, (letter) => LOOKALIKES.get(letter) ?? letter)
      : word,
  );
}

/** A text as a reader sees it, with the way back to the positions of the original. */
export type Skeleton = {
  text: string;
  /** The original span of a span of the skeleton. */
  original(start: number, end: number): { start: number; end: number };
};

/** Without invisible characters, full-width and mathematical letters as plain ones, look-alikes folded. */
export function skeletonOf(text: string): Skeleton {
  if (!/\P{ASCII}/u.test(text)) return { text, original: (start, end) => ({ start, end }) };
  const units = new Uint16Array(text.length);
  const positions = new Uint32Array(text.length + 1);
  let length = 0;
  for (let at = 0; at < text.length; ) {
    const code = text.codePointAt(at) ?? 0;
    const width = code > 0xffff ? 2 : 1;
    if (code < 0x80 || !HAS_INVISIBLE.test(String.fromCodePoint(code))) {
      const plain = plainLetter(code);
      if (plain === undefined) {
        for (let k = 0; k < width; k++) {
          positions[length] = at + k;
          units[length++] = text.charCodeAt(at + k);
        }
      } else {
        positions[length] = at;
        units[length++] = plain;
      }
    }
    at += width;
  }
  positions[length] = text.length;
  const shown = Buffer.from(units.buffer, 0, length * 2).toString('utf16le');
  return {
    text: foldLookalikes(shown),
    original: (start, end) => {
      const from = positions[start] ?? text.length;
      const last = positions[end - 1] ?? text.length - 1;
      // A letter that was two code units takes both of them along.
      return { start: from, end: last + ((text.codePointAt(last) ?? 0) > 0xffff ? 2 : 1) };
    },
  };
}

/** Full-width (U+FF01 to U+FF5E) and mathematical letters (U+1D400 to U+1D7FF). */
function plainLetter(code: number): number | undefined {
  if (code >= 0xff01 && code <= 0xff5e) return code - 0xfee0;
  if (code < 0x1d400 || code > 0x1d7ff) return undefined;
  const plain = String.fromCodePoint(code).normalize('NFKC');
  return plain.length === 1 ? plain.charCodeAt(0) : undefined;
}
