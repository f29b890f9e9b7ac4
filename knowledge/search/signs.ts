import { LOCAL_EMBEDDER_ID, localVector } from '../embedding/index.ts';
import { readAlertText, termsOf } from '../text/index.ts';
import type { Found } from './finder.ts';
import { passageVector } from './passage-vectors.ts';
import type { Chosen } from './passages.ts';
import type { Signs } from './ranking.ts';

/** The place that a document is compared with: two or three may well be about the same. */
const RIVAL = 3;
/** More of a lead than this says no more. */
const MOST_LEAD = 0.5;
/** A longer question repeats itself. */
const MOST_TERMS = 14;

export type SignReader = (chosen: Pick<Chosen, 'candidate' | 'chunk'>, rank: number) => Signs;

/** Reads the signs of documents for one question. `ranks` are those of all candidates, best first. */
export function createSignReader(
  query: string,
  { known, embedder }: Pick<Found, 'known' | 'embedder'>,
  ranks: readonly number[],
): SignReader {
  const vector = localVector(query, 'query');
  const terms = termsOf(readAlertText(query).telling);
  const words = new Set(terms.map(({ term }) => term).filter((term) => !term.startsWith('=')));
  const length = Math.log(1 + Math.min(MOST_TERMS, words.size));

  return ({ candidate, chunk }, rank) => {
    const { lexical, coverage, title, foreign } = candidate.evidence;
    // The same number as the vectors gave, if the local embedder made them and they gave one.
    const given =
      embedder === LOCAL_EMBEDDER_ID
        ? candidate.chunks.find(({ id }) => id === chunk.id)?.similarity
        : undefined;
    return {
      lexical,
      coverage,
      title,
      likeness: given ?? cosine(vector, passageVector(candidate.document.title, chunk)),
      known,
      foreign,
      lead: Math.min(MOST_LEAD, rank - (ranks[RIVAL] ?? rank / 2)),
      length,
    };
  };
}

/** Of vectors of unit length. */
function cosine(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}
