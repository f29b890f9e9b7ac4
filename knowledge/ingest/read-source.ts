import { createHash } from 'node:crypto';
import { basename, extname } from 'node:path';
import type { CleanText } from '../../src/domain/clean-text.ts';
import { AppError } from '../../src/domain/errors.ts';
import type { KnownChunk, KnownDocument, StoredDocument } from '../../src/ports/document-store.ts';
import { passageText } from '../collection/passage-text.ts';
import { keepLines } from './keep-lines.ts';
import { readMarkdown } from './markdown.ts';
import type { Page } from './page.ts';
import { readPdfPages, readPlainText } from './plain-pages.ts';
import { readPdf } from './read-pdf.ts';
import { readText } from './read-text.ts';
import { splitPage } from './split.ts';

/** Takes secrets out of the texts of one document, equal ones with equal placeholders. */
export type CreateCleaner = () => (text: string) => CleanText;

export type SourceBytes = {
  collection: string;
  source: string;
  checksum: string;
  bytes: Uint8Array;
  /** Where it was fetched from. */
  href?: string;
};

/** A document as it is stored, and what was not understood. Secrets are gone before anything else is looked at. */
export async function readSource(
  given: SourceBytes,
  createCleaner: CreateCleaner,
  ingestedAt: Date,
): Promise<{ stored: StoredDocument; notes: string[] }> {
  const page = await readPage(given, createCleaner());
  const { collection, source, checksum } = given;
  const title = page.title || basename(source, extname(source));
  const chunks = splitPage(page);
  if (!chunks.some(({ text }) => text.trim() !== '')) {
    throw new AppError('bad_request', 'it holds no text');
  }
  const { title: _, href = given.href, ...labels } = page.labels;
  const document: KnownDocument = {
    ...labels,
    ...(href === undefined ? {} : { href }),
    id: documentId(collection, source),
    collection,
    source,
    kind: 'page',
    title,
    checksum,
    ingestedAt,
  };
  return { stored: { document, chunks: withIds(document, chunks) }, notes: page.notes };
}

export function documentId(collection: string, source: string): string {
  return `doc-${hashOf(`${collection}\0${source}`).slice(0, 24)}`;
}

export function hashOf(...parts: (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

async function readPage(
  { source, bytes }: SourceBytes,
  clean: (text: string) => string,
): Promise<Page> {
  const kind = extname(source).toLowerCase();
  if (kind === '.pdf') {
    const { title, pages } = await readPdf(bytes);
    return readPdfPages(pages.map(clean), clean(title));
  }
  const text = readText(bytes);
  const cleaned = keepLines(text, clean(text));
  return kind === '.txt' ? readPlainText(cleaned) : readMarkdown(cleaned);
}

/**
 * A chunk is named by what it says: text that merely moved inside its document keeps its id, and with it its
 * vector. The labels that searches are narrowed by are part of it, as they lie beside the vector.
 */
function withIds(
  document: KnownDocument,
  chunks: readonly { section: string[]; text: string; line: number }[],
): KnownChunk[] {
  const { id, title, service = '', tags } = document;
  const labels = JSON.stringify([service, tags]);
  const used = new Map<string, number>();
  return chunks.map(({ section, text, line }, position) => {
    const checksum = hashOf(labels, passageText(title, { section, text })).slice(0, 32);
    const twins = used.get(checksum) ?? 0;
    used.set(checksum, twins + 1);
    const name = `${id}-${checksum.slice(0, 16)}`;
    return {
      id: twins === 0 ? name : `${name}-${twins + 1}`,
      documentId: id,
      position,
      section,
      text,
      line,
      checksum,
    };
  });
}
