import type { Config } from '../config.ts';
import type { ExplanationStore } from '../ports/explanation-store.ts';
import { openConfiguredStore } from './knowledge.ts';
import { createTools, type Surroundings } from './tools.ts';

/** What was explained and how people voted on it, for the command line. */
export async function openExplanations(
  config: Config,
  surroundings: Surroundings,
): Promise<{ explanations: ExplanationStore; close(): Promise<void> }> {
  const tools = createTools(config, surroundings);
  const store = await openConfiguredStore(config, surroundings, tools);
  return { explanations: store.explanations, close: () => store.close() };
}
