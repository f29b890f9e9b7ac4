import { isDigit, isSpace } from '../characters.ts';

/** What a line of a stack trace or a wrapped message starts with, whoever wrote it. */
const STARTS = ['at ', 'Caused by:', 'Suppressed:', 'Traceback (most recent', 'goroutine ', '... '];

/** Whether a line without a header of its own says that it belongs to the one before. */
export function continuesAnother(line: string): boolean {
  const first = line.charCodeAt(0);
  if (isSpace(first)) return line.length > 1 && isFrame(line);
  if (first === 46) return line.startsWith('... ') && isDigit(line.charCodeAt(4));
  return STARTS.some((start) => line.startsWith(start)) && isFrameWord(line);
}

export function isIndented(line: string): boolean {
  return isSpace(line.charCodeAt(0));
}

function isFrame(line: string): boolean {
  const text = line.trimStart();
  if (text.startsWith('File "') || text.startsWith('... ')) return true;
  return text.startsWith('at ') && (text.includes('(') || text.includes(':'));
}

function isFrameWord(line: string): boolean {
  if (line.startsWith('at ')) return line.includes('(') || line.includes(':');
  return !line.startsWith('goroutine ') || line.endsWith(':');
}
