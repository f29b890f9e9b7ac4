import { StringDecoder } from 'node:string_decoder';
import { AppError } from '../../domain/errors.ts';

/** What is longer is cut: no template needs more, and one line must not fill the memory. */
export const LONGEST_LINE = 65_536;

/** So much of the start decides whether this is text. */
const LOOKED_AT = 8_192;
const FEWEST_TO_TELL = 64;

export type LineSink = (line: string, cut: boolean) => void;

/** Cuts bytes into lines. Broken UTF-8 becomes U+FFFD, CRLF loses its CR, NUL stays for the reader to skip. */
export function createLineCutter(sink: LineSink) {
  let decoder: StringDecoder | undefined;
  let rest = '';
  let overlong = false;
  let first = true;

  function emit(line: string): void {
    let end = line.length;
    while (end > 0 && line.charCodeAt(end - 1) === 13) end--;
    if (overlong || end > LONGEST_LINE) sink(line.slice(0, Math.min(end, LONGEST_LINE)), true);
    else sink(end === line.length ? line : line.slice(0, end), false);
    overlong = false;
  }

  function cut(text: string): void {
    let start = 0;
    for (;;) {
      const end = text.indexOf('\n', start);
      if (end < 0) break;
      emit(rest === '' ? text.slice(start, end) : rest + text.slice(start, end));
      rest = '';
      start = end + 1;
    }
    if (start >= text.length) return;
    const more = text.length - start;
    if (rest.length + more <= LONGEST_LINE) rest += text.slice(start);
    else {
      rest = (rest + text.slice(start, start + LONGEST_LINE)).slice(0, LONGEST_LINE);
      overlong = true;
    }
  }

  return {
    write(bytes: Uint8Array): void {
      if (bytes.length === 0) return;
      if (first) {
        first = false;
        decoder = new StringDecoder(encodingOf(bytes));
      }
      const text = decoder?.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)) ?? '';
      cut(text);
    },
    end(): void {
      const text = decoder?.end() ?? '';
      if (text !== '') cut(text);
      if (rest !== '' || overlong) emit(rest);
      rest = '';
    },
  };
}

/** UTF-8, or UTF-16 with its mark as Windows tools write it; anything else with many bytes that no text has is none. */
function encodingOf(bytes: Uint8Array): BufferEncoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf16le';
  const looked = bytes.subarray(0, LOOKED_AT);
  let odd = 0;
  for (const byte of looked) if (byte < 9 || (byte > 13 && byte < 27) || byte === 127) odd++;
  // An old encoding breaks a letter here and there, compiled code every other byte.
  if (looked.length > FEWEST_TO_TELL) {
    for (const letter of Buffer.from(looked).toString('utf8')) if (letter === '\ufffd') odd++;
  }
  // Rotated logs may begin with a block of NULs where a writer lost its place: some are no reason to refuse.
  if (odd > looked.length * 0.3 || (looked.length > FEWEST_TO_TELL && isMagic(looked))) {
    throw new AppError(
      'bad_request',
      'This is not text: give a log file, plain or packed with gzip or zstd.',
    );
  }
  return 'utf8';
}

const MAGICS = [
  '\x7fELF',
  'PK\x03\x04',
  '\x89PNG',
  '%PDF-',
  'BZh',
  '\xfd7zXZ',
  'SQLite format 3',
  'GIF8',
  '\xff\xd8\xff',
];

function isMagic(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  return MAGICS.some((magic) => start.startsWith(magic));
}
