import type { StoredDocument } from '../../src/ports/document-store.ts';

/** Shorter lines are list markers, labels and closing brackets, which rarity deals with. */
const SHORTEST_LINE = 24;
/** In so many documents, or in such a share of all, a line says nothing about one of them ... */
const FEWEST_DOCUMENTS = 4;
const SHARE_OF_DOCUMENTS = 0.05;
/** ... and in so many it says nothing however many there are. */
const MOST_DOCUMENTS = 50;
/**
 * A document with so much of its text elsewhere is a copy, which must be found all the same, or has a template
 * that is longer than what is its own. A template is in so many of all documents, a copy is in few.
 */
const COPY = 0.6;
const TEMPLATE_SHARE = 0.15;
/** What is left must say something, or the whole counts. */
const SHORTEST_REST = 40;

/**
 * Lines that many documents share: how to page somebody, whom to escalate to, what to collect for support.
 * Without this, a page would match by its appendix, and the words in it would pass for common ones.
 */
export type Boilerplate = {
  /** Takes note of the lines of these documents, before any of them is asked for. */
  learn(stored: readonly StoredDocument[]): void;
  forget(documentId: string): void;
  /** The document without the lines that many share. */
  without(stored: StoredDocument): StoredDocument;
};

export function createBoilerplate(): Boilerplate {
  const linesOf = new Map<string, Uint32Array>();
  const counts = new Map<number, number>();

  function forget(documentId: string): void {
    for (const line of linesOf.get(documentId) ?? []) {
      const left = (counts.get(line) ?? 0) - 1;
      if (left > 0) counts.set(line, left);
      else counts.delete(line);
    }
    linesOf.delete(documentId);
  }

  const leastIn = (share: number) =>
    Math.min(MOST_DOCUMENTS, Math.max(FEWEST_DOCUMENTS, share * linesOf.size));

  /** Without the lines that at least so many documents have, and how many characters of all these were. */
  function withoutLines({ document, chunks }: StoredDocument, least: number) {
    let length = 0;
    let shared = 0;
    const kept = chunks.map((chunk) => {
      const lines = chunk.text.split('\n').filter((line) => {
        length += line.length;
        const key = keyOf(line, document.title);
        if (key === undefined || (counts.get(key) ?? 0) < least) return true;
        shared += line.length;
        return false;
      });
      return { ...chunk, text: lines.join('\n') };
    });
    return { chunks: kept, length, shared };
  }

  return {
    forget,
    learn(stored) {
      for (const { document, chunks } of stored) {
        forget(document.id);
        const lines = new Set<number>();
        for (const { text } of chunks) {
          for (const line of text.split('\n')) {
            const key = keyOf(line, document.title);
            if (key !== undefined) lines.add(key);
          }
        }
        linesOf.set(document.id, Uint32Array.from(lines));
        for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
      }
    },
    without(stored) {
      const { document } = stored;
      const least = leastIn(SHARE_OF_DOCUMENTS);
      const kept = withoutLines(stored, least);
      if (kept.shared === 0) return stored;
      if (kept.shared <= COPY * kept.length) return { document, chunks: kept.chunks };
      const own = withoutLines(stored, leastIn(TEMPLATE_SHARE));
      return own.length - own.shared < SHORTEST_REST ? stored : { document, chunks: own.chunks };
    },
  };
}

/** Code, and names of several parts. */
const NAME = /`[^`]*`|[^\s,;()]*\w[_\-./:@]\w[^\s,;()]*|\d+/g;
/** What is left of a line without its names must still be a sentence. */
const SHORTEST_BARE_LINE = 16;

/** The same sentence about another page is the same: its title, its names and numbers are left out. */
function keyOf(line: string, title: string): number | undefined {
  const words = line.trim();
  if (words.length < SHORTEST_LINE) return undefined;
  const bare = words.split(title).join('').replace(NAME, '');
  const key = bare.length < SHORTEST_BARE_LINE ? words : bare;
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
