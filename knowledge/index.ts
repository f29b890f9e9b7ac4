import type { AuditStore } from '../src/ports/audit-store.ts';
import type { Clock } from '../src/ports/clock.ts';
import type { DocumentStore } from '../src/ports/document-store.ts';
import type { Embedder } from '../src/ports/embedder.ts';
import type { Part } from '../src/ports/health.ts';
import type { Logger } from '../src/ports/logger.ts';
import type { Metrics } from '../src/ports/metrics.ts';
import type { Chroma } from './chroma/index.ts';
import { createVectors, type Vectors } from './collection/vectors.ts';
import { createGauges } from './gauges.ts';
import { type IngestOptions, type IngestRequest, ingest } from './ingest/ingest.ts';
import type { CreateCleaner } from './ingest/read-source.ts';
import type { IngestReport } from './ingest/report.ts';
import { createKnowledgePart } from './part.ts';
import { type CollectionStatus, knowledgeStatus } from './status.ts';

export type { IngestReport } from './ingest/report.ts';
export type { CollectionStatus } from './status.ts';

export type KnowledgeOptions = {
  documents: DocumentStore;
  audit: AuditStore;
  chroma: Chroma;
  embedder: Embedder;
  /** See `VectorsOptions`. */
  formerEmbedders?: readonly Embedder[];
  createCleaner: CreateCleaner;
  clock: Clock;
  logger: Logger;
  metrics: Metrics;
  /** Of the product. */
  version: string;
  /** Hosts that may be fetched from. */
  urlHosts: readonly string[];
};

export type Knowledge = {
  /** For search: the nearest chunks, and the embedder of questions that fits them. */
  vectors: Vectors;
  ingest(request: IngestRequest, options?: IngestOptions): Promise<IngestReport>;
  status(): Promise<CollectionStatus[]>;
  /** Brings the gauges up to date. */
  measure(): Promise<void>;
  part: Part;
};

/** The documents and their vectors. */
export function createKnowledge(options: KnowledgeOptions): Knowledge {
  const { chroma, createCleaner, logger } = options;
  const vectors = createVectors({
    ...options,
    address: () => chroma.address(),
    clean: (text) => createCleaner()(text),
  });
  return {
    vectors,
    ingest: (request, ingestOptions) => ingest({ ...options, vectors }, request, ingestOptions),
    status: () => knowledgeStatus({ ...options, vectors }),
    measure: createGauges(options),
    part: createKnowledgePart(chroma, vectors, logger),
  };
}
