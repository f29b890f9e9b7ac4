import type { Part } from '../../src/ports/health.ts';
import type { Backend, QueueDeps, QueueHandle } from './backend.ts';
import { createBullQueue } from './bull-queue.ts';
import { createBullWorkers } from './bull-workers.ts';
import { createOutageLog } from './outage-log.ts';
import { atMost } from './time.ts';

const ANSWER_WITHIN_MS = 1_500;

/** One queue, its workers and its health, on whichever backend. */
export function assemble(backend: Backend, deps: QueueDeps): QueueHandle {
  const onError = createOutageLog(deps);
  backend.onError(onError);
  const { queue, open, close } = createBullQueue(backend, onError);
  const workers = createBullWorkers(backend, open, deps, onError);
  let closed: Promise<void> | undefined;
  return {
    queue,
    workers,
    part: createPart(backend),
    close() {
      closed ??= (async () => {
        await workers.drain(0);
        await close();
        await backend.close();
      })();
      return closed;
    },
  };
}

function createPart(backend: Backend): Part {
  const answers = () =>
    backend.ping().then(
      () => true,
      () => false,
    );
  return {
    name: 'queue',
    needed: true,
    async health() {
      if (await atMost(ANSWER_WITHIN_MS, answers())) {
        return { status: 'up', detail: `Jobs are kept in ${backend.label}.` };
      }
      return {
        status: 'down',
        detail: `${sentenceStart(backend.label)}, which keeps the jobs, does not answer: nothing new is taken until it is back.`,
      };
    },
  };
}

function sentenceStart(label: string): string {
  return label.charAt(0).toUpperCase() + label.slice(1);
}
