import { sightAt } from '../domain/circle.ts';
import { AppError } from '../domain/errors.ts';
import type { ThreadRef } from '../domain/thread-ref.ts';
import type { Triage } from '../domain/triage.ts';
import type { Clock } from '../ports/clock.ts';
import type { EscalationReason } from '../ports/escalation.ts';
import type { Ids } from '../ports/ids.ts';
import type { IncidentStore } from '../ports/incident-store.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { TimelineStore } from '../ports/timeline-store.ts';
import type { TriageStore } from '../ports/triage-store.ts';
import { isNews, worse } from './confidence.ts';
import { evidenceKey, standing, textOf } from './evidence.ts';
import { escalationReason, type Judgement, type Ladder } from './ladder.ts';

/** An incident that our own rungs are unsure about. Equal for every try at the same evidence. */
export type EscalationRequest = {
  incidentId: string;
  where: ThreadRef;
  evidenceKey: string;
  reason: EscalationReason;
};

export type TriageIncident = (
  incidentId: string,
  options?: {
    /** Shows what is known by now, before a rung that takes seconds. */
    showSoFar?: () => Promise<void>;
    signal?: AbortSignal;
  },
) => Promise<{ escalate?: EscalationRequest }>;

/** Judges an incident on everything said so far. Asking again about the same evidence changes nothing. */
export function createTriageIncident(deps: {
  ladder: Ladder;
  incidents: IncidentStore;
  triages: TriageStore;
  timeline: TimelineStore;
  clock: Clock;
  ids: Ids;
  metrics: Metrics;
}): TriageIncident {
  const { ladder } = deps;
  const store = createKeepTriage(deps);
  return async (incidentId, { showSoFar, signal } = {}) => {
    const [incident, entries, history] = await Promise.all([
      deps.incidents.byId(incidentId),
      deps.timeline.ofIncident(incidentId),
      deps.triages.history(incidentId),
    ]);
    if (!incident || entries.length === 0) {
      throw new AppError('not_found', `There is no incident ${incidentId}.`);
    }
    const options = {
      sight: sightAt(incident.where),
      except: incidentId,
      channel: incident.where.channel,
      ...(signal === undefined ? {} : { signal }),
    };
    const text = textOf(entries);
    const { ours } = standing(history);
    const fast = await fastRung(text, evidenceKey(entries));
    if (fast.sure) return {};
    const known = history.find((one) => isRetrievalOf(fast, one));
    if (!known && ladder.readsSlowly && showSoFar) {
      // A card that cannot be posted now is posted with the verdict that follows.
      await showSoFar().catch(() => undefined);
    }
    const retrieved = known ?? (await retrieve());
    if (retrieved.sure || incident.status === 'resolved') return {};
    if (standing([...history, fast, retrieved]).escalation) return {};
    return {
      escalate: {
        incidentId,
        where: incident.where,
        evidenceKey: retrieved.evidenceKey,
        reason: escalationReason(retrieved, ladder.thresholds),
      },
    };

    /**
     * The verdict on all that was said if that is news, else the one that stands. A job that was cut off
     * between two rungs goes on from here when it is repeated.
     */
    async function fastRung(said: string, key: string): Promise<Triage> {
      const judged = raised(ladder.fast(said), ours);
      const last = history.findLast(({ rung }) => rung === 'fast');
      if (last && (last.evidenceKey === key || !isNews(last, judged))) return last;
      // What stands at once is shown with its runbooks too; what does not gets them from the rung above.
      const whole = judged.sure ? await ladder.furnish(said, judged, options) : judged;
      return store(incidentId, key, whole);
    }

    async function retrieve(): Promise<Triage> {
      const judged = await ladder.retrieve(text, fast, options);
      return store(incidentId, fast.evidenceKey, raised(judged, fast));
    }
  };
}

/** Talk in the thread may raise what was said before, and never lowers it. */
function raised(judged: Judgement, before: Triage | undefined): Judgement {
  return before ? { ...judged, severity: worse(before.severity, judged.severity) } : judged;
}

function isRetrievalOf(fast: Triage, triage: Triage): boolean {
  return triage.rung === 'retrieval' && triage.evidenceKey === fast.evidenceKey;
}

/** Stores a judgement as the next version, unless this evidence was judged on this rung before. */
export function createKeepTriage(deps: {
  triages: TriageStore;
  clock: Clock;
  ids: Ids;
  metrics: Metrics;
}): (incidentId: string, key: string, judged: Judgement) => Promise<Triage> {
  return async (incidentId, key, judged) => {
    const { triage, created } = await deps.triages.add({
      ...judged,
      id: deps.ids.next('tri'),
      incidentId,
      evidenceKey: key,
      createdAt: deps.clock.now(),
    });
    if (created) {
      const labels = { rung: triage.rung, sure: String(triage.sure) };
      deps.metrics.count('sitrep_triages_total', labels);
    }
    return triage;
  };
}
