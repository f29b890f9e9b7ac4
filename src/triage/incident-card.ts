import type { Card, CardElement } from '../domain/card.ts';
import type { Vote, VoteTally } from '../domain/feedback.ts';
import type { Incident, TimelineEntry } from '../domain/incident.ts';
import { type Triage, triageDetailSchema } from '../domain/triage.ts';
import { clean, plainText } from '../safety/index.ts';
import {
  capitalised,
  excerpt,
  recurrenceNotice,
  similarElement,
  sourcesElement,
  stepsElement,
  whyText,
} from './card-parts.ts';
import { confidenceInWords } from './confidence.ts';
import { type Correction, corrected, correctionOf } from './correction.ts';
import { standing, withoutAddresses } from './evidence.ts';
import { isSameMatter } from './same-matter.ts';
import { type TrackRecords, trackRecord } from './track-record.ts';

/** What people did about an incident, beside reporting it. */
export type FromPeople = { votes: readonly Vote[]; entries: readonly TimelineEntry[] };

/**
 * The one living card of an incident: verdict first, then how sure and why, then what one can do. Undefined
 * while nothing was judged. Where a second opinion names another category, ours stays and theirs stands beside it.
 */
export function incidentCard(
  incident: Incident,
  triages: readonly Triage[],
  votes: VoteTally,
  records?: TrackRecords,
  people: FromPeople = { votes: [], entries: [] },
): Card | undefined {
  const { trail, ours, escalation } = standing(triages);
  if (!ours) return undefined;
  const opinion = escalation && isOpinion(escalation) ? escalation : undefined;
  const agrees = opinion?.category === ours.category;
  const shown = opinion && agrees ? opinion : ours;
  const resolved = incident.status === 'resolved';
  // The milder of two severities is never the one shown.
  const judged = { category: shown.category, severity: (opinion ?? shown).severity };
  const correction = correctionOf(judged, people.votes);
  const { category, severity } = corrected(judged, people.votes);
  // How sure we were, and why, is about what we said.
  const isOurs = category === judged.category;
  const verdict = `${category} incident, ${severity} severity`;
  const headline = resolved ? `Resolved: ${verdict}` : verdict;
  const report = excerpt(clean(plainText(withoutAddresses(incident.text))));
  const { detail } = escalation ?? ours;
  const notices: (CardElement | undefined)[] = resolved
    ? []
    : [
        shown.sure || !isOurs ? undefined : unsure(opinion !== undefined && !agrees),
        opinion && !agrees ? otherView(opinion) : undefined,
        detail.called === undefined ? undefined : note(`Called: ${detail.called}.`),
        ...[...new Set([...ours.degraded, ...(escalation?.degraded ?? [])])].map(note),
      ];
  const elements: (CardElement | undefined)[] = [
    { kind: 'header', text: headline },
    { kind: 'text', text: [{ text: report, style: 'italic' }] },
    correction && correctionNotice(correction, judged),
    recurrenceNotice(ours.detail, incident),
    ...notices,
    isOurs
      ? {
          kind: 'confidence',
          probability: shown.confidence,
          words: confidenceInWords(shown),
          ...recordOf(shown, records),
        }
      : undefined,
    {
      kind: 'facts',
      facts: [
        { label: 'Status', value: capitalised(incident.status) },
        { label: 'Reported by', value: reportersOf(incident, people.entries) },
        ...(incident.resolution?.fix === undefined
          ? []
          : [{ label: 'Fixed by', value: incident.resolution.fix }]),
      ],
    },
    isOurs ? { kind: 'text', text: whyText(shown, trail[0] ?? ours) } : undefined,
    ...similarElement(ours.detail),
    ...sourcesElement(ours.detail),
    ...(resolved ? [] : stepsElement(detail)),
    buttons(resolved),
    { kind: 'vote', up: votes.up, down: votes.down },
    { kind: 'context', text: smallPrint(incident, trail, opinion) },
  ];
  return {
    summary: `${headline}: ${excerpt(report, 120)}`,
    incidentId: incident.id,
    elements: elements.filter((element) => element !== undefined),
  };
}

const OURS = triageDetailSchema.parse({}).by;

/** Where nobody had an opinion, the row of the rung says only who was called. */
function isOpinion(escalation: Triage): boolean {
  return escalation.detail.by !== OURS;
}

function correctionNotice(
  { category, severity, by }: Correction,
  judged: Pick<Triage, 'category' | 'severity'>,
): CardElement {
  const right = [category, severity && `${severity} severity`].filter(Boolean).join(', ');
  const text = [
    { text: `${by}: it is ${right}. `, style: 'bold' as const },
    `I had said ${judged.category}, ${judged.severity} severity.`,
  ];
  return { kind: 'notice', tone: 'info', text };
}

const REPORTERS_SHOWN = 5;

/** Whoever reported the same while it was open is named too. */
function reportersOf({ reporter, text }: Incident, entries: readonly TimelineEntry[]): string {
  const others = entries.filter(
    ({ author, text: said }) =>
      !author.isBot && author.id !== reporter.id && isSameMatter(text, said),
  );
  const names = [...new Set([reporter.name, ...others.map(({ author }) => author.name)])];
  const more = names.length - REPORTERS_SHOWN;
  const shown = names.slice(0, REPORTERS_SHOWN).join(', ');
  return more > 0 ? `${shown} and ${more} more` : shown;
}

function unsure(differs: boolean): CardElement {
  return {
    kind: 'notice',
    tone: 'warning',
    text: differs
      ? 'Not sure about this one: two views differ. Check both before you act on either.'
      : 'Not sure about this one. Take it as a first guess and check before you act on it.',
  };
}

function otherView({ category, detail }: Triage): CardElement {
  return {
    kind: 'notice',
    tone: 'info',
    text: [
      { text: `${capitalised(detail.by)}: ${category}. `, style: 'bold' },
      excerpt(detail.reasoning ?? ''),
    ],
  };
}

function note(text: string): CardElement {
  return { kind: 'notice', tone: 'info', text };
}

function buttons(resolved: boolean): CardElement {
  const plain = (action: string, label: string) => ({ action, label, style: 'plain' as const });
  return {
    kind: 'buttons',
    buttons: [
      ...(resolved
        ? [plain('reopen', 'Reopen')]
        : [
            { action: 'resolve', label: 'Resolve', style: 'primary' as const },
            plain('escalate', 'Escalate'),
          ]),
      plain('explain', 'Explain'),
      plain('similar', 'Similar'),
      plain('wrong-category', 'Wrong category'),
    ],
  };
}

const RUNG_WORDS = { fast: 'fast', retrieval: 'after reading', escalation: '' };

/** Every rung's own verdict: "fast 55 % Network, after reading 78 % Database, the panel: Database". */
function smallPrint(
  { id }: Incident,
  trail: readonly Triage[],
  opinion: Triage | undefined,
): string {
  const rungs = trail.map(({ rung, category, confidence }) =>
    `${RUNG_WORDS[rung]} ${Math.round(confidence * 100)} % ${category}`.trim(),
  );
  const path = [...rungs, ...(opinion ? [`${opinion.detail.by}: ${opinion.category}`] : [])];
  const last = opinion ?? trail.at(-1);
  return `${capitalised(path.join(', '))}. Verdict ${last?.version ?? 1} by ${last?.modelVersion ?? OURS}, ${id}`;
}

function recordOf(
  { rung, confidence }: Triage,
  records: TrackRecords | undefined,
): { trackRecord?: string } {
  if (!records) return {};
  const said = trackRecord(rung === 'fast' ? records.fast : records.retrieval, confidence);
  return said === undefined ? {} : { trackRecord: said };
}
