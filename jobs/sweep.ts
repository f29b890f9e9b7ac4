import { z } from 'zod';
import { channelKey, type Refusals } from '../src/delivery/index.ts';
import type { Incident } from '../src/domain/incident.ts';
import type { AuditStore } from '../src/ports/audit-store.ts';
import type { Clock } from '../src/ports/clock.ts';
import type { ConsoleLog } from '../src/ports/console-log.ts';
import type { DeliveryStore } from '../src/ports/delivery-store.ts';
import type { InboxStore } from '../src/ports/inbox-store.ts';
import type { IncidentStore } from '../src/ports/incident-store.ts';
import type { JobDefinition, JobQueue, Processor, Schedule } from '../src/ports/job-queue.ts';
import type { Logger } from '../src/ports/logger.ts';
import type { RetrievalLog } from '../src/ports/retrieval-log.ts';
import type { TaskStore } from '../src/ports/task-store.ts';
import { triageIncidentJob } from './triage-incident.ts';

const payloadSchema = z.object({});
type Payload = z.infer<typeof payloadSchema>;

/**
 * Finds incidents whose card is missing or out of date and puts them back on the road. The queue and the
 * store cannot commit together (one may be Redis), so a process killed between recording and enqueueing
 * leaves such an incident behind; so does a queue that lost its data. Once an hour it also forgets what has
 * been kept for long enough.
 */
export const sweepJob: JobDefinition<Payload> = {
  name: 'sweep',
  payload: payloadSchema,
  concurrency: 1,
  retry: { attempts: 1, firstMs: 1_000, mostMs: 1_000 },
};

export const SWEEP_SCHEDULE: Schedule = { everyMs: 15_000 };

/** A card this long behind is not merely on its way; sooner, a sweep would add to the rush that it waits in. */
const BEHIND_MS = 30_000;
const AT_ONCE = 200;
/** Those whose channels refuse us stay behind for long, and must not keep the others out of sight. */
const LOOKED_AT = 2_000;
/** While a platform is away, an incident gets one new series of attempts in this time, not one a sweep. */
const SERIES_MS = 300_000;
const HOUR_MS = 3_600_000;

const DAYS_KEPT = {
  /** Platforms give up delivering again within hours. */
  inbox: 2,
  /** Whoever asked for a task polls it for minutes. */
  tasks: 7,
  consoleLog: 30,
  /** Long enough to see what is asked again and again and answered by no page. */
  retrievals: 60,
  /** Until then a resolved incident's card is still edited in place. */
  deliveries: 90,
  /** A year, and time to look at it afterwards. */
  audit: 400,
};

type Forgetful = {
  inbox: Pick<InboxStore, 'forget'>;
  tasks: Pick<TaskStore, 'forget'>;
  consoleLog: Pick<ConsoleLog, 'forget'>;
  retrievals: Pick<RetrievalLog, 'forget'>;
  deliveries: Pick<DeliveryStore, 'forget'>;
  audit: Pick<AuditStore, 'forget'>;
};

export function createSweepProcessor(
  deps: Forgetful & {
    incidents: IncidentStore;
    refusals?: Pick<Refusals, 'current'>;
    queue: JobQueue;
    clock: Clock;
    logger: Logger;
  },
): Processor<Payload> {
  let forgetAt = 0;
  return async () => {
    const now = deps.clock.now().getTime();
    const behind = await behindAndWanted(deps, new Date(now - BEHIND_MS));
    const series = Math.floor(now / SERIES_MS);
    for (const incident of behind) {
      // An id of its own: the job of the report may be kept as done or dead and would swallow a twin.
      const id = `sweep-${incident.id}-${incident.revision}-${series}`;
      await deps.queue.enqueue(triageIncidentJob, { incidentId: incident.id }, { id });
    }
    if (behind.length > 0) {
      deps.logger.warn('Incidents were behind and are on the road again.', {
        count: behind.length,
      });
    }
    if (now < forgetAt) return;
    // Set first: what cannot be forgotten now is no reason to try every few seconds.
    forgetAt = now + HOUR_MS;
    await forgetOld(deps, now);
  };
}

/** Without those that were refused and whose next try is not due. */
async function behindAndWanted(
  { incidents, refusals }: { incidents: IncidentStore; refusals?: Pick<Refusals, 'current'> },
  before: Date,
): Promise<Incident[]> {
  const refused = (await refusals?.current()) ?? new Map();
  if (refused.size === 0) return incidents.listBehind(before, AT_ONCE);
  const behind = await incidents.listBehind(before, LOOKED_AT);
  const wanted = behind.filter(
    ({ id, where }) => !refused.has(id) && !refused.has(channelKey(where)),
  );
  return wanted.slice(0, AT_ONCE);
}

async function forgetOld(stores: Forgetful, now: number): Promise<void> {
  const before = (days: number) => new Date(now - days * 24 * HOUR_MS);
  await stores.inbox.forget(before(DAYS_KEPT.inbox));
  await stores.tasks.forget(before(DAYS_KEPT.tasks));
  await stores.consoleLog.forget(before(DAYS_KEPT.consoleLog));
  await stores.retrievals.forget(before(DAYS_KEPT.retrievals));
  await stores.deliveries.forget(before(DAYS_KEPT.deliveries));
  await stores.audit.forget(before(DAYS_KEPT.audit));
}
