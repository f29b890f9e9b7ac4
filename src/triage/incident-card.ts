import type { Card, CardElement } from '../domain/card.ts';
import type { VoteTally } from '../domain/feedback.ts';
import type { Incident } from '../domain/incident.ts';
import type { Triage } from '../domain/triage.ts';
import { createRedactor } from '../safety/index.ts';
import { confidenceInWords, isSure } from './confidence.ts';

/** The one living card of an incident: verdict first, then how sure and why, then what one can do. */
export function incidentCard(incident: Incident, triage: Triage, votes: VoteTally): Card {
  const resolved = incident.status === 'resolved';
  const headline = `${triage.category} incident, ${triage.severity} severity`;
  // A card is seen by more people than the place where a secret was pasted.
  const report = createRedactor().redact(incident.text).text;
  const elements: CardElement[] = [
    { kind: 'header', text: resolved ? `Resolved: ${headline}` : headline },
    { kind: 'text', text: [{ text: excerpt(report), style: 'italic' }] },
  ];
  if (!isSure(triage)) {
    elements.push({
      kind: 'notice',
      tone: 'warning',
      text: 'Not sure about this one. Take it as a first guess and check before you act on it.',
    });
  }
  for (const part of triage.degraded) {
    elements.push({ kind: 'notice', tone: 'info', text: part });
  }
  elements.push(
    {
      kind: 'confidence',
      probability: triage.confidence,
      words: confidenceInWords(triage),
    },
    {
      kind: 'facts',
      facts: [
        { label: 'Category', value: triage.category },
        { label: 'Severity', value: capitalised(triage.severity) },
        { label: 'Status', value: capitalised(incident.status) },
        { label: 'Reported by', value: incident.reporter.name },
      ],
    },
    { kind: 'text', text: reasons(triage) },
    {
      kind: 'buttons',
      buttons: [
        resolved
          ? { action: 'reopen', label: 'Reopen', style: 'plain' }
          : { action: 'resolve', label: 'Resolve', style: 'primary' },
      ],
    },
    { kind: 'vote', up: votes.up, down: votes.down },
    {
      kind: 'context',
      text: `Verdict ${triage.version} by ${triage.modelVersion}, ${incident.id}`,
    },
  );
  return {
    summary: `${headline}: ${excerpt(report, 120)}`,
    incidentId: incident.id,
    elements,
  };
}

function reasons(triage: Triage): string {
  if (triage.because.length === 0) return 'Why: no telling words in the report.';
  const quoted = (words: string[]) => words.map((word) => `“${word}”`).join(', ');
  const against = triage.despite.length > 0 ? ` Against it: ${quoted(triage.despite)}.` : '';
  return `Why: ${quoted(triage.because)}.${against}`;
}

/** Cuts at a word where one is near, and never inside a surrogate pair. */
function excerpt(text: string, limit = 280): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const letters = [...line.slice(0, limit * 2)];
  if (letters.length <= limit) return line.length <= limit * 2 ? line : `${letters.join('')}…`;
  const cut = letters.slice(0, limit).join('');
  const space = cut.lastIndexOf(' ');
  return `${space > limit * 0.7 ? cut.slice(0, space) : cut}…`;
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
