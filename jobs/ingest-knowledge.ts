import { z } from 'zod';
import type { JobDefinition, Processor } from '../src/ports/job-queue.ts';
import type { Logger } from '../src/ports/logger.ts';

const payloadSchema = z.object({});
type Payload = z.infer<typeof payloadSchema>;

/** Reads the configured paths and the shipped runbooks again: what is unchanged costs next to nothing. */
export const ingestKnowledgeJob: JobDefinition<Payload> = {
  name: 'ingest-knowledge',
  payload: payloadSchema,
  concurrency: 1,
  retry: { attempts: 3, firstMs: 5_000, mostMs: 60_000 },
};

/** What is read into which collection. */
export type KnowledgeSource = { collection: string; paths: readonly string[] };

type Report = {
  added: number;
  changed: number;
  unchanged: number;
  removed: number;
  failed: readonly unknown[];
  behind?: string;
};

export function createIngestKnowledgeProcessor(deps: {
  sources: readonly KnowledgeSource[];
  ingest: (source: KnowledgeSource, options: { signal: AbortSignal }) => Promise<Report>;
  /** Has the vectors compared with the text, after the documents of a collection changed. */
  check: (jobId: string) => Promise<void>;
  logger: Logger;
}): Processor<Payload> {
  const { sources, ingest, check, logger } = deps;
  return async (_payload, { signal, id: jobId }) => {
    let changes = 0;
    for (const source of sources) {
      if (source.paths.length === 0) continue;
      const report = await ingest(source, { signal });
      const { collection } = source;
      changes += report.added + report.changed + report.removed;
      const log = (message: string, count: number) => {
        if (count > 0) logger.info(message, { collection, jobId, count });
      };
      log('Documents were added to the knowledge.', report.added);
      log('Documents of the knowledge changed.', report.changed);
      log('Documents were removed from the knowledge.', report.removed);
      log('Documents of the knowledge are unchanged.', report.unchanged);
      if (report.failed.length > 0) {
        logger.warn(
          'Documents could not be read; `sitrep knowledge ingest` with their path names them.',
          { collection, jobId, count: report.failed.length },
        );
      }
    }
    if (changes > 0) await check(jobId);
  };
}
