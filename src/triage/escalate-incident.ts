import { type Sight, sightAt } from '../domain/circle.ts';
import { AppError } from '../domain/errors.ts';
import type { Incident } from '../domain/incident.ts';
import type { Triage, Verdict } from '../domain/triage.ts';
import type { Clock } from '../ports/clock.ts';
import type {
  EscalationQuestion,
  EscalationReason,
  SecondOpinion,
  SecondOpinionSource,
} from '../ports/escalation.ts';
import type { Ids } from '../ports/ids.ts';
import type { IncidentStore } from '../ports/incident-store.ts';
import type { Logger } from '../ports/logger.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { TimelineStore } from '../ports/timeline-store.ts';
import type { TriageStore } from '../ports/triage-store.ts';
import { clean } from '../safety/index.ts';
import type { CallPeople } from './call-people.ts';
import { askedKey, standing, textOf } from './evidence.ts';
import type { Judgement, Ladder } from './ladder.ts';
import { readReport } from './report.ts';
import { secondVerdict } from './second-opinion.ts';
import { createKeepTriage } from './triage-incident.ts';
import { within } from './within.ts';

export type EscalateIncident = (
  request: {
    incidentId: string;
    /** Without it, because somebody asked: whatever stands now. */
    evidenceKey?: string | undefined;
    reason: EscalationReason;
  },
  signal?: AbortSignal,
) => Promise<void>;

export type EscalateDependencies = {
  ladder: Ladder;
  incidents: IncidentStore;
  timeline: TimelineStore;
  triages: TriageStore;
  /** The multi-agent backend, else the built-in panel, else nobody but people. */
  source?: SecondOpinionSource | undefined;
  callPeople: CallPeople;
  /** For the whole rung: what is asked, and who is called when there is no answer. */
  deadlineMs: number;
  clock: Clock;
  ids: Ids;
  logger: Logger;
  metrics: Metrics;
};

/** Calling people gets what is left of the deadline, and at least this share of it. */
const CALL_SHARE = 0.25;
const MOST_CALL_MS = 8_000;
const TITLE = 200;

/**
 * The third rung: a second opinion beside ours, else people. Nothing in the report can stop it: whether it
 * happens was decided by the numbers of the rung below, and only a resolved incident or newer evidence ends it.
 */
export function createEscalateIncident(deps: EscalateDependencies): EscalateIncident {
  const keep = createKeepTriage(deps);
  return async ({ incidentId, evidenceKey, reason }, signal) => {
    const started = deps.clock.now();
    const [incident, entries, history] = await Promise.all([
      deps.incidents.byId(incidentId),
      deps.timeline.ofIncident(incidentId),
      deps.triages.history(incidentId),
    ]);
    const { ours, escalation } = standing(history);
    if (!incident || !ours) throw new AppError('not_found', `There is no incident ${incidentId}.`);
    const asked = reason === 'asked';
    const key = asked ? askedKey(ours.evidenceKey) : ours.evidenceKey;
    if (asked ? escalation?.evidenceKey === key : escalation !== undefined) return;
    const isStale = evidenceKey !== undefined && evidenceKey !== ours.evidenceKey;
    if (!asked && (isStale || incident.status === 'resolved')) return;

    const callMs = Math.min(MOST_CALL_MS, deps.deadlineMs * CALL_SHARE);
    const text = textOf(entries);
    const { suspect } = readReport(text);
    const heard = await hear(deps, question(incident, text, ours, reason), {
      ms: deps.deadlineMs - callMs,
      signal,
    });
    let judged: Judgement = heard.opinion
      ? secondVerdict(ours, heard.opinion, { thresholds: deps.ladder.thresholds, suspect })
      : { ...ours, rung: 'escalation', sure: false };
    judged = { ...judged, degraded: [...ours.degraded, ...heard.degraded] };
    if (!heard.opinion || asked) {
      const why = asked ? 'Somebody asked for it.' : 'Sitrep is unsure about it.';
      const { reached, missed } = await deps.callPeople(incident, ours, why, {
        key,
        withinMs: callMs,
        signal,
      });
      judged = withCalls(judged, reached, missed);
    }
    await keep(incidentId, key, judged);
    const seconds = (deps.clock.now().getTime() - started.getTime()) / 1000;
    deps.metrics.observe('sitrep_triage_seconds', { rung: 'escalation' }, seconds);
  };
}

type Heard = { opinion?: SecondOpinion; degraded: string[] };

async function hear(
  deps: Pick<EscalateDependencies, 'source' | 'logger' | 'metrics'>,
  asked: EscalationQuestion,
  { ms, signal }: { ms: number; signal: AbortSignal | undefined },
): Promise<Heard> {
  const { source } = deps;
  if (!source) return { degraded: [] };
  try {
    const opinion = await within(ms, signal, (inner) => source.ask({ ...asked, signal: inner }));
    deps.metrics.count('sitrep_escalations_total', { to: source.name, outcome: 'answered' });
    return { opinion, degraded: [] };
  } catch (error) {
    if (signal?.aborted) throw error;
    deps.metrics.count('sitrep_escalations_total', { to: source.name, outcome: 'failed' });
    deps.logger.warn('The second opinion did not come.', { part: 'escalation' }, error);
    return { degraded: [`No second opinion: ${source.name} did not answer.`] };
  }
}

/** Asks for a second opinion without an incident that is stored; undefined when none came. */
export async function askSecondOpinion(
  deps: Pick<EscalateDependencies, 'source' | 'logger' | 'metrics'>,
  incident: { text: string; source: string; at: Date },
  verdict: Verdict,
  options: { reason: EscalationReason; deadlineMs: number; signal?: AbortSignal | undefined },
): Promise<Heard> {
  const asked = questionOf(incident, verdict, options.reason, 'everything');
  return hear(deps, asked, {
    ms: options.deadlineMs,
    signal: options.signal,
  });
}

function question(
  incident: Incident,
  text: string,
  ours: Triage,
  reason: EscalationReason,
): EscalationQuestion {
  const { where, createdAt } = incident;
  return questionOf({ text, source: where.platform, at: createdAt }, ours, reason, sightAt(where));
}

function questionOf(
  { text, source, at }: { text: string; source: string; at: Date },
  verdict: Verdict,
  reason: EscalationReason,
  sight: Sight,
): EscalationQuestion {
  const { read } = readReport(text);
  const [line = ''] = read.split('\n');
  const title = [...line].slice(0, TITLE).join('').trim();
  return {
    incident: { title: clean(title || 'An incident without words'), description: read, source, at },
    verdict,
    reason,
    sight,
  };
}

const NOBODY =
  'Nobody could be called: no on-call is set for this channel, and no pager is configured.';

function withCalls(judged: Judgement, reached: string[], missed: string[]): Judgement {
  const isNobody = reached.length === 0 && missed.length === 0;
  return {
    ...judged,
    degraded: [
      ...judged.degraded,
      ...(isNobody ? [NOBODY] : []),
      ...missed.map((name) => `Could not reach ${name}.`),
    ],
    detail: {
      ...judged.detail,
      ...(reached.length > 0 ? { called: reached.join(' and ') } : {}),
    },
  };
}
