import { createRecent } from '../domain/recent.ts';
import type { Clock } from '../ports/clock.ts';
import type { ExplanationStore } from '../ports/explanation-store.ts';
import type { Ids } from '../ports/ids.ts';
import type { Logger } from '../ports/logger.ts';
import type { Explain, ExplainRequest } from './explain.ts';
import type { Explanation } from './explanation.ts';

type KeepExplanationsDeps = {
  explanations: Pick<ExplanationStore, 'add'>;
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
 * Stores every explanation before it is given, and gives it the id that a vote on it names. Whoever asked gets the
 * explanation also when it cannot be stored, without an id.
 */
export function keepExplanations(explain: Explain, deps: KeepExplanationsDeps): Explain {
  const { explanations, clock, ids, logger, patienceMs = PATIENCE_MS } = deps;
  const kept = createRecent<Promise<string | undefined>>(MOST_KEPT);

  async function store(explanation: Explanation, incidentId?: string): Promise<string | undefined> {
    try {
      const { id } = await explanations.add({
        id: ids.next('exp'),
        ...(incidentId === undefined ? {} : { incidentId }),
        sourceHash: explanation.sourceHash,
        narrator: `${explanation.provider} ${explanation.model}`,
        promptId: explanation.promptId,
        promptVersion: explanation.promptVersion,
        text: explanation.explanation,
        detail: explanation,
        createdAt: clock.now(),
      });
      return id;
    } catch (error) {
      const { provider, model } = explanation;
      logger.warn('An explanation could not be stored', { provider, model }, error);
      return undefined;
    }
  }

  async function keep(
    explanation: Explanation,
    { incidentId }: ExplainRequest,
  ): Promise<string | undefined> {
    const { sourceHash, provider, model, promptId, promptVersion } = explanation;
    const told = [sourceHash, provider, model, promptId, promptVersion];
    const key = JSON.stringify([...told, incidentId]);
    const known = explanation.cached ? kept.get(key) : undefined;
    const stored = known ?? store(explanation, incidentId);
    kept.set(key, stored);
    const id = await stored;
    // What could not be stored is tried again when it is asked for again.
    if (id === undefined && kept.get(key) === stored) kept.delete(key);
    return id;
  }

  const explainAndKeep = async (...asked: Parameters<Explain>): Promise<Explanation> => {
    const explanation = await explain(...asked);
    const id = await within(patienceMs, keep(explanation, asked[1] ?? {}));
    return id === undefined ? explanation : { id, ...explanation };
  };
  return Object.assign(explainAndKeep, { flush: () => explain.flush() });
}

/** What the work comes to, or undefined when that takes longer than this. */
async function within<Value>(
  ms: number,
  work: Promise<Value | undefined>,
): Promise<Value | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ms, undefined);
  });
  try {
    return await Promise.race([work, patience]);
  } finally {
    clearTimeout(timer);
  }
}
