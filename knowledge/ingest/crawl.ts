import type { Dirent, Stats } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, extname, join, relative, sep } from 'node:path';

/** A file that looks like a document. */
export type FoundFile = { path: string };

/** Something that could not be looked at, in words for the report. */
export type Failure = {
  path: string;
  reason: string;
  /** What it hides may still be there: nothing under it counts as removed. */
  isFolder?: true;
};

const KINDS: ReadonlySet<string> = new Set(['.md', '.markdown', '.txt', '.pdf']);

/** Deeper than any collection of documents; the path would be too long for the system soon after. */
const DEEPEST = 50;

/**
 * The documents below a path in the order of their names, one by one. Hidden files and folders are left out.
 * Links are followed as long as they stay below the path: one that leads out could fetch what nobody meant to
 * share. Memory is that of one folder's names a level.
 */
export async function* crawl(root: string): AsyncGenerator<FoundFile | Failure> {
  const top = await realpath(root);
  const info = await stat(root);
  if (info.isFile()) {
    yield isWanted(root)
      ? { path: root }
      : { path: root, reason: 'it is none of .md, .txt and .pdf' };
    return;
  }
  yield* crawlFolder(root, { top, above: [] });
}

type Place = {
  top: string;
  /** Real paths of the folders that we are in: one of them again is a loop. */
  above: readonly string[];
};

async function* crawlFolder(folder: string, place: Place): AsyncGenerator<FoundFile | Failure> {
  let entries: Dirent[];
  let real: string;
  try {
    real = await realpath(folder);
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    yield { path: folder, reason: reasonOf(error), isFolder: true };
    return;
  }
  if (place.above.includes(real)) {
    yield { path: folder, reason: 'it is a link that leads back to a folder it is in' };
    return;
  }
  if (place.above.length >= DEEPEST) {
    yield { path: folder, reason: `it is more than ${DEEPEST} folders deep`, isFolder: true };
    return;
  }
  const inside = { top: place.top, above: [...place.above, real] };
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.')) continue;
    yield* look(join(folder, entry.name), entry, inside);
  }
}

async function* look(
  path: string,
  entry: Dirent,
  place: Place,
): AsyncGenerator<FoundFile | Failure> {
  const wanted = isWanted(entry.name);
  let kind: Pick<Stats, 'isFile' | 'isDirectory'> = entry;
  if (entry.isSymbolicLink()) {
    try {
      const target = await realpath(path);
      kind = await stat(path);
      if (!isBelow(target, place.top)) {
        if (wanted || kind.isDirectory()) {
          yield { path, reason: 'it is a link that leads out of the folder' };
        }
        return;
      }
    } catch (error) {
      // Also a link to itself, and one to nowhere.
      yield { path, reason: reasonOf(error) };
      return;
    }
  }
  if (kind.isDirectory()) yield* crawlFolder(path, place);
  else if (wanted) yield kind.isFile() ? { path } : { path, reason: 'it is not a file' };
}

function isWanted(name: string): boolean {
  return KINDS.has(extname(name).toLowerCase());
}

export function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** What a document is called: relative to what was ingested, with slashes everywhere. */
export function sourceOf(path: string, root: string): string {
  return path === root ? basename(path) : relative(root, path).split(sep).join('/');
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'it is not there',
  EACCES: 'the permission to read it is missing',
  EPERM: 'the permission to read it is missing',
  ELOOP: 'it is a link that leads to itself',
  ENAMETOOLONG: 'its path is too long',
};

export function reasonOf(error: unknown): string {
  const { code = '' } = error as NodeJS.ErrnoException;
  return REASONS[code] ?? `it cannot be read (${code || 'unknown reason'})`;
}
