import { expect, it } from 'vitest';
import type { ExplanationStore, StoredExplanation } from '../../../src/ports/explanation-store.ts';
import { keepExplanations } from '../../../src/rca/index.ts';
import { createIds } from '../../../src/system.ts';
import { payments } from './examples.ts';
import { startExplain } from './writer.ts';

function start(add: ExplanationStore['add'], patienceMs?: number) {
  const { explain, clock, lines } = startExplain();
  const log = (message: string) => void lines.push(message);
  const kept = keepExplanations(explain, {
    explanations: { add },
    clock,
    ids: createIds(clock),
    logger: { debug: log, info: log, warn: log, error: log },
    ...(patienceMs === undefined ? {} : { patienceMs }),
  });
  return { explain: kept, lines };
}

it('has stored an explanation when it is given', async () => {
  const stored: StoredExplanation[] = [];
  const { explain } = start(async (explanation) => {
    await new Promise(setImmediate);
    stored.push(explanation);
    return explanation;
  });
  const { id, ...explanation } = await explain(payments(), { audience: 'customer' });
  expect(stored).toMatchObject([
    { id, narrator: 'local narrator', text: explanation.explanation, detail: explanation },
  ]);
});

it('does not wait for ever for a store that hangs', async () => {
  const { explain } = start(() => new Promise(() => undefined), 5);
  expect((await explain(payments())).verified).toBe(true);
  expect((await explain(payments())).cached).toBe(true);
});

it('fails with what explaining fails with, and stores nothing', async () => {
  const stored: StoredExplanation[] = [];
  const failing = Object.assign(() => Promise.reject(new Error('A fault.')), {
    flush: async () => undefined,
  });
  const { clock } = startExplain();
  const explain = keepExplanations(failing, {
    explanations: {
      add: async (explanation) => {
        stored.push(explanation);
        return explanation;
      },
    },
    clock,
    ids: createIds(clock),
    logger: { debug() {}, info() {}, warn() {}, error() {} },
  });
  await expect(explain(payments())).rejects.toThrow('A fault.');
  expect(stored).toEqual([]);
});

it('ties it to its incident, also when it was told without one before', async () => {
  const stored: StoredExplanation[] = [];
  const { explain } = start(async (explanation) => {
    stored.push(explanation);
    return { ...explanation, id: 'exp_first' };
  });
  await explain(payments());
  const tied = await explain(payments(), { incidentId: 'inc_1' });
  expect(tied).toMatchObject({ id: 'exp_first', cached: true });
  expect(stored.map(({ incidentId }) => incidentId)).toEqual([undefined, 'inc_1']);
});
