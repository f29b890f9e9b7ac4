import { describe, expect, it } from 'vitest';
import type { Store } from '../../adapters/store/index.ts';
import type { ExplanationVote, StoredExplanation } from '../../src/ports/explanation-store.ts';
import { recorded, second, unique } from './store-records.ts';

function told(change: Partial<StoredExplanation> = {}): StoredExplanation {
  return {
    id: unique('exp'),
    sourceHash: unique('hash'),
    narrator: 'narrator',
    promptId: 'rca-executive',
    promptVersion: '1',
    text: 'The disk of the order database was full.',
    detail: { status: 'success', verified: true, dropped: [] },
    createdAt: second(1),
    ...change,
  };
}

export function explanationContract(store: () => Store): void {
  it('stores the same analysis once for each narrator, prompt and version', async () => {
    const first = told();
    expect(await store().explanations.add(first)).toEqual(first);
    const again = { ...first, id: unique('exp'), text: 'Told again.' };
    expect(await store().explanations.add(again)).toEqual(first);
    for (const other of [
      { narrator: 'openai/large' },
      { promptId: 'rca-customer' },
      { promptVersion: '2' },
    ]) {
      const different = { ...again, id: unique('exp'), ...other };
      expect(await store().explanations.add(different)).toEqual(different);
    }
    expect(await store().explanations.byId(first.id)).toEqual(first);
    expect(await store().explanations.byId(again.id)).toBeUndefined();
  });

  it('stores one when ten tell the same at once', async () => {
    const sourceHash = unique('hash');
    const stored = await Promise.all(
      Array.from({ length: 10 }, () => store().explanations.add(told({ sourceHash }))),
    );
    expect(new Set(stored.map(({ id }) => id)).size).toBe(1);
  });

  it('knows the latest of an incident', async () => {
    const { id: incidentId } = await recorded(store());
    expect(await store().explanations.latestOf(incidentId)).toBeUndefined();
    const later = told({ incidentId, createdAt: second(9) });
    await store().explanations.add(later);
    await store().explanations.add(told({ incidentId, createdAt: second(5) }));
    await store().explanations.add(told({ createdAt: second(10) }));
    expect(await store().explanations.latestOf(incidentId)).toEqual(later);
  });

  it('ties one to its incident that was asked for without it before', async () => {
    const { id: incidentId } = await recorded(store());
    const alone = told();
    await store().explanations.add(alone);
    const tied = { ...alone, incidentId };
    expect(await store().explanations.add({ ...tied, id: unique('exp') })).toEqual(tied);
    expect(await store().explanations.add(alone)).toEqual(tied);
    expect(await store().explanations.latestOf(incidentId)).toEqual(tied);
  });

  it('refuses one of an incident that is not there', async () => {
    const orphan = told({ incidentId: unique('inc') });
    await expect(store().explanations.add(orphan)).rejects.toMatchObject({ code: 'not_found' });
  });

  describe('votes', () => {
    const vote = (explanationId: string, change: Partial<ExplanationVote> = {}) =>
      store().explanations.vote({
        explanationId,
        voterKey: 'T1/U1',
        voterName: 'ada',
        value: 'up',
        at: second(2),
        ...change,
      });
    const ofPrompt = async (promptId: string) =>
      (await store().explanations.votesByPrompt(second(0))).filter(
        (row) => row.promptId === promptId,
      );
    const detail = { promptHash: 'hash-1', audience: 'executive' };

    it('counts one vote a person, which may change', async () => {
      const promptId = unique('prompt');
      const { id } = await store().explanations.add(told({ promptId, detail }));
      expect(await vote(id)).toEqual({ changed: true });
      expect(await vote(id)).toEqual({ changed: false });
      await vote(id, { voterKey: 'T1/U2', value: 'up' });
      expect(await vote(id, { value: 'down' })).toEqual({ changed: true });
      expect(await ofPrompt(promptId)).toEqual([
        { promptId, promptVersion: '1', ...detail, explanations: 1, up: 1, down: 1 },
      ]);
    });

    it('are told apart by version, hash and audience of the prompt', async () => {
      const promptId = unique('prompt');
      const add = (change: Partial<StoredExplanation>) =>
        store().explanations.add(told({ promptId, detail, ...change }));
      const [first, , second] = [
        await add({}),
        await add({}),
        await add({ promptVersion: '2' }),
        await add({ promptVersion: '2', detail: { ...detail, promptHash: 'hash-2' } }),
        await add({ promptVersion: '2', detail: { ...detail, audience: 'customer' } }),
      ];
      await vote(first?.id ?? '');
      await vote(second?.id ?? '', { value: 'down' });
      const rows = await ofPrompt(promptId);
      expect(
        rows.map((row) => [
          row.promptVersion,
          row.audience,
          row.promptHash,
          row.explanations,
          row.up,
          row.down,
        ]),
      ).toEqual([
        ['1', 'executive', 'hash-1', 2, 1, 0],
        ['2', 'customer', 'hash-1', 1, 0, 0],
        ['2', 'executive', 'hash-1', 1, 0, 1],
        ['2', 'executive', 'hash-2', 1, 0, 0],
      ]);
    });

    it('leave out what was told earlier than asked for', async () => {
      const promptId = unique('prompt');
      await store().explanations.add(told({ promptId, detail, createdAt: second(5) }));
      const of = async (since: Date) =>
        (await store().explanations.votesByPrompt(since)).filter(
          (row) => row.promptId === promptId,
        );
      expect(await of(second(5))).toHaveLength(1);
      expect(await of(second(6))).toEqual([]);
    });

    it('are refused where there is no such explanation', async () => {
      await expect(vote(unique('exp'))).rejects.toMatchObject({ code: 'not_found' });
    });
  });
}
