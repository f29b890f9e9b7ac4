import { z } from 'zod';
import { type MessageEvent, messageEventSchema } from '../src/domain/event.ts';
import type { Receive } from '../src/ports/chat-platform.ts';
import type { JobDefinition, Processor } from '../src/ports/job-queue.ts';

const payloadSchema = z.object({ event: messageEventSchema });
type Payload = z.infer<typeof payloadSchema>;

/**
 * Takes what was said in a channel whose name its platform would not tell in time. Longer than an outage lasts:
 * the platform was told that we have it, and does not deliver it again.
 */
export const takeMessageJob: JobDefinition<Payload> = {
  name: 'take-message',
  payload: payloadSchema,
  concurrency: 4,
  retry: { attempts: 2_000, firstMs: 500, mostMs: 15_000 },
};

export function createTakeMessageProcessor(deps: {
  /** Fails while the platform cannot say. */
  name: (event: MessageEvent) => Promise<MessageEvent>;
  receive: Receive;
}): Processor<Payload> {
  return async ({ event }) => {
    await deps.receive(await deps.name(event));
  };
}
