/** How root causes are told in a hundred voices: true when the slots are filled with what the analysis says. */
export type Figure =
  | 'severity'
  | 'score'
  | 'correlation'
  | 'length'
  | 'start'
  | 'end'
  | 'window'
  | 'date'
  | 'services'
  | 'lead';

export type Phrasings = {
  /** Blames {x} for all of it. */
  root: readonly string[];
  /** {a} made {b} fail, or came before it. */
  order: readonly string[];
  /** What happened to {e}, which is not to blame. */
  effect: readonly string[];
  /** What to do about {x}, the root cause, and {e}. */
  advice: readonly string[];
  /** Names nothing. */
  calm: readonly string[];
  figures: readonly { kind: Figure; say: string }[];
  /** Sentences that bring in {n}, which the analysis does not have, beside {a} and {b}. */
  inventions: readonly string[];
  strangers: readonly string[];
};
