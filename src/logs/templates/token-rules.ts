import { isDigit, isLetter } from '../characters.ts';

export function hashOf(text: string): number {
  let hash = SEED;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), PRIME);
  return hash;
}

export const SEED = 0x811c9dc5 | 0;
export const PRIME = 16777619;
export const VARIABLE_HASH = 0x2545f491;

/** Words that only scale the number before them: `5.2 KB` and `93 B` say the same. */
export const UNITS = new Set(
  (
    's sec secs second seconds ms msec msecs millis millisecond milliseconds us usec microseconds ns ' +
    'nanoseconds m min mins minute minutes h hr hrs hour hours d day days week weeks month months year ' +
    'years b B byte bytes Bytes k K kb kB KB KiB mb MB Mb MiB gb GB Gb GiB tb TB TiB bit bits Kbps kbps ' +
    'Mbps Gbps bps Hz kHz MHz GHz % C F V mV W AM PM am pm UTC GMT CET CEST EST EDT PST PDT MILLISECONDS SECONDS'
  )
    .split(' ')
    .map(hashOf),
);

export const DATE_WORDS = new Set(
  'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec Mon Tue Wed Thu Fri Sat Sun'
    .split(' ')
    .map(hashOf),
);

/** `-`, `****` or `..` between numbers stands for one that is missing, or for a range. */
export function isSymbol(line: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const code = line.charCodeAt(at);
    if (isLetter(code) || isDigit(code) || code > 127) return false;
  }
  return true;
}

export function hasInnerDot(line: string, start: number, end: number): boolean {
  const dot = line.indexOf('.', start + 1);
  return dot > 0 && dot < end - 1;
}

export function isHexPair(line: string, start: number, end: number): boolean {
  if (end - start > 4) return false;
  for (let at = start; at < end; at++) {
    const code = line.charCodeAt(at) | 32;
    if (!isDigit(line.charCodeAt(at)) && !(code >= 97 && code <= 102)) return false;
  }
  return true;
}
