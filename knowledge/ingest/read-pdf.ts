import { AppError } from '../../src/domain/errors.ts';

const MOST_PAGES = 2_000;

export type Pdf = { title: string; pages: string[] };

/** The text of each page. What is merely a picture of text has none. */
export async function readPdf(bytes: Uint8Array): Promise<Pdf> {
  // Loaded when the first PDF comes: it takes a quarter of a second and 30 MB.
  const { extractText, getDocumentProxy, getMeta } = await import('unpdf');
  let document: Awaited<ReturnType<typeof getDocumentProxy>> | undefined;
  try {
    // A copy, because the reader takes the memory away from whoever gave it.
    document = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });
    if (document.numPages > MOST_PAGES) {
      throw new AppError('too_large', `it has more than ${MOST_PAGES} pages`);
    }
    const { text } = await extractText(document, { mergePages: false });
    const { info } = await getMeta(document).catch(() => ({ info: {} as Record<string, unknown> }));
    return {
      title: typeof info.Title === 'string' ? info.Title.trim() : '',
      pages: text.map((page) => page.replace(/\r\n?/g, '\n')),
    };
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const locked = cause instanceof Error && cause.name === 'PasswordException';
    const reason = locked ? 'it is locked with a password' : 'it is broken, or no PDF at all';
    throw new AppError('bad_request', reason, { cause });
  } finally {
    await document?.destroy().catch(() => undefined);
  }
}
