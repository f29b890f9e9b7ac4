import { z } from 'zod';
import type { ShowCard } from '../src/delivery/index.ts';
import type { JobDefinition, Processor } from '../src/ports/job-queue.ts';

const payloadSchema = z.object({ incidentId: z.string().min(1) });
type Payload = z.infer<typeof payloadSchema>;

/** Brings a card up to date after a vote, a correction or a change of status. */
export const showCardJob: JobDefinition<Payload> = {
  name: 'show-card',
  payload: payloadSchema,
  concurrency: 8,
  retry: { attempts: 12, firstMs: 250, mostMs: 60_000 },
};

export function createShowCardProcessor(deps: { showCard: ShowCard }): Processor<Payload> {
  return ({ incidentId }) => deps.showCard(incidentId);
}
