import { createHash } from 'node:crypto';
import { Router } from 'express';
import { AppError } from '../domain/errors.ts';
import type { DocumentStore, StoredDocument } from '../ports/document-store.ts';
import { methodNotAllowed } from './problems.ts';

const STYLE = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem; }
h1 { font-size: 1.3rem; margin: 0; }
p { margin: 0.25rem 0 1rem; opacity: 0.75; }
pre { font: 13px/1.6 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; }
pre a { color: inherit; opacity: 0.45; text-decoration: none; display: inline-block; width: 3.5rem; user-select: none; }
pre span { display: block; scroll-margin-top: 30vh; }
pre span:target { background: color-mix(in srgb, gold 35%, transparent); }
`;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

export type ReadDocuments = Pick<DocumentStore, 'list' | 'load'>;

/** Pages of the knowledge base as they were read, line by line, so that what a card cites can be opened. */
export function knowledgePages(documents: ReadDocuments): Router {
  const router = Router();
  router
    .route('/:collection/*source')
    .get(async (request, response) => {
      const { collection, source } = request.params;
      const wanted = (source as unknown as string[]).join('/');
      const known = await documents.list(collection);
      const document = known.find((one) => one.source === wanted && one.kind === 'page');
      const [stored] = document ? await documents.load([document.id]) : [];
      if (!stored) throw new AppError('not_found', 'There is no such page in the knowledge base.');
      response.set(
        'Content-Security-Policy',
        `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      );
      response.type('html').send(pageOf(stored));
    })
    .all(methodNotAllowed('GET', 'HEAD'));
  return router;
}

function pageOf(stored: StoredDocument): string {
  const { title, source, collection, ingestedAt } = stored.document;
  const lines = linesOf(stored).map(
    ([number, text]) =>
      `<span id="L${number}"><a href="#L${number}">${number}</a>${escaped(text)}</span>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title><style>${STYLE}</style>
<h1>${escaped(title)}</h1>
<p>${escaped(source)} in ${escaped(collection)}, read ${ingestedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC</p>
<pre>${lines.join('')}</pre></html>`;
}

/** Chunks overlap and know their first line: laid over each other they are the page again. */
function linesOf({ chunks }: StoredDocument): [number, string][] {
  const lines = new Map<number, string>();
  for (const { line, text } of chunks) {
    for (const [index, one] of text.split('\n').entries()) {
      if (!lines.has(line + index)) lines.set(line + index, one);
    }
  }
  return [...lines].sort(([a], [b]) => a - b);
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
