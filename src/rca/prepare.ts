import type { Audience, Rca } from '../domain/rca.ts';
import { createRecent } from '../domain/recent.ts';
import { cleanRca } from './clean-rca.ts';
import { boundRca, type Reduced } from './encode.ts';
import { sha256 } from './sha256.ts';

/** Analyses whose hash is known, so that a cached answer needs no redaction. */
const MOST_KNOWN = 1_000;

/** An analysis on its way to be told: of a bounded size, and without secrets. */
export type Prepared = {
  audience: Audience;
  /** Of the analysis as it may leave, and for whom it is told. */
  sourceHash: string;
  /** Made when it is first asked for: a cached answer does without. */
  bounded(): Reduced;
};

export function createPrepare(): (given: Rca, audience: Audience) => Prepared {
  const known = createRecent<string>(MOST_KNOWN);
  return (given, audience) => {
    let reduced: Reduced | undefined;
    const bounded = () => {
      if (reduced === undefined) {
        const { rca, leftOut } = boundRca(given);
        reduced = { rca: cleanRca(rca), leftOut };
      }
      return reduced;
    };
    // With the audience: the same analysis told to somebody else is another explanation to keep and to vote on.
    const asGiven = sha256(`${audience} ${JSON.stringify(given)}`);
    let sourceHash = known.get(asGiven);
    if (sourceHash === undefined) {
      sourceHash = sha256(`${audience} ${JSON.stringify(bounded().rca)}`);
      known.set(asGiven, sourceHash);
    }
    return { audience, sourceHash, bounded };
  };
}
