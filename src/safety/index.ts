export { clean } from './clean.ts';
export { cleanCard } from './clean-card.ts';
export { assessCommand } from './commands/assess.ts';
export { createNonce, fence } from './fence.ts';
export { normalise, plainText } from './plain-text.ts';
export { createRedactor } from './redaction/redactor.ts';
