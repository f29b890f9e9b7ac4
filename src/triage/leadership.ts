import type { Card } from '../domain/card.ts';
import type { Vote } from '../domain/feedback.ts';
import type { Incident } from '../domain/incident.ts';
import type { Category, Severity } from '../domain/taxonomy.ts';
import type { Triage } from '../domain/triage.ts';
import { confidenceInWords } from './confidence.ts';
import { corrected } from './correction.ts';
import { SUGGESTION } from './steps/action-step.ts';
import { durationInWords } from './story.ts';

/** What kind of trouble it is, for somebody who does not run computers. */
const KIND: Record<Category, string> = {
  Network: 'The connections between our systems, or to our customers, are disturbed.',
  Database: 'The systems that keep our data are disturbed.',
  Application: 'One of our programs does not do what it should.',
  Security: 'It is about the safety of our systems or data.',
  Hardware: 'Machines that our services run on are failing.',
  Performance: 'Our services answer, but too slowly, or they cannot take more work.',
};

const WEIGHT: Record<Severity, string> = {
  critical: 'It is as serious as it gets: many people or something essential are affected.',
  high: 'It is serious: people notice it, and it cannot wait.',
  medium: 'It is limited: some people notice it, or there is a way around it.',
  low: 'It is small: hardly anybody notices it.',
};

const SURE: Record<string, string> = {
  sure: 'We are sure about that.',
  'fairly sure': 'We are fairly sure about that.',
  'nearly sure': 'That is very likely, and still being confirmed.',
  'not quite sure': 'That is likely, but not certain yet.',
  unsure: 'We are not sure about that yet.',
  guessing: 'That is no more than a first guess.',
};

function surenessOf(triage: Triage & { correctedBy?: string }): string {
  if (triage.correctedBy !== undefined) return 'The people who work on it say so.';
  return SURE[confidenceInWords(triage)] ?? '';
}

/** An incident for leadership: what, since when, how bad, how sure, and what is being done, in plain words. */
export function leadershipCard(
  incident: Incident,
  judged: Triage | undefined,
  votes: readonly Vote[],
  now: Date,
): Card {
  const triage = judged && corrected(judged, votes);
  const { resolution } = incident;
  const lasted = durationInWords((resolution?.at ?? now).getTime() - incident.createdAt.getTime());
  const began = `${incident.createdAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const state = resolution
    ? `It began at ${began} and was over after ${lasted}.`
    : `It began at ${began} and has lasted for ${lasted} so far.`;
  const what = triage
    ? [KIND[triage.category], WEIGHT[triage.severity], surenessOf(triage)]
    : ['What kind of trouble it is, is being worked out.'];
  const next = resolution
    ? resolution.fix === undefined
      ? 'What fixed it has not been written down yet.'
      : `What fixed it: ${resolution.fix}`
    : nextOf(triage);
  return {
    summary: `For leadership: ${triage ? KIND[triage.category] : 'an incident'}`,
    incidentId: incident.id,
    elements: [
      { kind: 'header', text: resolution ? 'An incident that is over' : 'An incident under way' },
      { kind: 'text', text: [...what, state].filter((part) => part !== '').join(' ') },
      {
        kind: 'text',
        text: [{ text: 'As it was reported: ', style: 'bold' }, shortened(incident.text)],
      },
      { kind: 'text', text: next },
    ],
  };
}

function nextOf(triage: Triage | undefined): string {
  if (triage?.detail.called !== undefined) {
    return `The people on call were told (${triage.detail.called}).`;
  }
  const [step] = triage?.detail.steps ?? [];
  // The steps themselves are for those who run computers.
  return step?.from === undefined || step.from === SUGGESTION
    ? 'The people on call are looking into it; there is no written plan for this kind of trouble.'
    : `The people on call have a written plan for this kind of trouble: “${step.from}”.`;
}

function shortened(text: string): string {
  const letters = [...text.replace(/\s+/g, ' ').trim().slice(0, 600)];
  return letters.length > 280 ? `${letters.slice(0, 279).join('')}…` : letters.join('');
}
