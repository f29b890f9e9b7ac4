import { z } from 'zod';
import { channelKey, type Refusals } from '../src/delivery/index.ts';
import { threadRefSchema } from '../src/domain/thread-ref.ts';
import type { Clock } from '../src/ports/clock.ts';
import type { Ids } from '../src/ports/ids.ts';
import type { IncidentStore } from '../src/ports/incident-store.ts';
import type { JobDefinition, JobQueue, Processor } from '../src/ports/job-queue.ts';
import { showCardJob } from './show-card.ts';

const payloadSchema = z.object({ where: threadRefSchema });
type Payload = z.infer<typeof payloadSchema>;

/** We may write in a channel again, as we were invited: the cards that waited for it are shown. */
export const returnToChannelJob: JobDefinition<Payload> = {
  name: 'return-to-channel',
  payload: payloadSchema,
  concurrency: 1,
  retry: { attempts: 8, firstMs: 500, mostMs: 60_000 },
};

const AT_ONCE = 2_000;

export function createReturnToChannelProcessor(deps: {
  refusals: Refusals;
  incidents: IncidentStore;
  queue: JobQueue;
  clock: Clock;
  ids: Ids;
}): Processor<Payload> {
  return async ({ where }) => {
    const key = channelKey(where);
    await deps.refusals.clear(key);
    const behind = await deps.incidents.listBehind(deps.clock.now(), AT_ONCE);
    for (const incident of behind.filter((each) => channelKey(each.where) === key)) {
      const id = deps.ids.next('return');
      await deps.queue.enqueue(showCardJob, { incidentId: incident.id }, { id });
    }
  };
}
