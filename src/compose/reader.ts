import { resolve } from 'node:path';
import { createCache } from '../../adapters/cache/index.ts';
import { createLanguageModel } from '../../adapters/llm/index.ts';
import type { Config } from '../config.ts';
import { AppError } from '../domain/errors.ts';
import { type Brain, buildBrain } from './brain.ts';
import { openKnowledge } from './knowledge.ts';
import { createTools, type Surroundings } from './tools.ts';

export type Reader = {
  brain: Brain;
  /** Why it reads nothing, when it does not. */
  without?: string;
  close(): Promise<void>;
};

/** What judges, explains and answers, for the command line: without a queue, and nothing is posted or stored. */
export async function openReader(
  config: Config,
  surroundings: Surroundings,
  { modelAlone }: { modelAlone: boolean },
): Promise<Reader> {
  if (modelAlone || !config.knowledge.enabled) return withoutKnowledge(config, surroundings, '');
  try {
    const opened = await openKnowledge(config, surroundings);
    const { tools, usage, closing } = opened;
    const { model } = createLanguageModel({ ...tools, settings: config.mira, usage });
    // A fresh install knows the shipped runbooks here too; unchanged pages cost next to nothing.
    const paths = [resolve(surroundings.packageRoot, 'knowledge/runbooks')];
    await opened.knowledge.ingest({ collection: 'runbooks', paths });
    return {
      brain: buildBrain(config, surroundings, { ...opened, model }),
      close: () => closing.run(),
    };
  } catch (error) {
    // Another process has the embedded store: the model alone is better than no answer.
    if (!(error instanceof AppError) || error.code !== 'conflict') throw error;
    return {
      ...(await withoutKnowledge(config, surroundings, error.message)),
      without: error.message,
    };
  }
}

async function withoutKnowledge(
  config: Config,
  surroundings: Surroundings,
  why: string,
): Promise<Reader> {
  const tools = createTools(config, surroundings);
  const { cache } = await createCache({ clock: tools.clock, logger: tools.logger });
  const degraded = why === '' ? [] : [why];
  return {
    brain: buildBrain(config, surroundings, {
      tools,
      cache,
      search: {
        search: async () => ({ passages: [], fits: false, degraded }),
        whole: async (passage) => [passage],
      },
      memory: {
        remember: async () => undefined,
        forget: async () => undefined,
        similar: async () => ({ incidents: [], degraded: [] }),
      },
    }),
    close: async () => undefined,
  };
}
