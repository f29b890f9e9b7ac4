import { createHash } from 'node:crypto';
import { AppError } from '../domain/errors.ts';
import type { TimelineEntry } from '../domain/incident.ts';
import type { Classifier } from '../ports/classifier.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ids } from '../ports/ids.ts';
import type { TimelineStore } from '../ports/timeline-store.ts';
import type { TriageStore } from '../ports/triage-store.ts';
import { isNews, worse } from './confidence.ts';

export type TriageIncident = (incidentId: string) => Promise<void>;

/** Judges an incident on everything said so far. Asking again about the same evidence changes nothing. */
export function createTriageIncident(deps: {
  triages: TriageStore;
  timeline: TimelineStore;
  classifier: Classifier;
  clock: Clock;
  ids: Ids;
}): TriageIncident {
  return async (incidentId) => {
    const entries = await deps.timeline.ofIncident(incidentId);
    if (entries.length === 0) {
      throw new AppError('not_found', `There is no incident ${incidentId}.`);
    }
    const seen = deps.classifier.classify(entries.map((entry) => entry.text).join('\n'));
    const previous = entries.length > 1 ? await deps.triages.latest(incidentId) : undefined;
    const severity = previous ? worse(previous.severity, seen.severity) : seen.severity;
    const verdict = { ...seen, severity };
    if (previous && !isNews(previous, verdict)) return;
    await deps.triages.add({
      ...verdict,
      id: deps.ids.next('tri'),
      incidentId,
      rung: 'fast',
      evidenceKey: evidenceKey(entries),
      degraded: [],
      createdAt: deps.clock.now(),
    });
  };
}

function evidenceKey(entries: readonly TimelineEntry[]): string {
  const hash = createHash('sha256');
  for (const entry of entries) hash.update(entry.eventKey).update('\n');
  return hash.digest('hex').slice(0, 32);
}
