export { cleanRca } from './clean-rca.ts';
export { boundRca } from './encode.ts';
export { createExplain, type Explain, type ExplainDeps } from './explain.ts';
export type { Explanation } from './explanation.ts';
export { keepExplanations } from './keep-explanations.ts';
