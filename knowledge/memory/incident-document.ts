import { createHash } from 'node:crypto';
import type { KnownChunk, StoredDocument } from '../../src/ports/document-store.ts';
import type { ResolvedIncident } from '../../src/ports/knowledge.ts';

/** Incidents that were resolved are a collection of their own. */
export const INCIDENTS = 'incidents';

const LONGEST_TITLE = 100;
/** About the size of a page's chunk: what is longer has a log in it, which says no more at its end. */
const LONGEST_TEXT = 2_400;
/** Counted up when the same incident would be stored in another way. */
const VERSION = 1;

export function incidentDocumentId(incidentId: string): string {
  return `incident-${incidentId}`;
}

/** A past incident as a document: how it was reported, and what it was and what helped. */
export function incidentDocument(incident: ResolvedIncident, at: Date): StoredDocument {
  const { id, text, category, severity, cause, fix, href, resolvedAt, circle, confirmed } =
    incident;
  const outcome = [cause && `Cause: ${cause}`, fix && `Fix: ${fix}`].filter(Boolean).join('\n');
  const parts = [
    { section: ['What happened'], text: text.slice(0, LONGEST_TEXT) },
    { section: ['What helped'], text: outcome.slice(0, LONGEST_TEXT) },
  ].filter((part) => part.text.trim() !== '');
  const documentId = incidentDocumentId(id);
  const chunks = parts.map(
    ({ section, text: words }, position): KnownChunk => ({
      id: `${documentId}-${position}`,
      documentId,
      position,
      section,
      text: words,
      line: 1,
      checksum: hashOf([words]),
    }),
  );
  return {
    document: {
      id: documentId,
      collection: INCIDENTS,
      source: `incident/${id}`,
      kind: 'incident',
      title: titleOf(text),
      checksum: hashOf([
        VERSION,
        text,
        category,
        severity,
        cause,
        fix,
        href,
        resolvedAt,
        circle,
        confirmed,
      ]),
      category,
      severity,
      tags: [],
      incident: {
        id,
        resolvedAt,
        circle,
        confirmed,
        ...(cause === undefined ? {} : { cause }),
        ...(fix === undefined ? {} : { fix }),
      },
      ingestedAt: at,
      ...(href === undefined ? {} : { href }),
    },
    chunks,
  };
}

/** The first sentence, or as much of it as fits on a card. */
function titleOf(text: string): string {
  const [first = ''] = text.trim().split(/\n|(?<=[.!?])\s/);
  const words = first.trim() || 'Incident';
  if (words.length <= LONGEST_TITLE) return words;
  const cut = words.slice(0, LONGEST_TITLE - 1);
  return `${cut.slice(0, cut.lastIndexOf(' ') > 40 ? cut.lastIndexOf(' ') : undefined)}…`;
}

function hashOf(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
