import { passageText } from '../collection/passage-text.ts';
import { LOCAL_EMBEDDER_ID, localVector } from '../embedding/index.ts';
import { termsOf } from '../text/index.ts';
import type { Found } from './finder.ts';
import type { Chosen } from './passages.ts';
import type { Signs } from './ranking.ts';

/** The place that a document is compared with: two or three may well be about the same. */
const RIVAL = 3;
/** More of a lead than this says no more. */
const MOST_LEAD = 0.5;

export type SignReader = (chosen: Pick<Chosen, 'candidate' | 'chunk'>, rank: number) => Signs;

/** Reads the signs of documents for one question. `ranks` are those of all candidates, best first. */
export function createSignReader(
  query: string,
  { known, embedder }: Pick<Found, 'known' | 'embedder'>,
  ranks: readonly number[],
): SignReader {
  const vector = localVector(query, 'query');
  const words = new Set(termsOf(query).map(({ term }) => term));
  const length = Math.log(1 + [...words].filter((term) => !term.startsWith('=')).length);

  return ({ candidate, chunk }, rank) => {
    const { lexical, passage, coverage } = candidate.evidence;
    // The same number as the vectors gave, if the local embedder made them and they gave one.
    const given =
      embedder === LOCAL_EMBEDDER_ID
        ? candidate.chunks.find(({ id }) => id === chunk.id)?.similarity
        : undefined;
    return {
      lexical,
      passage,
      coverage,
      likeness:
        given ??
        cosine(vector, localVector(passageText(candidate.document.title, chunk), 'passage')),
      known,
      lead: Math.min(MOST_LEAD, rank - (ranks[RIVAL] ?? rank / 2)),
      length,
    };
  };
}

/** Of vectors of unit length. */
function cosine(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}
