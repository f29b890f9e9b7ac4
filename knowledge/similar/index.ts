export { createSimilarTexts } from './similar-texts.ts';
