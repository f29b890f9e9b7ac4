import { escalateIncidentJob, escalationJobId } from '../../jobs/escalate-incident.ts';
import type { PostOnce } from '../delivery/index.ts';
import type { Incident } from '../domain/incident.ts';
import type { ThreadRef } from '../domain/thread-ref.ts';
import type { IncidentStore } from '../ports/incident-store.ts';
import type { JobQueue } from '../ports/job-queue.ts';
import type { TimelineStore } from '../ports/timeline-store.ts';
import type { TriageStore } from '../ports/triage-store.ts';
import {
  createCallPeople,
  createEscalateIncident,
  type EscalateIncident,
  type EscalationRequest,
} from '../triage/index.ts';
import type { Brain } from './brain.ts';
import type { Tools } from './tools.ts';

export type EscalationParts = {
  tools: Pick<Tools, 'clock' | 'ids' | 'logger' | 'metrics'>;
  store: { incidents: IncidentStore; timeline: TimelineStore; triages: TriageStore };
  brain: Pick<Brain, 'ladder' | 'secondOpinion' | 'pagers' | 'deadlineMs'>;
  queue: Pick<JobQueue, 'enqueue'>;
  postOnce: PostOnce;
  /** Whom to mention in a channel. */
  onCallAt(where: ThreadRef): Promise<string | undefined>;
  /** Resolves when links to a place are as good as they will be soon. */
  learnLinks(where: ThreadRef): Promise<void>;
  linkTo(incident: Incident): string | undefined;
};

/** The third rung: who puts an incident on it, and who takes it from there. */
export function buildEscalation(parts: EscalationParts) {
  const { tools, store, brain, queue, onCallAt } = parts;
  const { pagers, secondOpinion } = brain;

  /** A platform that is away must not keep the pagers from being called; without one, try again. */
  function unknownWhom(error: unknown): undefined {
    if (pagers.length === 0) throw error;
    tools.logger.warn('Whom to call in a channel is not known.', {}, error);
  }

  function callPeople(known: string | undefined) {
    return createCallPeople({
      ...tools,
      pagers,
      onCallOf: async (where) => {
        const looked = known === undefined ? onCallAt(where).catch(unknownWhom) : known;
        const [onCall] = await Promise.all([looked, parts.learnLinks(where)]);
        return onCall;
      },
      postOnce: parts.postOnce,
      linkTo: parts.linkTo,
    });
  }

  return {
    /** Where nobody can be asked and nobody called, the mark of being unsure is all there is to say. */
    async enqueue({ where, ...request }: EscalationRequest): Promise<void> {
      const options = { id: escalationJobId(request) };
      if (secondOpinion || pagers.length > 0) {
        return queue.enqueue(escalateIncidentJob, request, options);
      }
      const onCall = await onCallAt(where);
      if (onCall === undefined) return;
      await queue.enqueue(escalateIncidentJob, { ...request, onCall }, options);
    },

    /** With the on-call when that was looked up for the job. */
    escalate(
      { onCall, ...request }: Parameters<EscalateIncident>[0] & { onCall?: string | undefined },
      signal: AbortSignal,
    ): Promise<void> {
      const escalate = createEscalateIncident({
        ...tools,
        ...store,
        ladder: brain.ladder,
        source: secondOpinion,
        callPeople: callPeople(onCall),
        deadlineMs: brain.deadlineMs,
      });
      return escalate(request, signal);
    },
  };
}
