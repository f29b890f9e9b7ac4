import type { KnownChunk } from '../../src/ports/document-store.ts';
import type { Candidate } from './finder.ts';

/** Chunks of one document that share so many of their words say the same: an overlap, a repeated section. */
const SAME = 0.7;
/** Of one document no more than this: a long one would push all others out. */
export const MOST_OF_ONE = 3;
/** Some of the best may say the same, or what another document says, so a few more are read than are shown. */
const READ_MORE = 3;
/** Against the best of its document, below this a further passage is not about the question. */
const WORTH_SHOWING = 0.6;

export type Chosen = { candidate: Candidate; chunk: KnownChunk; share: number };

/**
 * Ids of the chunks of one document that may be shown, best first; `share` is how good each is against the
 * first. Words and vectors of a chunk count alike: which is why a document opens where it answers and not where
 * it begins. They are few, so that a search need not read whole documents.
 */
export function worthReading(
  candidate: Candidate,
  leastSimilarity: number,
  most = MOST_OF_ONE,
): { id: string; share: number }[] {
  const ranked = candidate.chunks
    .map(({ id, lexical, similarity }) => ({
      id,
      worth: lexical + (similarity ?? leastSimilarity) / 2,
    }))
    .sort((a, b) => b.worth - a.worth)
    .slice(0, most + READ_MORE);
  const best = ranked[0]?.worth ?? 0;
  return ranked
    .map(({ id, worth }) => ({ id, share: best > 0 ? worth / best : 1 }))
    .filter(({ share }, i) => i === 0 || share >= WORTH_SHOWING);
}

/** The passages of one document, best first, of those of its chunks that were read. */
export function passagesOf(
  candidate: Candidate,
  { chunks }: { chunks: readonly KnownChunk[] },
  leastSimilarity: number,
): Chosen[] {
  const byId = new Map(chunks.map((chunk) => [chunk.id, chunk]));
  const chosen: Chosen[] = [];
  const said: ReadonlySet<string>[] = [];
  for (const { id, share } of worthReading(candidate, leastSimilarity)) {
    const chunk = byId.get(id);
    // Gone since it was indexed.
    if (!chunk) continue;
    if (chosen.length === MOST_OF_ONE) break;
    const words = wordsOf(chunk.text);
    if (said.some((others) => saysTheSame(others, words))) continue;
    said.push(words);
    chosen.push({ candidate, chunk, share });
  }
  return chosen;
}

/** Whether the shorter text is mostly in the longer one. */
function saysTheSame(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  const [shorter, longer] = one.size <= other.size ? [one, other] : [other, one];
  if (shorter.size === 0) return true;
  let shared = 0;
  for (const word of shorter) if (longer.has(word)) shared += 1;
  return shared / shorter.size >= SAME && shorter.size >= longer.size / 3;
}

/** Plain words will do to compare texts of one document, and take a fifth of the time that terms take. */
function wordsOf(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []);
}
