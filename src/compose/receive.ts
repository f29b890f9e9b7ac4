import { createReceive } from '../../handlers/index.ts';
import { answerQuestionJob } from '../../jobs/answer-question.ts';
import { escalateIncidentJob } from '../../jobs/escalate-incident.ts';
import { explainIncidentJob } from '../../jobs/explain-incident.ts';
import { readSharedFileJob, sharedFileKey } from '../../jobs/read-shared-file.ts';
import { rememberIncidentJob } from '../../jobs/remember-incident.ts';
import { reportDeletedJob } from '../../jobs/report-deleted.ts';
import { showCardJob } from '../../jobs/show-card.ts';
import { triageIncidentJob } from '../../jobs/triage-incident.ts';
import type { Config } from '../config.ts';
import { type Event, eventKey } from '../domain/event.ts';
import type { ThreadRef } from '../domain/thread-ref.ts';
import type { Receive } from '../ports/chat-platform.ts';
import type { Brain } from './brain.ts';
import { jobId } from './job-id.ts';
import type { Parts } from './parts.ts';
import type { Connected } from './platforms.ts';

/** What platforms hand their events to. */
export function buildReceive(
  config: Config,
  parts: Parts,
  brain: Brain,
  connected: readonly Connected[],
): Receive {
  const { tools, store, jobs, search, memory } = parts;
  const { queue } = jobs;
  return createReceive({
    ...tools,
    ...store,
    knowledge: search,
    memory,
    adviseOnLogs: brain.adviseOnLogs,
    classifier: brain.classifier,
    channelName: (where) =>
      soon(connected, where, ({ channelName }) => channelName, {
        noQuestion: where.channel,
        noAnswer: where.channel,
      }),
    isOpen: (where) =>
      soon(connected, where, ({ isOpen }) => isOpen, { noQuestion: true, noAnswer: false }),
    linkTo: (where) =>
      connected.find(({ platform }) => platform.name === where.platform)?.linkTo(where),
    incidentChannels: config.incidentChannels,
    enqueue: {
      triage: (incidentId, because, how) =>
        queue.enqueue(
          triageIncidentJob,
          { incidentId, ...how },
          { id: eventJobId('triage', because) },
        ),
      showCard: (incidentId, because, how) =>
        queue.enqueue(showCardJob, { incidentId, ...how }, { id: eventJobId('card', because) }),
      escalation: (incidentId, because) =>
        queue.enqueue(
          escalateIncidentJob,
          { incidentId, reason: 'asked' },
          { id: eventJobId('escalate', because) },
        ),
      remember: (incidentId, because) =>
        queue.enqueue(rememberIncidentJob, { incidentId }, { id: eventJobId('remember', because) }),
      reportDeleted: (incidentId, because) => {
        const { messageId } = because;
        const isRoot = (because.where.thread ?? messageId) === messageId;
        return queue.enqueue(
          reportDeletedJob,
          { incidentId, messageId, isRoot },
          { id: eventJobId('deleted', because) },
        );
      },
      readFile: (incidentId, file, because) => {
        const key = sharedFileKey(because, file);
        return queue.enqueue(
          readSharedFileJob,
          { incidentId, file, key, author: because.actor },
          { id: jobId('file', key) },
        );
      },
      answer: (question, where, because) =>
        queue.enqueue(
          answerQuestionJob,
          { question, where, asker: because.actor },
          { id: eventJobId('answer', because) },
        ),
      explanation: (about, where, because) =>
        queue.enqueue(
          explainIncidentJob,
          { ...about, where, asker: because.actor },
          { id: eventJobId('explain', because) },
        ),
    },
  });
}

/** The person waits for the answer. */
const ANSWER_MS = 500;

/** What the platform says of a place, or what is said instead when it is slow to, or cannot. */
function soon<Value>(
  connected: readonly Connected[],
  { platform: wanted, workspace, channel }: ThreadRef,
  question: (place: Connected) => ((w: string, c: string) => Promise<Value>) | undefined,
  otherwise: { noQuestion: Value; noAnswer: Value },
): Promise<Value> {
  const place = connected.find(({ platform }) => platform.name === wanted);
  const ask = place && question(place);
  if (!ask) return Promise.resolve(otherwise.noQuestion);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Value>((resolve) => {
    timer = setTimeout(() => resolve(otherwise.noAnswer), ANSWER_MS);
  });
  const answer = ask(workspace, channel).catch(() => otherwise.noAnswer);
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

/** Equal for every delivery of the same event. */
function eventJobId(purpose: string, event: Event): string {
  return jobId(purpose, eventKey(event));
}
