import { LOCAL_EMBEDDER_ID, localVector } from '../embedding/index.ts';
import { readAlertText, termsOf } from '../text/index.ts';
import type { Candidate, Found } from './finder.ts';
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
  { known, embedder, leastSimilarity }: Pick<Found, 'known' | 'embedder' | 'leastSimilarity'>,
  ranks: readonly number[],
): SignReader {
  const vector = localVector(query, 'query');
  const terms = termsOf(readAlertText(query).telling);
  const words = new Set(terms.map(({ term }) => term).filter((term) => !term.startsWith('=')));
  const length = Math.log(1 + Math.min(MOST_TERMS, words.size));

  /** What the vectors gave. What they did not give is further away; the best alone is worth looking closer. */
  function similarityOf(candidate: Candidate, id: string, rank: number): number | undefined {
    const similarity = candidate.chunks.find((chunk) => chunk.id === id)?.similarity;
    const isBest = rank === ranks[0];
    return similarity ?? (isBest || leastSimilarity === 0 ? undefined : leastSimilarity);
  }

  return ({ candidate, chunk }, rank) => {
    const { lexical, coverage, title, foreign } = candidate.evidence;
    const given =
      embedder === LOCAL_EMBEDDER_ID ? similarityOf(candidate, chunk.id, rank) : undefined;
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
