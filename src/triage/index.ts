export { alertFingerprint, alertState, isSameAlert } from './alert-state.ts';
export { type AnnounceChange, createAnnounceChange } from './announce-change.ts';
export { createCallPeople } from './call-people.ts';
export { capitalised } from './card-parts.ts';
export { catchUpCard } from './catch-up.ts';
export { confidenceInWords, isSure } from './confidence.ts';
export { corrected } from './correction.ts';
export { createEscalateIncident, type EscalateIncident } from './escalate-incident.ts';
export { withoutAddresses } from './evidence.ts';
export { incidentCard } from './incident-card.ts';
export { isReport } from './is-report.ts';
export { createLadder, type Ladder } from './ladder.ts';
export { leadershipCard } from './leadership.ts';
export { type AdviseOnLogs, createAdviseOnLogs, evidenceIn } from './log-advice.ts';
export { createPanel } from './panel.ts';
export { postmortem } from './postmortem.ts';
export { isSameMatter } from './same-matter.ts';
export { createRecommend, type Recommend } from './steps/plan.ts';
export { durationInWords } from './story.ts';
export { CONTRACT_LADDER } from './thresholds.ts';
export { AFTER_READING } from './track-record.ts';
export {
  createTriageIncident,
  type EscalationRequest,
  type TriageIncident,
} from './triage-incident.ts';
export { createTriageText, type TextTriage, type TriageText } from './triage-text.ts';
