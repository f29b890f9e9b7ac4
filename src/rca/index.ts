export { cleanRca } from './clean-rca.ts';
export {
  comparePrompts,
  type PromptComparison,
  promptComparisonSchema,
} from './compare-prompts.ts';
export { boundRca } from './encode.ts';
export { createExplain, type Explain, type ExplainDeps } from './explain.ts';
export { type Explanation, explanationSchema } from './explanation.ts';
export { explanationCard, RATE_EXPLANATION } from './explanation-card.ts';
export { keepExplanations } from './keep-explanations.ts';
