import { afterAll, beforeAll, expect, it } from 'vitest';
import type { StoredExplanation } from '../../src/ports/explanation-store.ts';
import { type ProviderDouble, settingsFor, startProviderDouble } from '../fakes/providers/index.ts';
import { createTestStore, type TestStore } from '../fixtures/database.ts';
import { CONTRACT_EXPLANATION, PAYMENTS } from '../unit/rca/examples.ts';
import { ask } from './http-harness.ts';
import { explainOver, startExplaining } from './rca-harness.ts';

let test: TestStore;
let double: ProviderDouble;
let server: Awaited<ReturnType<typeof startExplaining>>;
/** What the store answered with: the explanation as it is there. */
const stored: StoredExplanation[] = [];
beforeAll(async () => {
  test = await createTestStore();
  double = await startProviderDouble('openai');
  double.say({ text: CONTRACT_EXPLANATION });
  const { explanations } = test.store;
  server = await startExplaining({
    settings: settingsFor([{ dialect: 'openai', url: double.url }]),
    explanations: {
      async add(explanation) {
        const row = await explanations.add(explanation);
        stored.push(row);
        return row;
      },
    },
  });
});
afterAll(async () => {
  await server.close();
  await double.close();
  await test.remove();
});

const forget = () => ask(server, '/api/v1/mira/cache', { method: 'DELETE' });
const idsOf = (rows: readonly StoredExplanation[]) => [...new Set(rows.map(({ id }) => id))];

it('keeps what was told over HTTP, with the prompt it was asked for with', async () => {
  const { json } = await explainOver(server, PAYMENTS);
  const [row] = stored;
  const { id, ...detail } = json.data;
  expect(row?.id).toBe(id);
  expect(await test.store.explanations.byId(row?.id ?? '')).toEqual({
    id: expect.stringMatching(/^exp_/),
    sourceHash: json.data.sourceHash,
    narrator: 'openai model-1',
    promptId: 'explanation',
    promptVersion: json.data.promptVersion,
    text: CONTRACT_EXPLANATION,
    detail,
    createdAt: expect.any(Date),
  });
});

it('does not go to the store again for what it has stored', async () => {
  await explainOver(server, PAYMENTS);
  const before = stored.length;
  const { json } = await explainOver(server, PAYMENTS);
  expect(json.data).toMatchObject({ cached: true, cachedFrom: 'same', id: stored[0]?.id });
  expect(stored).toHaveLength(before);
});

it('keeps one of a hundred equal requests at once', async () => {
  await forget();
  const before = stored.length;
  const rca = { ...PAYMENTS, impact: { ...PAYMENTS.impact, severity: 0.55 } };
  await Promise.all(Array.from({ length: 100 }, () => explainOver(server, rca)));
  expect(idsOf(stored.slice(before))).toHaveLength(1);
  expect(stored.slice(before)).toHaveLength(1);
});

it('keeps what it told each audience', async () => {
  const rca = { ...PAYMENTS, impact: { ...PAYMENTS.impact, severity: 0.45 } };
  const before = stored.length;
  for (const audience of ['executive', 'customer', 'engineer']) {
    await explainOver(server, rca, `?audience=${audience}`);
  }
  const rows = stored.slice(before);
  expect(idsOf(rows)).toHaveLength(3);
  expect(rows.map(({ detail }) => (detail as { audience: string }).audience)).toEqual([
    'executive',
    'customer',
    'engineer',
  ]);
});

it('gives the answer also when it cannot be stored, and stores it when it can again', async () => {
  const { explanations } = test.store;
  let isUp = false;
  const added: string[] = [];
  const other = await startExplaining({
    explanations: {
      async add(explanation) {
        // Of an incident that is not there, the store takes nothing.
        const row = await explanations.add(
          isUp ? explanation : { ...explanation, incidentId: 'inc_none' },
        );
        added.push(row.id);
        return row;
      },
    },
  });
  const first = await explainOver(other, PAYMENTS);
  expect(first.status).toBe(200);
  expect(first.json.data).toMatchObject({ provider: 'local', verified: true });
  expect(first.json.data).not.toHaveProperty('id');
  expect(added).toEqual([]);
  expect(other.lines.join('\n')).toContain('An explanation could not be stored');
  isUp = true;
  const second = await explainOver(other, PAYMENTS);
  expect(second.json.data).toMatchObject({ cached: true, id: added[0] });
  expect(added).toHaveLength(1);
  await other.close();
});
