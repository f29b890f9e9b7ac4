export { stem } from './stem.ts';
export { pairsOf, type Term, termsOf } from './terms.ts';
export { conceptsOf, relatedTo } from './thesaurus.ts';
