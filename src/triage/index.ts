export { confidenceInWords, isSure } from './confidence.ts';
export { incidentCard } from './incident-card.ts';
export { createTriageIncident, type TriageIncident } from './triage-incident.ts';
