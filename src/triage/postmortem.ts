import type { Incident } from '../domain/incident.ts';
import { corrected } from './correction.ts';
import { durationInWords, type Known, storyOf } from './story.ts';

const UNKNOWN = '_Not said yet._';

/** A postmortem to start from, in Markdown: what is known is filled in, what people must add is marked. */
export function postmortem(incident: Incident, known: Known, now: Date): string {
  const { entries, triages, votes } = known;
  const last = triages.at(-1);
  const latest = last && corrected(last, votes);
  const { resolution } = incident;
  const until = resolution?.at ?? now;
  const lasted = durationInWords(until.getTime() - incident.createdAt.getTime());
  const steps = latest?.detail.steps ?? [];
  return [
    `# Postmortem: ${line(entries[0]?.text ?? incident.text)}`,
    '',
    `| | |\n|---|---|`,
    `| Incident | ${incident.id} |`,
    `| Kind | ${latest ? `${latest.category}, ${latest.severity} severity${latest.correctedBy === undefined ? '' : `, as ${escaped(latest.correctedBy)} said`}` : 'not judged'} |`,
    `| Began | ${utc(incident.createdAt)} UTC |`,
    `| Ended | ${resolution ? `${utc(resolution.at)} UTC, after ${lasted}` : `still open after ${lasted}`} |`,
    '',
    '## Summary',
    '',
    quoted(incident.text),
    '',
    '## Timeline (UTC)',
    '',
    ...storyOf(incident, known).map(
      ({ at, who, what }) => `- ${utc(at)} **${escaped(who)}** ${escaped(what)}`,
    ),
    '',
    '## Cause',
    '',
    resolution?.cause === undefined ? UNKNOWN : escaped(resolution.cause),
    '',
    '## Fix',
    '',
    resolution?.fix === undefined ? UNKNOWN : escaped(resolution.fix),
    '',
    '## What we read',
    '',
    ...orUnknown(
      (latest?.detail.citations ?? []).map(({ title, href }) =>
        href === undefined ? `- ${escaped(title)}` : `- [${escaped(title)}](${href})`,
      ),
    ),
    '',
    '## Actions',
    '',
    ...(steps.length > 0 ? steps.map(({ text }) => `- [ ] ${escaped(text)}`) : ['- [ ] ']),
    '- [ ] What would have told us sooner?',
    '- [ ] What would have made it smaller?',
    '',
  ].join('\n');
}

function orUnknown(lines: string[]): string[] {
  return lines.length > 0 ? lines : ['_Nothing._'];
}

function utc(at: Date): string {
  return at.toISOString().slice(0, 16).replace('T', ' ');
}

function line(text: string): string {
  const letters = [...text.replace(/\s+/g, ' ').trim().slice(0, 200)];
  return escaped(letters.slice(0, 80).join(''));
}

function quoted(text: string): string {
  return text
    .trim()
    .split('\n')
    .map((one) => `> ${escaped(one)}`)
    .join('\n');
}

/** What people wrote is text, never markup. */
function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>#|]/g, '\\$&');
}
