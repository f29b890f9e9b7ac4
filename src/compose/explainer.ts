import { createCache } from '../../adapters/cache/index.ts';
import { createLanguageModel, hasProvider } from '../../adapters/llm/index.ts';
import type { Config } from '../config.ts';
import { createExplain, type Explain } from '../rca/index.ts';
import { openConfiguredStore } from './knowledge.ts';
import { createClosing, createTools, type Surroundings } from './tools.ts';

export type Explainer = { explain: Explain; close(): Promise<void> };

/**
 * Root causes in plain words, for the command line. The store, which has the accounts and budgets of language models,
 * is opened where a model is configured; the narrator needs nothing.
 */
export async function openExplainer(
  config: Config,
  surroundings: Surroundings,
): Promise<Explainer> {
  if (!hasProvider(config.mira)) return openNarrator(config, surroundings);
  const tools = createTools(config, surroundings);
  const closing = createClosing();
  try {
    const store = await openConfiguredStore(config, surroundings, tools);
    closing.push(() => store.close());
    const { cache, close } = await createCache({ clock: tools.clock, logger: tools.logger });
    closing.push(close);
    const { usage } = store;
    const { model } = createLanguageModel({ ...tools, settings: config.mira, usage });
    const { promptTemplate } = config.mira;
    return {
      explain: createExplain({ ...tools, model, cache, cacheTtlMs: undefined, promptTemplate }),
      close: () => closing.run(),
    };
  } catch (error) {
    await closing.run().catch(() => undefined);
    throw error;
  }
}

/** The data alone: nothing is opened, and nothing leaves this machine. */
export async function openNarrator(config: Config, surroundings: Surroundings): Promise<Explainer> {
  const tools = createTools(config, surroundings);
  const { cache, close } = await createCache({ clock: tools.clock, logger: tools.logger });
  return { explain: createExplain({ ...tools, cache, cacheTtlMs: undefined }), close };
}
