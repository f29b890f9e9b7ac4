import { z } from 'zod';
import type { PostOnce } from '../src/delivery/index.ts';
import { type Card, textCard } from '../src/domain/card.ts';
import { AppError } from '../src/domain/errors.ts';
import { parseRca } from '../src/domain/rca.ts';
import { threadRefSchema } from '../src/domain/thread-ref.ts';
import type { Clock } from '../src/ports/clock.ts';
import type { ExplanationStore } from '../src/ports/explanation-store.ts';
import type { Ids } from '../src/ports/ids.ts';
import type { IncidentStore } from '../src/ports/incident-store.ts';
import type { JobDefinition, Processor } from '../src/ports/job-queue.ts';
import type { TriageStore } from '../src/ports/triage-store.ts';
import type { Explain, Explanation } from '../src/rca/index.ts';
import { leadershipCard } from '../src/triage/index.ts';

const payloadSchema = z.object({
  /** The JSON of an analysis, as it was pasted; else the incident is told from what is known of it. */
  rca: z.string().optional(),
  incidentId: z.string().optional(),
  where: threadRefSchema,
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
  explanations: ExplanationStore;
  incidents: IncidentStore;
  triages: TriageStore;
  postOnce: PostOnce;
  clock: Clock;
  ids: Ids;
};

export function createExplainIncidentProcessor(
  deps: ExplainIncidentDependencies,
): Processor<Payload> {
  return async ({ rca, incidentId, where }, { id }) => {
    const card =
      rca === undefined
        ? await ofIncident(deps, incidentId ?? '')
        : await ofAnalysis(deps, rca, where);
    await deps.postOnce(where, card, id);
  };
}

async function ofIncident(deps: ExplainIncidentDependencies, incidentId: string): Promise<Card> {
  const incident = await deps.incidents.byId(incidentId);
  if (!incident) throw new AppError('not_found', `There is no incident ${incidentId}.`);
  const triage = await deps.triages.latest(incidentId);
  return leadershipCard(incident, triage, deps.clock.now());
}

async function ofAnalysis(
  deps: ExplainIncidentDependencies,
  text: string,
  where: Payload['where'],
): Promise<Card> {
  let explanation: Explanation;
  try {
    explanation = await deps.explain(parseRca(parsed(text)), { channel: where.channel });
  } catch (error) {
    // What was pasted will not get better by trying again: say what is wrong with it.
    if (error instanceof AppError && error.code === 'bad_request') return textCard(error.message);
    throw error;
  }
  const incident = where.thread === undefined ? undefined : await deps.incidents.byThread(where);
  await deps.explanations.add({
    id: deps.ids.next('exp'),
    ...(incident ? { incidentId: incident.id } : {}),
    sourceHash: explanation.sourceHash,
    narrator: `${explanation.provider} ${explanation.model}`,
    promptId: explanation.promptId,
    promptVersion: explanation.promptVersion,
    text: explanation.explanation,
    detail: explanation,
    createdAt: deps.clock.now(),
  });
  return explanationCard(explanation);
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

function explanationCard(explanation: Explanation): Card {
  const { explanation: text, degraded, leftOut, dropped, provider, model } = explanation;
  const [first = text] = text.split('\n');
  const notes = [
    `Told by ${provider === 'local' ? 'the narrator' : `${provider} ${model}`}`,
    explanation.verified ? 'every sentence traced to the analysis' : 'not every sentence traced',
    ...(dropped.length > 0 ? [`left out as untrue: ${dropped.length}`] : []),
  ];
  return {
    summary: first.slice(0, 200),
    elements: [
      { kind: 'header', text: 'In plain words' },
      ...(explanation.verified
        ? []
        : [
            {
              kind: 'notice' as const,
              tone: 'warning' as const,
              text: 'Not every sentence could be checked against the analysis.',
            },
          ]),
      ...[degraded, leftOut]
        .filter((note) => note !== undefined)
        .map((note) => ({ kind: 'notice' as const, tone: 'info' as const, text: note })),
      { kind: 'text', text },
      { kind: 'context', text: `${notes.join('; ')}.` },
    ],
  };
}
