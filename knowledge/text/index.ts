export { readAlertText } from './alert-text.ts';
export { stem } from './stem.ts';
export { subjectNames } from './subjects.ts';
export { pairsOf, type Term, termsOf } from './terms.ts';
export { conceptsOf, relatedTo } from './thesaurus.ts';
