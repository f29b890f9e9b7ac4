import type { Logger } from '../../src/ports/logger.ts';
import type { Metrics } from '../../src/ports/metrics.ts';
import type { Retrieval, RetrievalLog } from '../../src/ports/retrieval-log.ts';

export type RetrievalRecorder = {
  /** Takes note; the search that is recorded does not wait for it. */
  record(retrieval: Retrieval): void;
  /** Writes what is still to be written. */
  close(): Promise<void>;
};

/** Together in one statement, soon enough to be read by whoever looks. */
const WRITE_AFTER_MS = 2_000;
/** More than a busy team asks in that time; while the store is slow, no more than this is kept in memory. */
const MOST_WAITING = 500;

/** Writes the retrieval log behind the searches. What the store does not take is counted and let go. */
export function createRetrievalRecorder(deps: {
  log: Pick<RetrievalLog, 'add'>;
  metrics: Metrics;
  logger: Logger;
}): RetrievalRecorder {
  const { log, metrics, logger } = deps;
  let waiting: Retrieval[] = [];
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  function drop(count: number): void {
    metrics.count('sitrep_retrievals_unlogged_total', {}, count);
  }

  async function write(): Promise<void> {
    const batch = waiting;
    waiting = [];
    if (batch.length === 0) return;
    try {
      await log.add(batch);
    } catch (error) {
      drop(batch.length);
      logger.debug('searches were not logged', { part: 'knowledge', count: batch.length }, error);
    }
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.then(write);
    return writing;
  }

  return {
    record(retrieval) {
      if (waiting.length >= MOST_WAITING) {
        drop(1);
        return;
      }
      waiting.push(retrieval);
      timer ??= setTimeout(() => void flush(), WRITE_AFTER_MS).unref();
    },
    close: flush,
  };
}
