import type { Clock } from '../ports/clock.ts';
import type { ExplanationStore } from '../ports/explanation-store.ts';
import type { Ids } from '../ports/ids.ts';
import type { Logger } from '../ports/logger.ts';
import type { Explain } from './explain.ts';
import type { Explanation } from './explanation.ts';

type KeepExplanationsDeps = {
  explanations: ExplanationStore;
  clock: Clock;
  ids: Ids;
  logger: Logger;
  /** How long an answer waits for a store that hangs; the storing goes on behind it. */
  patienceMs?: number;
};

/** Explanations that this process has stored, so that a cached answer does not wait for the store. */
const MOST_KEPT = 1_000;
/** A healthy store takes milliseconds; whoever asked has waited for a model already. */
const PATIENCE_MS = 2_000;

/**
 * Stores every explanation before it is given, so that a vote on it can tell which prompt it is about. Whoever
 * asked gets the explanation also when it cannot be stored.
 */
export function keepExplanations(explain: Explain, deps: KeepExplanationsDeps): Explain {
  const { explanations, clock, ids, logger, patienceMs = PATIENCE_MS } = deps;
  const kept = new Map<string, Promise<boolean>>();

  async function store(explanation: Explanation): Promise<boolean> {
    try {
      await explanations.add({
        id: ids.next('exp'),
        sourceHash: explanation.sourceHash,
        narrator: `${explanation.provider} ${explanation.model}`,
        promptId: explanation.promptId,
        promptVersion: explanation.promptVersion,
        text: explanation.explanation,
        detail: explanation,
        createdAt: clock.now(),
      });
      return true;
    } catch (error) {
      const { provider, model } = explanation;
      logger.warn('An explanation could not be stored', { provider, model }, error);
      return false;
    }
  }

  async function keep(explanation: Explanation): Promise<void> {
    const { sourceHash, provider, model, promptId, promptVersion } = explanation;
    const key = JSON.stringify([sourceHash, provider, model, promptId, promptVersion]);
    const known = explanation.cached ? kept.get(key) : undefined;
    const stored = known ?? store(explanation);
    kept.delete(key);
    kept.set(key, stored);
    for (const oldest of kept.keys()) {
      if (kept.size <= MOST_KEPT) break;
      kept.delete(oldest);
    }
    // What could not be stored is tried again when it is asked for again.
    if (!(await stored) && kept.get(key) === stored) kept.delete(key);
  }

  const explainAndKeep = async (...asked: Parameters<Explain>): Promise<Explanation> => {
    const explanation = await explain(...asked);
    await within(patienceMs, keep(explanation));
    return explanation;
  };
  return Object.assign(explainAndKeep, { flush: () => explain.flush() });
}

/** Waits for the work to end, but no longer than this. */
async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  try {
    await Promise.race([work, patience]);
  } finally {
    clearTimeout(timer);
  }
}
