import { z } from 'zod';
import type { Clock } from '../src/ports/clock.ts';
import type { InboxStore } from '../src/ports/inbox-store.ts';
import type { IncidentStore } from '../src/ports/incident-store.ts';
import type { JobDefinition, JobQueue, Processor, Schedule } from '../src/ports/job-queue.ts';
import type { Logger } from '../src/ports/logger.ts';
import { triageIncidentJob } from './triage-incident.ts';

const payloadSchema = z.object({});
type Payload = z.infer<typeof payloadSchema>;

/**
 * Finds incidents whose card is missing or out of date and puts them back on the road. The queue and the
 * store cannot commit together (one may be Redis), so a process killed between recording and enqueueing
 * leaves such an incident behind; so does a queue that lost its data.
 */
export const sweepJob: JobDefinition<Payload> = {
  name: 'sweep',
  payload: payloadSchema,
  concurrency: 1,
  retry: { attempts: 1, firstMs: 1_000, mostMs: 1_000 },
};

export const SWEEP_SCHEDULE: Schedule = { everyMs: 15_000 };

/** A card this long behind is not merely on its way. */
const BEHIND_MS = 15_000;
const AT_ONCE = 500;
/** While a platform is away, an incident gets one new series of attempts in this time, not one a sweep. */
const SERIES_MS = 300_000;
/** Platforms give up delivering again within hours. */
const INBOX_KEPT_MS = 2 * 24 * 3_600_000;

export function createSweepProcessor(deps: {
  incidents: IncidentStore;
  inbox: InboxStore;
  queue: JobQueue;
  clock: Clock;
  logger: Logger;
}): Processor<Payload> {
  return async () => {
    const now = deps.clock.now().getTime();
    const behind = await deps.incidents.listBehind(new Date(now - BEHIND_MS), AT_ONCE);
    const series = Math.floor(now / SERIES_MS);
    for (const incident of behind) {
      // An id of its own: the job of the report may be kept as done or dead and would swallow a twin.
      const id = `sweep-${incident.id}-${incident.revision}-${series}`;
      await deps.queue.enqueue(triageIncidentJob, { incidentId: incident.id }, { id });
    }
    await deps.inbox.forget(new Date(now - INBOX_KEPT_MS));
    if (behind.length > 0) {
      deps.logger.warn('Incidents were behind and are on the road again.', {
        count: behind.length,
      });
    }
  };
}
