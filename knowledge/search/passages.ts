import type { KnownChunk, StoredDocument } from '../../src/ports/document-store.ts';
import type { Candidate } from './finder.ts';

/** Chunks of one document that share so many of their words say the same: an overlap, a repeated section. */
const SAME = 0.7;
/** Of one document no more than this: a long one would push all others out. */
const MOST_OF_ONE = 3;
/** Against the best of its document, below this a further passage is not about the question. */
const WORTH_SHOWING = 0.6;

export type Chosen = { candidate: Candidate; chunk: KnownChunk; share: number };

/**
 * The passages of one document, best first; `share` is how good each is against the first. Words and vectors
 * of a chunk count alike: which is why a document opens where it answers and not where it begins.
 */
export function passagesOf(
  candidate: Candidate,
  stored: StoredDocument,
  leastSimilarity: number,
): Chosen[] {
  const byId = new Map(stored.chunks.map((chunk) => [chunk.id, chunk]));
  const ranked = candidate.chunks
    .flatMap(({ id, lexical, similarity }) => {
      const chunk = byId.get(id);
      return chunk ? [{ chunk, worth: lexical + (similarity ?? leastSimilarity) / 2 }] : [];
    })
    .sort((a, b) => b.worth - a.worth || a.chunk.position - b.chunk.position);
  const best = ranked[0]?.worth ?? 0;
  const chosen: Chosen[] = [];
  for (const { chunk, worth } of ranked) {
    const share = best > 0 ? worth / best : 1;
    if (chosen.length === MOST_OF_ONE || (chosen.length > 0 && share < WORTH_SHOWING)) break;
    if (chosen.some((other) => saysTheSame(other.chunk.text, chunk.text))) continue;
    chosen.push({ candidate, chunk, share });
  }
  return chosen;
}

/** Whether the shorter text is mostly in the longer one. */
function saysTheSame(one: string, other: string): boolean {
  const [shorter, longer] = [wordsOf(one), wordsOf(other)].sort((a, b) => a.size - b.size);
  if (!shorter || !longer || shorter.size === 0) return true;
  let shared = 0;
  for (const word of shorter) if (longer.has(word)) shared += 1;
  return shared / shorter.size >= SAME && shorter.size >= longer.size / 3;
}

/** Plain words will do to compare texts of one document, and take a fifth of the time that terms take. */
function wordsOf(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []);
}
