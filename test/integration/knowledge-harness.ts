import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Store } from '../../adapters/store/index.ts';
import { type Chroma, startChroma } from '../../knowledge/chroma/index.ts';
import { createLocalEmbedder } from '../../knowledge/embedding/index.ts';
import { createKnowledge, type KnowledgeOptions } from '../../knowledge/index.ts';
import { createMetrics } from '../../src/observability/index.ts';
import type { Embedder } from '../../src/ports/embedder.ts';
import { clean, createRedactor } from '../../src/safety/index.ts';
import { clock, recordingLogger } from './chroma-harness.ts';

export type Folder = {
  path: string;
  write(name: string, content: string | Uint8Array): string;
  remove(): void;
};

export function documentsFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), 'sitrep-docs-'));
  return {
    path,
    write(name, content) {
      const file = join(path, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
      return file;
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** The local embedder under a name of its own, which counts what it is given. */
export function countingEmbedder(id = 'local-1'): Embedder & { passages: number } {
  const local = createLocalEmbedder();
  const counting = {
    id,
    dimensions: local.dimensions,
    passages: 0,
    embed: (async (texts, purpose, signal) => {
      if (purpose === 'passage') counting.passages += texts.length;
      return local.embed(texts, purpose, signal);
    }) satisfies Embedder['embed'],
  };
  return counting;
}

/** A Chroma that nobody runs. */
export function absentChroma(varDir: string): Promise<Chroma> {
  return startChroma({ varDir, url: 'http://127.0.0.1:1', clock, logger: recordingLogger() });
}

export function knowledgeOn(store: Store, chroma: Chroma, options: Partial<KnowledgeOptions> = {}) {
  const { metrics, text } = createMetrics();
  const embedder = countingEmbedder();
  const knowledge = createKnowledge({
    documents: store.documents,
    audit: store.audit,
    chroma,
    embedder,
    createCleaner: () => {
      const redactor = createRedactor();
      return (words) => clean(words, redactor);
    },
    clock,
    logger: recordingLogger(),
    metrics,
    version: '1.0.0',
    urlHosts: [],
    ...options,
  });
  return { ...knowledge, embedder, metrics, metricsText: text };
}
