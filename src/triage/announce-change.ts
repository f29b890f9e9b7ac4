import type { PostOnce } from '../delivery/index.ts';
import { textCard } from '../domain/card.ts';
import type { Triage } from '../domain/triage.ts';
import type { IncidentStore } from '../ports/incident-store.ts';
import type { TriageStore } from '../ports/triage-store.ts';
import { standing } from './evidence.ts';

export type AnnounceChange = (incidentId: string) => Promise<void>;

/** In a channel that wants to hear more: a line in the thread when what was said there changed the verdict. */
export function createAnnounceChange(deps: {
  incidents: IncidentStore;
  triages: TriageStore;
  postOnce: PostOnce;
}): AnnounceChange {
  return async (incidentId) => {
    const [incident, history] = await Promise.all([
      deps.incidents.byId(incidentId),
      deps.triages.history(incidentId),
    ]);
    const { ours } = standing(history);
    if (!incident || !ours) return;
    const before = standing(history.filter((one) => one.evidenceKey !== ours.evidenceKey)).ours;
    if (!before) return;
    const was = inWords(before);
    const is = inWords(ours);
    if (was === is) return;
    const why =
      ours.because.length > 0 ? ` because of “${ours.because.slice(0, 3).join('”, “')}”` : '';
    const card = textCard(`I changed my mind${why}: ${is}, it was ${was}.`);
    await deps.postOnce(incident.where, card, `verdict-${incidentId}-${ours.version}`);
  };
}

function inWords({ category, severity }: Triage): string {
  return `${category}, ${severity} severity`;
}
