import { z } from 'zod';
import { type AnswerQuestion, answerCard } from '../src/answers/index.ts';
import type { PostOnce } from '../src/delivery/index.ts';
import { sightAt } from '../src/domain/circle.ts';
import { actorSchema } from '../src/domain/event.ts';
import { threadRefSchema } from '../src/domain/thread-ref.ts';
import type { IncidentStore } from '../src/ports/incident-store.ts';
import type { JobDefinition, Processor } from '../src/ports/job-queue.ts';
import type { TimelineStore } from '../src/ports/timeline-store.ts';
import { clean } from '../src/safety/index.ts';

const payloadSchema = z.object({
  question: z.string().min(1),
  where: threadRefSchema,
  /** Gets the answer alone where it may not be posted. */
  asker: actorSchema.optional(),
});
type Payload = z.infer<typeof payloadSchema>;

/** Looks a question up and posts the answer where it was asked. */
export const answerQuestionJob: JobDefinition<Payload> = {
  name: 'answer-question',
  payload: payloadSchema,
  concurrency: 4,
  retry: { attempts: 6, firstMs: 500, mostMs: 30_000 },
};

/** What was said last matters; a long thread would push the passages out of a model's view. */
const ENTRIES_READ = 20;

export function createAnswerQuestionProcessor(deps: {
  answer: AnswerQuestion;
  postOnce: PostOnce;
  incidents: IncidentStore;
  timeline: TimelineStore;
}): Processor<Payload> {
  return async ({ question, where, asker }, { id, signal }) => {
    const incident = where.thread === undefined ? undefined : await deps.incidents.byThread(where);
    const entries = incident ? await deps.timeline.ofIncident(incident.id) : [];
    const [report, ...rest] = entries;
    const thread = [...(report ? [report] : []), ...rest.slice(-ENTRIES_READ)];
    const answer = await deps.answer(clean(question), {
      sight: sightAt(where),
      thread: thread.map(({ text }) => clean(text)),
      channel: where.channel,
      signal,
    });
    await deps.postOnce(where, answerCard(question, answer), id, asker);
  };
}
