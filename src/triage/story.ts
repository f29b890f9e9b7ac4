import type { Vote } from '../domain/feedback.ts';
import type { Incident, TimelineEntry } from '../domain/incident.ts';
import type { Triage } from '../domain/triage.ts';

/** All that is known about an incident, oldest first. */
export type Known = {
  entries: readonly TimelineEntry[];
  triages: readonly Triage[];
  votes: readonly Vote[];
};

/** One thing that happened, in the order of the clock. */
export type Moment = { at: Date; who: string; what: string };

const LONGEST = 300;

/** What people said and what was concluded, as one list by time. */
export function storyOf(incident: Incident, { entries, triages, votes }: Known): Moment[] {
  const said = entries.map((entry, index) => ({
    at: entry.at,
    who: entry.author.name,
    what: `${index === 0 ? 'reported: ' : ''}${shortened(entry.text)}`,
  }));
  const judged = triages.map((triage) => ({
    at: triage.createdAt,
    who: 'Sitrep',
    what: `judged: ${triage.category}, ${triage.severity} severity, ${Math.round(triage.confidence * 100)} % confident (${triage.detail.by})`,
  }));
  const put = votes.flatMap(({ at, voterName, correction, correctedSeverity }) => {
    const right = [correction, correctedSeverity && `${correctedSeverity} severity`];
    const what = right.filter((part) => part !== undefined).join(', ');
    return what === '' ? [] : [{ at, who: voterName, what: `put right: it is ${what}` }];
  });
  const ended = incident.resolution
    ? [
        {
          at: incident.resolution.at,
          who: 'Sitrep',
          what: `was told that it is over${fixOf(incident)}`,
        },
      ]
    : [];
  return [...said, ...judged, ...put, ...ended].sort((a, b) => a.at.getTime() - b.at.getTime());
}

function fixOf({ resolution }: Incident): string {
  return resolution?.fix === undefined ? '' : `: ${shortened(resolution.fix)}`;
}

function shortened(text: string): string {
  const letters = [
    ...text
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, LONGEST * 2),
  ];
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join('')}…` : letters.join('');
}

/** `2 h 5 min`: how long something took, in the two largest units. */
export function durationInWords(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / 60_000));
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const parts = [
    [days, days === 1 ? 'day' : 'days'],
    [hours, 'h'],
    [days > 0 ? 0 : minutes % 60, 'min'],
  ] as const;
  const told = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`);
  return told.join(' ') || 'less than a minute';
}
