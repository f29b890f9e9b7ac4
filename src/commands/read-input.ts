import { readFileSync } from 'node:fs';
import { AppError } from '../domain/errors.ts';

/** What a file holds; `-` is standard input. */
export function readInput(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    const why = missing ? 'there is no such file' : 'it cannot be read';
    throw new AppError('bad_request', `${nameOf(file)}: ${why}.`, { cause });
  }
}

/** Parses every line that is not empty; the first that is not right is named, before anything is done. */
export function readLines<T>(file: string, parse: (line: string) => T, expected: string): T[] {
  return readInput(file)
    .split('\n')
    .flatMap((line, index) => {
      if (line.trim() === '') return [];
      try {
        return [parse(line)];
      } catch (cause) {
        throw new AppError('bad_request', `${nameOf(file)}, line ${index + 1}: not ${expected}.`, {
          cause,
        });
      }
    });
}

function nameOf(file: string): string {
  return file === '-' ? 'standard input' : file;
}
