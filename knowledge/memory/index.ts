export { createIncidentMemory } from './incident-memory.ts';
