import type { Card } from '../domain/card.ts';
import type { Incident } from '../domain/incident.ts';
import { confidenceInWords } from './confidence.ts';
import { corrected } from './correction.ts';
import { durationInWords, type Known, storyOf } from './story.ts';

/** Newest last, as in the thread; more than this is the thread itself. */
const SHOWN = 8;

/** What somebody who joins now needs to know, in half a minute. */
export function catchUpCard(incident: Incident, known: Known, now: Date): Card {
  const { entries, triages, votes } = known;
  const last = triages.at(-1);
  const latest = last && corrected(last, votes);
  const until = incident.resolution?.at ?? now;
  const lasted = durationInWords(until.getTime() - incident.createdAt.getTime());
  const state = incident.status === 'resolved' ? `resolved after ${lasted}` : `open for ${lasted}`;
  const what = latest
    ? `${latest.category} incident, ${latest.severity} severity`
    : 'An incident that is still being judged';
  const summary = `${what}, ${state}`;
  const story = storyOf(incident, known);
  const people = new Set(
    entries.filter(({ author }) => !author.isBot).map(({ author }) => author.name),
  );
  return {
    summary,
    incidentId: incident.id,
    elements: [
      { kind: 'header', text: summary },
      {
        kind: 'facts',
        facts: [
          { label: 'Since', value: `${utc(incident.createdAt)} UTC` },
          ...(latest
            ? [
                {
                  label: 'How sure',
                  value:
                    latest.correctedBy === undefined
                      ? `${confidenceInWords(latest)}, ${Math.round(latest.confidence * 100)} %`
                      : `${latest.correctedBy} said so`,
                },
              ]
            : []),
          { label: 'Involved', value: [...people].join(', ') || 'nobody yet' },
          ...(incident.resolution?.fix === undefined
            ? []
            : [{ label: 'Fixed by', value: incident.resolution.fix }]),
        ],
      },
      {
        kind: 'table',
        caption: story.length > SHOWN ? `The last ${SHOWN} of ${story.length} events` : 'So far',
        columns: [
          { label: 'UTC', align: 'left' },
          { label: 'Who', align: 'left' },
          { label: 'What', align: 'left' },
        ],
        rows: story.slice(-SHOWN).map(({ at, who, what: did }) => [utc(at).slice(11), who, did]),
      },
      ...(latest && latest.detail.steps.length > 0 && incident.status === 'open'
        ? [{ kind: 'steps' as const, title: 'Next', steps: latest.detail.steps.slice(0, 3) }]
        : []),
    ],
  };
}

function utc(at: Date): string {
  return at.toISOString().slice(0, 16).replace('T', ' ');
}
