import { expect, it } from 'vitest';
import type { Store } from '../../adapters/store/index.ts';
import type { StoredExplanation } from '../../src/ports/explanation-store.ts';
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
}
