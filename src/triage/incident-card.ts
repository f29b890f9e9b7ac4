import type { Card, CardElement } from '../domain/card.ts';
import type { VoteTally } from '../domain/feedback.ts';
import type { Incident } from '../domain/incident.ts';
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
import { standing } from './evidence.ts';
import { type TrackRecords, trackRecord } from './track-record.ts';

/**
 * The one living card of an incident: verdict first, then how sure and why, then what one can do. Undefined
 * while nothing was judged. Where a second opinion names another category, ours stays and theirs stands beside it.
 */
export function incidentCard(
  incident: Incident,
  triages: readonly Triage[],
  votes: VoteTally,
  records?: TrackRecords,
): Card | undefined {
  const { trail, ours, escalation } = standing(triages);
  if (!ours) return undefined;
  const opinion = escalation && isOpinion(escalation) ? escalation : undefined;
  const agrees = opinion?.category === ours.category;
  const shown = opinion && agrees ? opinion : ours;
  const resolved = incident.status === 'resolved';
  // The milder of two severities is never the one shown.
  const severity = (opinion ?? shown).severity;
  const headline = `${shown.category} incident, ${severity} severity`;
  const report = excerpt(clean(plainText(incident.text)));
  const { detail } = escalation ?? ours;
  const notices: (CardElement | undefined)[] = resolved
    ? []
    : [
        shown.sure ? undefined : unsure(opinion !== undefined && !agrees),
        opinion && !agrees ? otherView(opinion) : undefined,
        detail.called === undefined ? undefined : note(`Called: ${detail.called}.`),
        ...[...new Set([...ours.degraded, ...(escalation?.degraded ?? [])])].map(note),
      ];
  const elements: (CardElement | undefined)[] = [
    { kind: 'header', text: resolved ? `Resolved: ${headline}` : headline },
    { kind: 'text', text: [{ text: report, style: 'italic' }] },
    recurrenceNotice(ours.detail, incident),
    ...notices,
    {
      kind: 'confidence',
      probability: shown.confidence,
      words: confidenceInWords(shown),
      ...recordOf(shown, records),
    },
    {
      kind: 'facts',
      facts: [
        { label: 'Category', value: shown.category },
        { label: 'Severity', value: capitalised(severity) },
        { label: 'Status', value: capitalised(incident.status) },
        { label: 'Reported by', value: incident.reporter.name },
        ...(incident.resolution?.fix === undefined
          ? []
          : [{ label: 'Fixed by', value: incident.resolution.fix }]),
      ],
    },
    { kind: 'text', text: whyText(shown, trail[0] ?? ours) },
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
