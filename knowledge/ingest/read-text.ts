import { AppError } from '../../src/domain/errors.ts';

/** Control characters that texts do not have; a few may stand in a copied terminal session. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what tells texts from programs.
const CONTROL = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/g;
const MOST_CONTROL = 0.01;

/** The bytes as text with plain line ends; a program that is called .md is refused. */
export function readText(bytes: Uint8Array): string {
  const text = decode(bytes)
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n');
  const controls = text.match(CONTROL)?.length ?? 0;
  if (text.includes('\0') || controls > text.length * MOST_CONTROL) throw notText();
  return text;
}

function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    if (bytes.includes(0)) throw notText();
    // What old Windows programs write; everything is valid in it, so the control characters decide.
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function notText(): AppError {
  return new AppError('bad_request', 'it is not text');
}
