import { resolve } from 'node:path';
import type { Callback } from '../../adapters/callback/index.ts';
import { answerQuestionJob, createAnswerQuestionProcessor } from '../../jobs/answer-question.ts';
import {
  CATCH_UP_SCHEDULE,
  CHECK_SCHEDULE,
  catchUpKnowledgeJob,
  checkKnowledgeJob,
  createCatchUpKnowledgeProcessor,
} from '../../jobs/catch-up-knowledge.ts';
import {
  createEscalateIncidentProcessor,
  escalateIncidentJob,
} from '../../jobs/escalate-incident.ts';
import { createExplainIncidentProcessor, explainIncidentJob } from '../../jobs/explain-incident.ts';
import { createExplainRcaProcessor, explainRcaJob } from '../../jobs/explain-rca.ts';
import { createIngestKnowledgeProcessor, ingestKnowledgeJob } from '../../jobs/ingest-knowledge.ts';
import { createReadSharedFileProcessor, readSharedFileJob } from '../../jobs/read-shared-file.ts';
import {
  createRememberIncidentProcessor,
  rememberIncidentJob,
} from '../../jobs/remember-incident.ts';
import { createReportDeletedProcessor, reportDeletedJob } from '../../jobs/report-deleted.ts';
import {
  createReturnToChannelProcessor,
  returnToChannelJob,
} from '../../jobs/return-to-channel.ts';
import { createShowCardProcessor, showCardJob } from '../../jobs/show-card.ts';
import { createSweepProcessor, SWEEP_SCHEDULE, sweepJob } from '../../jobs/sweep.ts';
import { createTakeMessageProcessor, takeMessageJob } from '../../jobs/take-message.ts';
import { createTriageIncidentProcessor, triageIncidentJob } from '../../jobs/triage-incident.ts';
import type { Config } from '../config.ts';
import { NOBODY_ON_CALL } from '../domain/channel.ts';
import { AppError } from '../domain/errors.ts';
import type { Incident } from '../domain/incident.ts';
import { isIncidentChannel } from '../domain/incident-channel.ts';
import type { ThreadRef } from '../domain/thread-ref.ts';
import type { Receive } from '../ports/chat-platform.ts';
import type { JobWorkers } from '../ports/job-queue.ts';
import type { SharedFiles } from '../ports/shared-files.ts';
import { createAnnounceChange, createTriageIncident } from '../triage/index.ts';
import type { Brain } from './brain.ts';
import { buildDelivery } from './delivery.ts';
import { buildEscalation } from './escalation.ts';
import { jobId } from './job-id.ts';
import type { Parts } from './parts.ts';
import type { Connected } from './platforms.ts';
import type { Surroundings } from './tools.ts';

/** What an orchestrator waits before it kills, less a margin for closing connections. */
const DRAIN_MS = 10_000;
const MOST_AT_ONCE = 2;

export type WorkersOptions = {
  parts: Parts;
  brain: Brain;
  connected: readonly Connected[];
  callback: Callback;
  receive: Receive;
};

/** The side that does the slow work: every job with its processor, and what runs on schedule. */
export async function startWorkers(
  config: Config,
  surroundings: Surroundings,
  { parts, brain, connected, callback, receive }: WorkersOptions,
): Promise<void> {
  const { tools, store, jobs } = parts;
  const placeOf = (name: string) => connected.find(({ platform }) => platform.name === name);
  const linkTo = ({ where }: Incident) => placeOf(where.platform)?.linkTo(where);
  const delivery = buildDelivery(parts, brain, connected);
  const { postOnce, sayGone, showCard, showInTurn } = delivery;
  const { queue } = jobs;
  const workers = gently(jobs.workers, parts.embedded.store);
  const escalation = buildEscalation({
    tools,
    store,
    brain,
    queue,
    postOnce: delivery.callOnce,
    onCallAt: (where) => onCallOf(config, parts, where, placeOf(where.platform)),
    learnLinks: async (where) => placeOf(where.platform)?.learnLinks?.(where),
    linkTo,
  });
  const openFile: SharedFiles['open'] = async (platform, workspace, id) => {
    const open = placeOf(platform)?.openFile;
    if (open) return open(workspace, id);
    throw new AppError('forbidden', 'Files of this platform cannot be read.');
  };
  await workers.work(
    triageIncidentJob,
    createTriageIncidentProcessor({
      triageIncident: createTriageIncident({ ...tools, ...store, ladder: brain.ladder }),
      showCard: showInTurn,
      announceChange: createAnnounceChange({ ...store, postOnce }),
      enqueueEscalation: escalation.enqueue,
    }),
  );
  await workers.work(
    takeMessageJob,
    createTakeMessageProcessor({
      name: async (event) => (await placeOf(event.where.platform)?.name?.(event)) ?? event,
      receive,
    }),
  );
  await workers.work(
    escalateIncidentJob,
    createEscalateIncidentProcessor({
      escalateIncident: escalation.escalate,
      showCard: showInTurn,
    }),
  );
  await workers.work(showCardJob, createShowCardProcessor({ showCard }));
  await workers.work(
    answerQuestionJob,
    createAnswerQuestionProcessor({ ...store, answer: brain.answer, postOnce }),
  );
  await workers.work(
    explainIncidentJob,
    createExplainIncidentProcessor({ ...tools, ...store, explain: brain.explain, postOnce }),
  );
  await workers.work(
    rememberIncidentJob,
    createRememberIncidentProcessor({
      ...store,
      memory: parts.memory,
      isOpen: async ({ where }) =>
        (await placeOf(where.platform)?.isOpen?.(where.workspace, where.channel)) ?? true,
      linkTo,
    }),
  );
  await workers.work(reportDeletedJob, createReportDeletedProcessor({ ...store, sayGone }));
  await workers.work(
    readSharedFileJob,
    createReadSharedFileProcessor({
      ...tools,
      ...store,
      ...brain,
      postOnce,
      files: { open: openFile },
      enqueueTriage: (incidentId, key) =>
        queue.enqueue(triageIncidentJob, { incidentId }, { id: jobId('triage', key) }),
    }),
  );
  await workers.work(
    explainRcaJob,
    createExplainRcaProcessor({
      ...tools,
      explain: brain.explain,
      tasks: store.tasks,
      sendCallback: callback.send,
    }),
  );
  await workOnKnowledge(config, surroundings, parts);
  const { refusals } = delivery;
  await workers.work(
    returnToChannelJob,
    createReturnToChannelProcessor({ ...tools, ...store, refusals, queue }),
  );
  await workers.work(sweepJob, createSweepProcessor({ ...tools, ...store, refusals, queue }));
  await queue.schedule(sweepJob, {}, SWEEP_SCHEDULE);
  parts.closing.push(() => workers.drain(DRAIN_MS));
}

/**
 * One process that does everything acknowledges what people say between two steps of its jobs: the fewer of them
 * at once, the sooner.
 */
function gently(workers: JobWorkers, oneProcess: boolean): JobWorkers {
  if (!oneProcess) return workers;
  return {
    ...workers,
    work: (job, process) =>
      workers.work({ ...job, concurrency: Math.min(job.concurrency, MOST_AT_ONCE) }, process),
  };
}

/** What people set in the channel, else what the operator configured for channels of such a name. */
async function onCallOf(
  config: Config,
  { store }: Parts,
  where: ThreadRef,
  place: Connected | undefined,
): Promise<string | undefined> {
  const settings = await store.channels.settings(where);
  if (settings?.onCall !== undefined) {
    return settings.onCall === NOBODY_ON_CALL ? undefined : settings.onCall;
  }
  const configured = Object.entries(config.escalation.onCall);
  if (configured.length === 0) return undefined;
  const name = (await place?.channelName?.(where.workspace, where.channel)) ?? where.channel;
  return configured.find(([pattern]) => isIncidentChannel(name, [pattern]))?.[1];
}

/** Reads the knowledge in at the start and on schedule, and makes the vectors that are missing. */
async function workOnKnowledge(
  config: Config,
  { packageRoot }: Surroundings,
  { tools, jobs, knowledge, warmKnowledge }: Parts,
): Promise<void> {
  if (!config.knowledge.enabled) return;
  const { workers, queue } = jobs;
  const { vectors } = knowledge;
  await workers.work(
    ingestKnowledgeJob,
    createIngestKnowledgeProcessor({
      ...tools,
      ingest: (source, options) => knowledge.ingest(source, options),
      check: (ingestId) => queue.enqueue(checkKnowledgeJob, {}, { id: jobId('check', ingestId) }),
      sources: [
        { collection: 'runbooks', paths: [resolve(packageRoot, 'knowledge/runbooks')] },
        { collection: 'default', paths: config.knowledge.paths.map((path) => resolve(path)) },
      ],
    }),
  );
  await workers.work(
    catchUpKnowledgeJob,
    createCatchUpKnowledgeProcessor({ ...tools, catchUp: (options) => vectors.catchUp(options) }),
  );
  await workers.work(
    checkKnowledgeJob,
    createCatchUpKnowledgeProcessor({
      ...tools,
      catchUp: (options) => vectors.catchUp({ ...options, thorough: true }),
    }),
  );
  await queue.schedule(checkKnowledgeJob, {}, CHECK_SCHEDULE);
  await queue.schedule(ingestKnowledgeJob, {}, { everyMs: config.knowledge.every });
  await queue.schedule(catchUpKnowledgeJob, {}, CATCH_UP_SCHEDULE);
  warmKnowledge().catch((error: unknown) => {
    tools.logger.debug('The knowledge was not read in at the start.', { part: 'knowledge' }, error);
  });
}
