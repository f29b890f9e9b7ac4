import { z } from 'zod';
import type { PostOnce } from '../src/delivery/index.ts';
import { type Card, textCard } from '../src/domain/card.ts';
import { AppError } from '../src/domain/errors.ts';
import { actorSchema } from '../src/domain/event.ts';
import { parseRca } from '../src/domain/rca.ts';
import { threadRefSchema } from '../src/domain/thread-ref.ts';
import type { Clock } from '../src/ports/clock.ts';
import type { IncidentStore } from '../src/ports/incident-store.ts';
import type { JobDefinition, Processor } from '../src/ports/job-queue.ts';
import type { TriageStore } from '../src/ports/triage-store.ts';
import type { VoteStore } from '../src/ports/vote-store.ts';
import { type Explain, explanationCard } from '../src/rca/index.ts';
import { leadershipCard } from '../src/triage/index.ts';

const payloadSchema = z.object({
  /** The JSON of an analysis, as it was pasted; else the incident is told from what is known of it. */
  rca: z.string().optional(),
  incidentId: z.string().optional(),
  where: threadRefSchema,
  /** Gets the explanation alone where it may not be posted. */
  asker: actorSchema.optional(),
});
type Payload = z.infer<typeof payloadSchema>;

/** Puts a root cause, or an incident, into plain words and posts them where they were asked for. */
export const explainIncidentJob: JobDefinition<Payload> = {
  name: 'explain-incident',
  payload: payloadSchema,
  concurrency: 4,
  retry: { attempts: 6, firstMs: 500, mostMs: 30_000 },
};

export type ExplainIncidentDependencies = {
  explain: Explain;
  incidents: IncidentStore;
  triages: TriageStore;
  votes: Pick<VoteStore, 'ofIncident'>;
  postOnce: PostOnce;
  clock: Clock;
};

export function createExplainIncidentProcessor(
  deps: ExplainIncidentDependencies,
): Processor<Payload> {
  return async ({ rca, incidentId, where, asker }, { id }) => {
    const card =
      rca === undefined
        ? await ofIncident(deps, incidentId ?? '')
        : await ofAnalysis(deps, rca, where);
    await deps.postOnce(where, card, id, asker);
  };
}

async function ofIncident(deps: ExplainIncidentDependencies, incidentId: string): Promise<Card> {
  const incident = await deps.incidents.byId(incidentId);
  if (!incident) throw new AppError('not_found', `There is no incident ${incidentId}.`);
  const [triage, votes] = await Promise.all([
    deps.triages.latest(incidentId),
    deps.votes.ofIncident(incidentId),
  ]);
  return leadershipCard(incident, triage, votes, deps.clock.now());
}

async function ofAnalysis(
  deps: ExplainIncidentDependencies,
  text: string,
  where: Payload['where'],
): Promise<Card> {
  const incident = where.thread === undefined ? undefined : await deps.incidents.byThread(where);
  try {
    const explanation = await deps.explain(parseRca(parsed(text)), {
      channel: where.channel,
      ...(incident ? { incidentId: incident.id } : {}),
    });
    return explanationCard(explanation);
  } catch (error) {
    // What was pasted will not get better by trying again: say what is wrong with it.
    if (error instanceof AppError && error.code === 'bad_request') return textCard(error.message);
    throw error;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError(
      'bad_request',
      'That is not JSON. Paste the whole analysis after /triage rca.',
    );
  }
}
