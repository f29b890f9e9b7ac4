export { assessCommand } from './commands/assess.ts';
export { fence } from './fence.ts';
export { normalise, plainText } from './plain-text.ts';
export { createRedactor } from './redaction/redactor.ts';
